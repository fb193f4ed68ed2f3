"""`perfmon-xl new`: a blank workbook, or one filled from data."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfmon_xl.commands.codes import DONE, Commands


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "new", help="新建工作簿", description="新建空白工作簿，按数据填好的工作簿，或接着上一期的工作簿。"
    )
    one.add_argument("out", metavar="工作簿.xlsx", help="新工作簿的文件名")
    one.add_argument(
        "--from", dest="source", metavar="来源", help="数据.json（格式见 schema），或上一期的工作簿.xlsx"
    )
    one.add_argument("--period", metavar="年-月", help="接着上一期做哪一期，如 2024-10；换年度的写 2025-07")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    made = app.new(
        Path(arguments.out), Path(arguments.source) if arguments.source else None, period=arguments.period
    )
    print("\n".join([f"已新建 {made.path}。", *made.notes]))
    print("下一步：在 Excel 或 WPS 里打开，照“填报说明”填写。")
    return DONE
