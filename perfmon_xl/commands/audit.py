"""`perfmon-xl audit`: a report held against its workbook, or against itself."""

from __future__ import annotations

import argparse
import json

from perfmon_xl.commands.codes import DONE, FOUND, Commands
from perfmon_xl.commands.files import book_path, existing_path, out_path
from perfmon_xl.commands.progress import working
from perfmon_xl.commands.saying import say


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "audit",
        help="核对报告",
        description="写了工作簿的，拿报告同它逐个核对：哪些数改过、缺了、过时了，哪些数没有来历。"
        "不写工作簿的，检查报告自己：表和文字、前后叫法、编号、目录。都指出在哪一段、哪张表的哪一行、怎么改。",
    )
    one.add_argument(
        "report",
        metavar="报告.docx",
        help="要核对的报告；不写工作簿的，不一定是本程序出的，填好的监控表（.xlsx、.csv）也行",
    )
    one.add_argument("book", nargs="?", metavar="工作簿.xlsx", help="报告的工作簿")
    one.add_argument(
        "--format", choices=("text", "json"), default="text", metavar="text|json", help="输出的样子"
    )
    one.add_argument("--write", action="store_true", help="另出一份报告，每处不同加一条 Word 批注")
    one.add_argument("-o", dest="out", metavar="另存.docx", help="和 --write 一起用：带批注的报告叫什么")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl.domain.errors import UserError

    if arguments.out and not arguments.write:
        raise UserError("-o 要和 --write 一起用。", "加上 --write，才会另出一份带批注的报告。")
    if arguments.book:
        return _against_book(arguments)
    if arguments.write:
        raise UserError("--write 要同时写工作簿。", "写成 perfmon-xl audit 报告.docx 工作簿.xlsx --write。")
    return _audit_alone(arguments)


def _against_book(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    if arguments.book.lower().endswith(".docx") and not arguments.report.lower().endswith(".docx"):
        arguments.report, arguments.book = arguments.book, arguments.report  # which is which is plain
    path = existing_path(arguments.report, (".docx",))
    with working("正在核对…"):
        audited = app.audit(path, book_path(arguments.book))
    made = None
    if arguments.write:
        made = app.write_comments(path, audited, out_path(arguments.out, ".docx"))
    if arguments.format == "json":
        print(json.dumps(audited.as_data(), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*(d.as_text() for d in audited.differences), audited.verdict]))
        if made is not None:
            say(f"带批注的报告：{made.path}", *made.notes)
    return FOUND if audited.differences else DONE


def _audit_alone(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    path = existing_path(arguments.report, (".docx", ".xlsx", ".csv"))
    with working("正在检查报告…"):
        audited = app.audit_alone(path)
    if arguments.format == "json":
        print(json.dumps(audited.as_data(path.name), ensure_ascii=False, indent=2))
    else:
        say(*(f.as_message() for f in audited.findings), audited.verdict)
        if audited.unread:
            print(f"没有读懂、没有检查的，有 {len(audited.unread)} 处：")
            print("\n".join(f"  {leftover}" for leftover in audited.unread))
    return FOUND if audited.errors else DONE
