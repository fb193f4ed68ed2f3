"""Undo what the add-in wrote last."""

from __future__ import annotations

from perfmon_xl.ribbon.context import ButtonContext
from perfmon_xl.ribbon.registry import ButtonResult, button


@button("undo.last")
def last(context: ButtonContext) -> ButtonResult:
    """撤销最近一次写入；之后又改过的不动，并说是哪些。"""
    from perfmon_xl import app

    context.refuse_read_only()
    return ButtonResult(text="\n".join(app.undo_last(context.watched(), context.key)))
