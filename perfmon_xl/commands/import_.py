"""`perfmon-xl import`: an existing Word report, or a filled form, into a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfmon_xl.commands.codes import DONE, Commands
from perfmon_xl.commands.files import existing_path, open_made, typed_path
from perfmon_xl.commands.progress import working
from perfmon_xl.commands.saying import say


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "import",
        help="把已有的报告、监控表、自评表读进工作簿",
        description="读一份已有的监控报告、监控表、自评表、申报表或导出的清单（.docx、.xlsx、.csv），新建工作簿；"
        "没有地方放的内容、印着的数里对不上的，逐条列出。",
    )
    one.add_argument("report", metavar="报告或表", help="已有的报告、表、清单：.docx、.xlsx 或 .csv")
    one.add_argument(
        "-o", "--out", metavar="工作簿.xlsx", required=True, help="新工作簿的文件名；有几个项目的，写文件夹名"
    )
    one.add_argument("--mapping", metavar="对应.toml", help="表头对工作簿的哪一栏（.toml 或 .json）")
    one.add_argument("--money", metavar="元|万元", help="没有写金额单位时，按什么算")
    one.add_argument("--open", action="store_true", help="做好就打开工作簿")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    mapping = typed_path(arguments.mapping) if arguments.mapping else None
    with working("正在读…"):
        made = app.import_to_book(
            existing_path(arguments.report, (".docx", ".xlsx", ".csv", ".json")),
            typed_path(arguments.out),
            mapping=mapping,
            money=arguments.money,
        )
    if made.imported.text.lines == ():
        say(*made.preview)
    for path, imported in made.books:
        print(f"已读入 {path}。读到的：")
        for line in app.placed(imported):
            print(f"  {line}")
        if imported.misfits:
            print(f"表里印着的数对不上的，有 {len(imported.misfits)} 处：")
            for misfit in imported.misfits:
                print(f"  {misfit}")
        if imported.leftovers:
            print(f"没有读进工作簿或要核对的，有 {len(imported.leftovers)} 处：")
            for leftover in imported.leftovers:
                print(f"  {leftover}")
    for other in made.others:
        print(other)
    print(f'下一步：对照原件核对一遍，再运行 perfmon-xl check "{made.books[0][0]}"')
    if arguments.open:
        open_made(Path(made.books[0][0]))
    return DONE
