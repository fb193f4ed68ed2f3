"""`perfmon-xl form`: the official monitoring form."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfmon_xl.commands.codes import DONE, Commands
from perfmon_xl.commands.files import book_path, open_made, out_path
from perfmon_xl.commands.options import add_engine
from perfmon_xl.commands.saying import say


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "form",
        help="出官方的绩效目标执行监控表",
        description="按工作簿出《项目支出绩效目标执行监控表》，可以直接打印；该说明没说明的逐格列出。",
    )
    one.add_argument("book", metavar="工作簿.xlsx", help="填好的工作簿")
    one.add_argument("-o", dest="out", metavar="监控表.xlsx", help="监控表的文件名，默认在工作簿旁边")
    one.add_argument("--month", type=int, metavar="月", help="监控到几月，默认取监控截止日期的月份")
    one.add_argument("--local", action="store_true", help="加上地方表的调整后预算数和执行率两栏")
    one.add_argument("--open", action="store_true", help="做好就打开")
    add_engine(one, "出的监控表一样")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    made = app.form(
        book_path(arguments.book),
        out_path(arguments.out, ".xlsx"),
        month=arguments.month,
        local=arguments.local,
        engine=arguments.engine,
    )
    say(f"监控表：{made.path}", *made.notes)
    if arguments.open:
        open_made(Path(made.path))
    return DONE
