"""Batch: a folder of projects."""

from __future__ import annotations

from perfmon_xl.domain.message import Message
from perfmon_xl.ribbon.context import ButtonContext
from perfmon_xl.ribbon.registry import ButtonResult, button


@button("batch.run")
def run(desk: ButtonContext) -> ButtonResult | None:
    """选一个文件夹，里面每个工作簿都填充、检查、出报告，再出汇总；原件不动。停了再点一次，接着做。"""
    folder = desk.dialogs.folder("要处理的工作簿在哪个文件夹")
    if folder is None:
        return None
    out = desk.dialogs.folder("做出来的放在哪个文件夹（不能在上一个文件夹里）")
    if out is None:
        return None
    from perfmon_xl import batch
    from perfmon_xl.batch.summary_lines import summary_lines

    desk.step("正在看文件夹里有什么…")
    made = batch.run(folder, out, progress=lambda tally: desk.counted(tally.seen, tally.whole))
    desk.dialogs.show(made.out)
    return ButtonResult(
        text=Message.join("\n", summary_lines(made)), warning=bool(made.with_errors or made.failed)
    )
