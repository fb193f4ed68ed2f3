"""How much room wrapped text takes in a cell: lines, and the height of a row in points."""

from __future__ import annotations

import re
from math import ceil

_LINE, _AIR = 15.0, 5.0
_GLYPH = 0.93  # of a column's unit of width: a letter of 宋体 is 7.5 pixels wide, the unit is 7
_LOST = 2  # at the end of each line, half widths: a Han character or a word that does not fit goes down whole
_SPARE_LINE = 10  # a long text: what each line loses adds up, one more line in ten
_SHORT = 40  # half widths of a text that has no stops to be kept off the beginning of a line
PADDING = 0.71  # what a file adds to the width of a column: five pixels beside the text
_LOWEST, _HIGHEST = 20.0, 400.0
_WIDE = re.compile("[\u2e80-\U0010ffff“”‘’…—≥≤①②③]+")


def text_width(text: str) -> int:
    """文字占几个半角字宽。"""
    return len(text) + len("".join(_WIDE.findall(text)))


def lines(text: str, width: float) -> int:
    """在 width 个半角字宽的格子里排几行。"""
    room = max(2.0, width * _GLYPH)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(_lines_of(part, room) for part in text.split("\n"))


def _lines_of(text: str, room: float) -> int:
    wide = text_width(text)
    count = max(1, ceil(wide / room))
    if count == 1:
        return 1
    if wide == 2 * len(text) <= _SHORT:  # a heading: as many whole characters a line as go in
        return ceil(wide / (2 * (room // 2)))
    found = ceil((wide + (count - 1) * min(_LOST, room / 2)) / room)
    return found + found // _SPARE_LINE


def points(tall: int) -> float:
    """排 tall 行的行高，磅；不超过 Excel 的上限。"""
    return min(_HIGHEST, max(_LOWEST, tall * _LINE + _AIR))
