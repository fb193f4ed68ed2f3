"""`perfmon-xl rules`: the catalogue, or one rule's page."""

from __future__ import annotations

import argparse

from perfmon_xl.commands.codes import DONE, Commands


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "rules", help="规则目录", description="列出全部检查规则、一类的，或一条规则的说明。"
    )
    one.add_argument("code", nargs="?", metavar="编号", help="规则编号，如 ZJ101；一类的写前两个字母，如 ZJ")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    print(app.rule_page(arguments.code) if arguments.code else app.rule_list())
    return DONE
