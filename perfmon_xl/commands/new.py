"""`perfmon-xl new`: blank workbooks, or from data, an earlier workbook, or an export."""

from __future__ import annotations

import argparse
import sys

from perfmon_xl.commands.codes import DONE, Commands
from perfmon_xl.commands.files import existing_path, new_path, open_made, typed_path
from perfmon_xl.commands.saying import say
from perfmon_xl.domain.errors import UserError

_SOURCES = (".xlsx", ".json", ".csv", ".docx")


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "new",
        help="新建工作簿",
        description="新建空白工作簿，按数据填好的工作簿，接着上一期的工作簿，或照预算系统导出的表新建。",
    )
    one.add_argument("out", metavar="工作簿.xlsx", help="新工作簿的文件名；来源里有许多项目的，写文件夹名")
    one.add_argument(
        "--from",
        dest="source",
        metavar="来源",
        help="数据.json（格式见 schema）、上一期的工作簿.xlsx、导出的表.csv 或 .xlsx、官方监控表.xlsx",
    )
    one.add_argument("--period", metavar="年-月", help="接着上一期做哪一期，如 2024-10；换年度的写 2025-07")
    one.add_argument("--mapping", metavar="对应.toml", help="导出的表头对工作簿的哪一栏（.toml 或 .json）")
    one.add_argument("--money", metavar="元|万元", help="导出的表没有写金额单位时，按什么算")
    one.add_argument("--preview", action="store_true", help="只看导出的表怎么读，不写文件")
    one.add_argument("--open", action="store_true", help="建好就打开")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    source = existing_path(arguments.source, _SOURCES) if arguments.source else None
    mapping = typed_path(arguments.mapping) if arguments.mapping else None
    if arguments.preview:
        if source is None or not app.is_export(source):
            raise UserError("--preview 只看导出的表怎么读。", "用 --from 写明 .csv 或导出的 .xlsx。")
        understood = app.understand(source, mapping=mapping, money=arguments.money)
        say(*understood.preview, "没有写文件。")
        return DONE
    # A folder for the workbooks of a foreign file has no ending; a workbook gets the one that was left off.
    foreign = source is not None and source.is_file() and app.is_export(source)
    made = app.new(
        typed_path(arguments.out) if foreign else new_path(arguments.out),
        source,
        period=arguments.period,
        mapping=mapping,
        money=arguments.money,
        progress=_counted if sys.stderr.isatty() else None,
    )
    say(f"已新建 {made.path}。", *made.notes)
    print("下一步：在 Excel 或 WPS 里打开，照“填报说明”填写。")
    if made.path.is_file():
        print(f'填好以后：perfmon-xl fill "{made.path}"')
    if arguments.open:
        open_made(made.path)
    return DONE


def _counted(done: int, whole: int) -> None:
    print(f"\r已建 {done}/{whole}", end="\n" if done == whole else "", file=sys.stderr, flush=True)
