"""Batch: a folder of projects."""

from __future__ import annotations

from perfmon_xl.ribbon.context import ButtonContext
from perfmon_xl.ribbon.jobs import LongWork
from perfmon_xl.ribbon.registry import button


@button("batch.run")
def run(context: ButtonContext) -> LongWork | None:
    """选一个文件夹，里面每个工作簿都填充、检查、出报告，再出汇总；原件不动。停了再点一次，接着做。"""
    folder = context.dialogs.folder("要处理的工作簿在哪个文件夹")
    if folder is None:
        return None
    out = context.dialogs.folder("做出来的放在哪个文件夹（不能在上一个文件夹里）")
    if out is None:
        return None
    return LongWork(kind="batch", given={"folder": str(folder), "out": str(out)}, name="批量处理")
