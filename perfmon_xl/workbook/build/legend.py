"""The short legend in row 2 of a sheet: what the colours mean, each word in its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from perfmon_xl.layout import palette
from perfmon_xl.layout.palette import Look
from perfmon_xl.workbook.build.style import Formats, web

SHORT: tuple[tuple[str, Look], ...] = (
    ("填写", palette.ENTRY),
    ("带入/建议", palette.CARRIED),
    ("必填没填", palette.MISSING),
    ("公式", palette.COMPUTED),
    ("✖ 错误", palette.FINDINGS["错误"]),
    ("！警告", palette.FINDINGS["警告"]),
)
_NARROW = 9.0
_SCREEN = 180.0  # characters that a screen of 1366 pixels shows


def write_legend(page: Any, formats: Formats, beside: int, after: int, widths: Sequence[float]) -> None:
    """after 的右边、一张屏幕上有够宽的格子，一种一格；没有的，写在标题那一行的 beside，各用各的字色。widths 是看得见的各栏。"""
    ends = list(accumulate(widths))
    cells = [n for n in range(after + 1, len(widths)) if widths[n] >= _NARROW and ends[n] <= _SCREEN]
    if len(cells) >= len(SHORT):
        for column, (words, look) in zip(cells, SHORT, strict=False):
            page.write_string(1, column, words, formats.filled(look, align="center", font_size=9))
        return
    pieces: list[Any] = []
    for words, look in SHORT:
        ink = formats.make(font_color=web(look.ink), font_size=9, italic=look is palette.CARRIED)
        pieces += [ink, words, ink, "　"]
    page.write_rich_string(0, beside, *pieces[:-2], formats.make(valign="vcenter", font_size=9))
