"""How much room wrapped text takes in a cell: lines, and the height of a row in points."""

from __future__ import annotations

import re
from math import ceil

_LINE, _AIR = 15.0, 5.0
_LOWEST, _HIGHEST = 20.0, 400.0
_WIDE = re.compile("[\u2e80-\U0010ffff“”‘’…—≥≤①②③]+")


def text_width(text: str) -> int:
    """文字占几个半角字宽。"""
    return len(text) + len("".join(_WIDE.findall(text)))


def lines(text: str, width: float) -> int:
    """在 width 个半角字宽的格子里排几行。"""
    room = max(1.0, width - 1)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, ceil(text_width(part) / room)) for part in text.split("\n"))


def points(tall: int) -> float:
    """排 tall 行的行高，磅；不超过 Excel 的上限。"""
    return min(_HIGHEST, max(_LOWEST, tall * _LINE + _AIR))
