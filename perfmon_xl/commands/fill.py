"""`perfmon-xl fill`: carry, draft, restore."""

from __future__ import annotations

import argparse

from perfmon_xl.commands.codes import DONE, Commands
from perfmon_xl.commands.files import book_path, out_path
from perfmon_xl.commands.options import add_engine
from perfmon_xl.commands.progress import working
from perfmon_xl.commands.saying import say
from perfmon_xl.domain.message import Message


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "fill",
        help="填充：表1带到表3、表4，起草段落",
        description="表1带入表3，跟踪的指标带入表4，起草空着的段落，恢复公式。",
    )
    one.add_argument("book", metavar="工作簿.xlsx", help="要填充的工作簿")
    one.add_argument("-o", dest="out", metavar="另存.xlsx", help="写到另一个文件，不写就地改")
    add_engine(one, "要写 -o")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    with working("正在填充…"):
        made = app.fill(book_path(arguments.book), out_path(arguments.out, ".xlsx"), engine=arguments.engine)
    done = () if app.NOTHING_TO_CHANGE in made.notes and not arguments.out else (f"已填充 {made.path}。",)
    say(*made.notes, *done, "下一步：" + Message.of(made.next_step))
    return DONE
