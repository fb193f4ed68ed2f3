"""`perfmon-xl report`: the Word report."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfmon_xl.commands.codes import DONE, Commands
from perfmon_xl.commands.files import book_path, open_made, out_path
from perfmon_xl.commands.options import add_engine
from perfmon_xl.commands.progress import working
from perfmon_xl.commands.saying import say
from perfmon_xl.domain.message import Message


def add(commands: Commands) -> None:
    one = commands.add_parser("report", help="出 Word 报告", description="按工作簿出绩效运行监控报告。")
    one.add_argument("book", metavar="工作簿.xlsx", help="填好的工作簿")
    one.add_argument("-o", dest="out", metavar="报告.docx", help="报告的文件名，默认在工作簿旁边")
    one.add_argument(
        "--template",
        default="monitoring_report",
        metavar="模板",
        help="自带模板的名称，或自己的 .docx 模板文件",
    )
    one.add_argument("--draft", action="store_true", help="征求意见稿")
    one.add_argument("--sources", action="store_true", help="附上数据来源表：每个数在工作簿的哪一格")
    one.add_argument(
        "--no-provenance-file",
        action="store_true",
        help="不在报告旁边另存“报告名.来源.json”（报告里照样带着来历）",
    )
    one.add_argument("--pdf", action="store_true", help="再转一份 PDF（由 Word、WPS 或 LibreOffice 转）")
    one.add_argument("--open", action="store_true", help="做好就打开")
    add_engine(one, "报告由 docxtpl 套，文字一样，没有图和来历")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    with working("正在出报告…"):
        made = app.report(
            book_path(arguments.book),
            out_path(arguments.out, ".docx"),
            template=arguments.template,
            draft=arguments.draft,
            pdf=arguments.pdf,
            sources=arguments.sources,
            provenance_file=not arguments.no_provenance_file,
            engine=arguments.engine,
        )
    edition = "（征求意见稿）" if arguments.draft else ""
    audit = f'在 Word 里改好报告；报出前同工作簿核对一遍：perfmon-xl audit "{made.path}" "{arguments.book}"'
    say(f"报告：{made.path}{edition}", *made.notes, "下一步：" + Message.of(made.next_step or audit))
    if arguments.open:
        open_made(Path(made.path))
    return DONE
