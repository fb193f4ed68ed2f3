"""`perfmon-xl do`: fill, check and report in one."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfmon_xl.commands.codes import DONE, FOUND, Commands
from perfmon_xl.commands.files import book_path, open_made
from perfmon_xl.commands.progress import working
from perfmon_xl.commands.saying import say
from perfmon_xl.domain.wording import AUDIT_AFTER_WORD, DO_AGAIN


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "do",
        help="填充、检查、出报告，一次做完",
        description="填充、检查、出报告，一次做完；还有必须改的，出征求意见稿。",
    )
    one.add_argument("book", metavar="工作簿.xlsx", help="填好的工作簿，填充和检查的结果写在里面")
    one.add_argument("--pdf", action="store_true", help="再转一份 PDF（由 Word、WPS 或 LibreOffice 转）")
    one.add_argument("--open", action="store_true", help="做好就打开报告")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    path = book_path(arguments.book)
    with working("正在填充…"):
        filled = app.fill(path)
    with working("正在检查…"):
        checked, _ = app.check_and_write(path)
    draft = bool(checked.errors)
    with working("正在出报告…"):
        made = app.report(path, draft=draft, pdf=arguments.pdf, provenance_file=True)
    wrong = [m.as_message() for m in checked.matters if m.level == "错误"]
    say(*filled.notes, *wrong, checked.verdict)
    say(f"工作簿：{path}", f"报告：{made.path}" + ("（征求意见稿）" if draft else ""), *made.notes)
    then = DO_AGAIN(path=path) if draft else AUDIT_AFTER_WORD(report=made.path, path=path)
    say("下一步：" + then)
    if arguments.open:
        open_made(Path(made.path))
    return FOUND if draft else DONE
