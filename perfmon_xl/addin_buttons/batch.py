"""Batch: a folder of projects."""

from __future__ import annotations

from perfmon_xl.addin_buttons.desk import Desk
from perfmon_xl.addin_buttons.registry import Done, button, use_case


@button("batch.run")
def run(desk: Desk) -> Done | None:
    """选一个文件夹，里面每个工作簿都检查、出报告，再出一份汇总。"""
    batch = use_case("batch")
    folder = desk.dialogs.folder("要处理的工作簿在哪个文件夹")
    if folder is None:
        return None
    out = folder / "批量结果"
    made = batch(folder, out, progress=desk.counted)
    return Done(text=str(made))
