"""A message made to fit a dialog: long lists are cut."""

from __future__ import annotations

_MOST_LINES = 24


def text_that_fits(text: str) -> str:
    """一个对话框放得下的：太长的中间略去，头一段和最后的“怎么办”留着。"""
    lines = text.splitlines()
    if len(lines) <= _MOST_LINES + 2:
        return text
    left = len(lines) - _MOST_LINES - 1
    return "\n".join([*lines[:_MOST_LINES], f"……还有 {left} 行没有列出。", lines[-1]])
