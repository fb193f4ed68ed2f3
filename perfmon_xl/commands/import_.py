"""`perfmon-xl import`: an existing Word report, or a filled form, into a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfmon_xl.commands.codes import DONE, Commands


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "import",
        help="把已有的报告、监控表、自评表读进工作簿",
        description="读一份已有的监控报告、监控表或自评表（.docx、.xlsx），新建工作簿；没有地方放的内容逐条列出。",
    )
    one.add_argument("report", metavar="报告或表", help="已有的监控报告、监控表、自评表：.docx 或 .xlsx")
    one.add_argument("-o", "--out", metavar="工作簿.xlsx", required=True, help="新工作簿的文件名")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    made = app.import_to_book(Path(arguments.report), Path(arguments.out))
    print(f"已读入 {made.path}。读到的：")
    for line in made.placed:
        print(f"  {line}")
    left = made.imported.leftovers
    if left:
        print(f"没有读进工作簿或要核对的，有 {len(left)} 处：")
        for one in left:
            print(f"  {one}")
    print(f'下一步：对照报告核对一遍，再运行 perfmon-xl check "{made.path}"')
    return DONE
