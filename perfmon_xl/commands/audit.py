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
        description="拿报告同工作簿核对：哪些数改过、缺了、过时了，哪些数没有来历。不写工作簿，就检查报告自己前后对不对得上。",
    )
    one.add_argument("report", metavar="报告.docx", help="要核对的报告")
    one.add_argument("book", nargs="?", metavar="工作簿.xlsx", help="报告的工作簿")
    one.add_argument(
        "--format", choices=("text", "json"), default="text", metavar="text|json", help="输出的样子"
    )


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app
    from perfmon_xl.domain.errors import UserError

    path = Path(arguments.report)
    if not arguments.book:
        raise UserError("还没有写工作簿。", "写成 perfmon-xl audit 报告.docx 工作簿.xlsx。")
    audited = app.audit(path, Path(arguments.book))
    if arguments.format == "json":
        print(json.dumps(audited.as_data(), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*(d.as_text() for d in audited.differences), audited.verdict]))
    return FOUND if audited.differences else DONE
