"""Row heights (points) for wrapped text: Excel fits a row while one types; a file on disk has nobody to do it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil, inf

from perfmon_xl.workbook.file.cell_text import has_content, style_of
from perfmon_xl.workbook.file.cells import SheetPart
from perfmon_xl.workbook.file.column_widths import USUAL_WIDTH

_LINE, _AIR = 15.0, 5.0
_GLYPH = 0.93  # of a column's unit of width: a letter of 宋体 is 7.5 pixels wide, the unit is 7
_LOST = (
    2  # at the end of each line, half widths: a Han character or a word that no longer fits goes down whole
)
_PADDING = 0.71  # what a file adds to the width of a column: five pixels beside the text
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
    return sum(_lines_of(text_width(part), room) for part in text.split("\n"))


def _lines_of(wide: int, room: float) -> int:
    count = max(1, ceil(wide / room))
    return count if count == 1 else ceil((wide + (count - 1) * min(_LOST, room / 2)) / room)


def points(tall: int) -> float:
    """排 tall 行的行高，磅；不超过 Excel 的上限。"""
    return min(_HIGHEST, max(_LOWEST, tall * _LINE + _AIR))


def fit_marked(sheet: SheetPart, cells: Iterable[tuple[int, int]]) -> None:
    """做了记号的格子，字前面多了符号，排不下的那一行调高；从不调低。"""
    room = sheet.column_widths
    tallest: dict[int, float] = {}
    for row, column in cells:
        line = sheet.line(row)
        if line is None or (written := line.cells.get(column)) is None or not has_content(written):
            continue
        width = room.widths.get(column, USUAL_WIDTH)
        if width == inf or (row, column) in room.merged:
            continue
        if int(style_of(written) or 0) not in sheet.package.wraps:
            continue
        value = sheet.read_in(line, column).value
        if isinstance(value, str):
            need = points(lines("　 " + value, _declared(width)))
            tallest[row] = max(need, tallest.get(row, 0.0))
    for row, height in tallest.items():
        line = sheet.line(row)
        if line is not None and float(line.attribute("ht") or 0) < height:
            sheet.set_height(row, f"{height:g}")


def _declared(width: float) -> float:
    """文件里写的列宽去掉两边的空：定栏宽时说的那个数。"""
    return max(1.0, width - _PADDING)


def fit(sheet: SheetPart, rows: Iterable[int]) -> None:
    """把写过文字的几行调到放得下。

    人定过行高的（customHeight），放不下才调高，从不调低。
    """
    room = sheet.column_widths
    for row in sorted(set(rows)):
        line = sheet.line(row)
        if line is None:
            continue
        tall = 1
        for column, written in line.cells.items():
            width = room.widths.get(column, USUAL_WIDTH)
            if width == inf or (row, column) in room.merged or not has_content(written):
                continue
            if int(style_of(written) or 0) in sheet.package.wraps and isinstance(
                value := sheet.read_in(line, column).value, str
            ):
                tall = max(tall, lines(value, _declared(width)))
        height = points(tall)
        if line.attribute("customHeight") in ("1", "true") and float(line.attribute("ht") or 0) >= height:
            continue
        sheet.set_height(row, f"{height:g}")
