"""`perfmon-xl schema`: the JSON Schema of the data."""

from __future__ import annotations

import argparse

from perfmon_xl.commands.codes import DONE, Commands


def add(commands: Commands) -> None:
    commands.add_parser("schema", help="数据文件的格式", description="打印数据文件的 JSON Schema。")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import data

    print(data.dumps(data.schema()), end="")
    return DONE
