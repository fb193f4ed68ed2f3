"""`perfmon-xl export`: a workbook's entries as data."""

from __future__ import annotations

import argparse
import sys

from perfmon_xl.commands.codes import DONE, FOUND, Commands
from perfmon_xl.commands.files import book_path, out_path


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "export", help="取出工作簿里填写的内容", description="把工作簿里填写的内容取成 JSON 数据。"
    )
    one.add_argument("book", metavar="工作簿.xlsx", help="填好的工作簿")
    one.add_argument("-o", dest="out", metavar="数据.json", help="写到文件，不写就打印出来")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    text, lost = app.exported(book_path(arguments.book))
    for one in lost:  # the data go to standard output
        print(one, file=sys.stderr)
    out = out_path(arguments.out, ".json")
    if out is not None:
        app.write_data(out, text)
        print(f'已写到 {out}。照它新建工作簿：perfmon-xl new 新的.xlsx --from "{out}"')
    else:
        print(text, end="")
    return FOUND if lost else DONE
