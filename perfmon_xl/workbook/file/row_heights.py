"""Row heights (points) for wrapped text: Excel fits a row while one types; a file on disk has nobody to do it."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from perfmon_xl.workbook.file.cell_text import has_content, style_of
from perfmon_xl.workbook.file.cells import SheetPart
from perfmon_xl.workbook.file.column_widths import USUAL_WIDTH
from perfmon_xl.workbook.wrapping import PADDING, lines, points


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
    return max(1.0, width - PADDING)


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
