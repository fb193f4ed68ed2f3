"""`perfmon-xl batch`: every workbook below a folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from perfmon_xl.commands.codes import DONE, FOUND, Commands
from perfmon_xl.commands.files import typed_path
from perfmon_xl.commands.saying import say
from perfmon_xl.domain.errors import UserError

if TYPE_CHECKING:
    from perfmon_xl.batch.same_project import SameProject


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "batch",
        help="一个文件夹的工作簿一次做完",
        description="文件夹里（包括下级文件夹）的监控工作簿，逐个填充、检查、出报告，写到另一个文件夹同样的位置。"
        "原件不动；中断了再运行一遍，接着做。",
    )
    one.add_argument("folder", metavar="文件夹", help="放工作簿的文件夹")
    one.add_argument("-o", dest="out", metavar="输出文件夹", required=True, help="做出来的放在哪里")
    one.add_argument("--jobs", type=_count, metavar="个数", help="同时用几个进程，默认照处理器的个数")
    one.add_argument("--scheduler", metavar="地址", help="交给已有的 Dask 集群做，如 tcp://主机:8786")
    one.add_argument(
        "--pdf", action="store_true", help="每份报告再转一份 PDF（由 Word、WPS 或 LibreOffice 转）"
    )
    one.add_argument("--forms", action="store_true", help="每个项目再出一份《项目支出绩效目标执行监控表》")
    edition = one.add_mutually_exclusive_group()
    edition.add_argument(
        "--draft", action="store_true", help="都出征求意见稿；不写的，有错误的才出征求意见稿"
    )
    edition.add_argument("--final", action="store_true", help="只出正式报告，有错误没有改的不出")
    one.add_argument(
        "--same",
        choices=("latest", "all"),
        metavar="latest|all",
        help="同一个项目有几份、几期的，汇总里只算最后一份，还是都算；不写的，在终端上问",
    )
    one.add_argument("--template", default="monitoring_report", metavar="模板", help="报告模板的名称")
    one.add_argument(
        "--name",
        metavar="范围",
        help="汇总的题目和文件名里写的范围，如 青禾县；不写的，从各单位的名称里看，看不出的不写范围",
    )


def _same(wanted: str | None) -> Callable[[Sequence[SameProject]], bool]:
    """汇总里怎么算：写了的照写的，没有写的在终端上问；不是终端的都算，说出来。"""

    from perfmon_xl.batch.same_project import ONLY_LAST

    def ask(groups: Sequence[SameProject]) -> bool:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        print("同一个项目有几个文件，加起来会重复：", file=sys.stderr)
        for group in groups:
            print(f"  {group.what}", file=sys.stderr)
        print(f"{ONLY_LAST}[Y/n] ", end="", file=sys.stderr, flush=True)
        return not sys.stdin.readline().strip().lower().startswith(("n", "否", "不"))

    return (lambda _: wanted == "latest") if wanted else ask


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"要写 1 以上的整数，写的是 {text[:20]}")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    from contextlib import nullcontext

    from perfmon_xl import batch
    from perfmon_xl.batch.progress import ProgressLine
    from perfmon_xl.batch.summary_lines import summary_lines

    if arguments.scheduler and arguments.jobs:
        raise UserError("--jobs 和 --scheduler 不能一起用。", "用集群的，有几个进程由各台机器定。")
    edition = batch.Edition.DRAFT if arguments.draft else batch.Edition.AUTO
    line = ProgressLine(sys.stderr)
    cluster = batch.dask_executor(arguments.scheduler) if arguments.scheduler else nullcontext()
    try:
        with cluster as executor:
            made = batch.run(
                typed_path(arguments.folder),
                typed_path(arguments.out),
                jobs=arguments.jobs,
                executor=executor,
                edition=batch.Edition.FINAL if arguments.final else edition,
                template=arguments.template,
                pdf=arguments.pdf,
                forms=arguments.forms,
                name=arguments.name,
                progress=line,
                same=_same(arguments.same),
            )
    except KeyboardInterrupt:
        line.broken_off()
        print("做完的都留着；再运行同一条命令，接着做没有做的。", file=sys.stderr)
        raise
    except BaseException:
        line.broken_off()
        raise
    say(*summary_lines(made))
    return FOUND if made.with_errors or made.failed else DONE
