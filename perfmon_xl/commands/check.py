"""`perfmon-xl check`: the findings of a workbook."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from perfmon_xl.commands.codes import DONE, FOUND, Commands
from perfmon_xl.commands.files import book_path, out_path
from perfmon_xl.commands.options import add_engine
from perfmon_xl.commands.progress import working
from perfmon_xl.commands.saying import say

if TYPE_CHECKING:
    from perfmon_xl.app import CheckedBook


def add(commands: Commands) -> None:
    one = commands.add_parser("check", help="检查", description="检查工作簿，列出问题和在哪一格、怎么改。")
    one.add_argument("book", metavar="工作簿.xlsx", help="要检查的工作簿")
    one.add_argument(
        "--format", choices=("text", "json"), default="text", metavar="text|json", help="输出的样子"
    )
    one.add_argument("--all", action="store_true", help="每处问题都列出来，不归成事项")
    one.add_argument("--write", action="store_true", help="写进工作簿的“检查结果”表")
    one.add_argument("-o", dest="out", metavar="另存.xlsx", help="和 --write 一起用：写到另一个文件")
    add_engine(one, "和 --write 一起用时要写 -o")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app
    from perfmon_xl.domain.errors import UserError

    path = book_path(arguments.book)
    if arguments.out and not arguments.write:
        raise UserError("-o 要和 --write 一起用。", "加上 --write，检查结果才会写进工作簿。")
    with working("正在检查…"):
        if arguments.write:
            out = out_path(arguments.out, ".xlsx")
            checked, made = app.check_and_write(path, out, engine=arguments.engine)
        else:
            checked, made = app.check(path, engine=arguments.engine), None
    if arguments.format == "json":
        print(json.dumps(checked.as_data(path.name), ensure_ascii=False, indent=2))
    else:
        listed = checked.findings if arguments.all else checked.matters
        say(*(one.as_message() for one in listed), checked.verdict)
        if made is not None:
            say(f"已写进 {made.path} 的“检查结果”表。", *made.notes)
        print(f"下一步：{_next_step(checked, made.path if made else path, written=made is not None)}")
    return FOUND if checked.errors else DONE


def _next_step(checked: CheckedBook, book: Path, *, written: bool) -> str:
    """改什么、怎么改，没有要改的就出报告。"""
    report, again = f'perfmon-xl report "{book}"', f'perfmon-xl check "{book}" --write'
    if not checked.findings:
        return f"出报告：{report}"
    if not written:
        return f"写进工作簿，逐条改：{again}"
    if checked.errors:
        return f"打开工作簿，照“检查结果”逐条改，再检查一遍：{again}"
    return f"警告改掉，或在“处理意见”里写明理由；然后出报告：{report}"
