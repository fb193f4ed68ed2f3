"""`perfmon-xl new`: a blank workbook, or one filled from data."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfmon_xl.commands.codes import DONE, Commands


def add(commands: Commands) -> None:
    one = commands.add_parser("new", help="新建工作簿", description="新建空白工作簿，或按数据填好的工作簿。")
    one.add_argument("out", metavar="工作簿.xlsx", help="新工作簿的文件名")
    one.add_argument("--from", dest="source", metavar="数据.json", help="按这份数据填好（格式见 schema）")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    made = app.new(Path(arguments.out), Path(arguments.source) if arguments.source else None)
    print(f"已新建 {made.path}。\n下一步：在 Excel 或 WPS 里打开，照“填报说明”填写。")
    return DONE
