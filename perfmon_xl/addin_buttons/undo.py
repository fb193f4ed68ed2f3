"""Undo what the add-in wrote last."""

from __future__ import annotations

from perfmon_xl.addin_buttons.desk import Desk
from perfmon_xl.addin_buttons.registry import Done, button, use_case


@button("undo.last")
def last(desk: Desk) -> Done:
    """撤销最近一次写入；之后又改过的不动，并说是哪些。"""
    undo = use_case("undo")
    return Done(text="\n".join(undo(desk.writable())))
