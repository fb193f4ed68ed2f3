"""`perfmon-xl audit`: a report held against itself."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from perfmon_xl.commands.codes import DONE, FOUND, Commands


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "audit",
        help="核对报告",
        description="检查一份 Word 报告：表和文字、前后叫法、编号、目录，指出在哪一段、哪张表的哪一行、怎么改。",
    )
    one.add_argument("report", metavar="报告.docx", help="要核对的报告，不一定是本程序出的")
    one.add_argument(
        "--format", choices=("text", "json"), default="text", metavar="text|json", help="输出的样子"
    )


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    path = Path(arguments.report)
    audited = app.audit_alone(path)
    if arguments.format == "json":
        print(json.dumps(audited.as_data(path.name), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*(f.as_text() for f in audited.findings), audited.verdict]))
        if audited.unread:
            print(f"没有读懂、没有检查的，有 {len(audited.unread)} 处：")
            print("\n".join(f"  {one}" for one in audited.unread))
    return FOUND if audited.errors else DONE
