"""`perfmon-xl demo`: the example from start to end."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfmon_xl.commands.codes import DONE, Commands
from perfmon_xl.commands.saying import say


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "demo", help="示例走一遍：工作簿和报告", description="用示例项目做一个工作簿和一份报告。"
    )
    one.add_argument(
        "folder",
        nargs="?",
        default="perfmon-xl-demo",
        metavar="文件夹",
        help="放在哪里，默认 perfmon-xl-demo",
    )
    one.add_argument("--pdf", action="store_true", help="再转一份 PDF（由 Word、WPS 或 LibreOffice 转）")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    app.demo(Path(arguments.folder), pdf=arguments.pdf, say=say)
    return DONE
