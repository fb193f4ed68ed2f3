"""`perfmon-xl audit`: a report held against its workbook, or against itself."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from perfmon_xl.commands.codes import DONE, FOUND, Commands


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "audit",
        help="核对报告",
        description="拿报告同工作簿核对：哪些数改过、缺了、过时了，哪些数没有来历。不写工作簿，就检查报告自己：表和文字、"
        "前后叫法、编号、目录，指出在哪一段、哪张表的哪一行、怎么改。",
    )
    one.add_argument("report", metavar="报告.docx", help="要核对的报告，不一定是本程序出的")
    one.add_argument("book", nargs="?", metavar="工作簿.xlsx", help="报告的工作簿")
    one.add_argument(
        "--format", choices=("text", "json"), default="text", metavar="text|json", help="输出的样子"
    )


def run(arguments: argparse.Namespace) -> int:
    path = Path(arguments.report)
    if arguments.book:
        return _against_book(path, Path(arguments.book), arguments.format)
    return _alone(path, arguments.format)


def _against_book(path: Path, book: Path, form: str) -> int:
    from perfmon_xl import app

    audited = app.audit(path, book)
    if form == "json":
        print(json.dumps(audited.as_data(), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*(d.as_text() for d in audited.differences), audited.verdict]))
    return FOUND if audited.differences else DONE


def _alone(path: Path, form: str) -> int:
    from perfmon_xl import app

    audited = app.audit_alone(path)
    if form == "json":
        print(json.dumps(audited.as_data(path.name), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*(f.as_text() for f in audited.findings), audited.verdict]))
        if audited.unread:
            print(f"没有读懂、没有检查的，有 {len(audited.unread)} 处：")
            print("\n".join(f"  {one}" for one in audited.unread))
    return FOUND if audited.errors else DONE
