"""Addresses as text: “$B$5”, “A3:F9”, what a name refers to; read and written in one place."""

from __future__ import annotations

import re

from perfmon_xl.domain.errors import UserError
from perfmon_xl.layout.letters import column_letters, column_number
from perfmon_xl.workbook.port import CellRef

_A1 = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_NAME_TARGET = re.compile(r"='?((?:[^'!]|'')+)'?!\$?([A-Z]{1,3})\$?(\d+)")


def split_a1(reference: str) -> tuple[int, int]:
    """“$B$5” → (5, 2)。"""
    match = _A1.fullmatch(reference)
    if match is None:
        raise UserError(f"单元格地址 {reference} 不认识。", "请在 Excel 中打开后另存一份。")
    return int(match[2]), column_number(match[1])


def split_range(reference: str) -> tuple[int, int, int, int]:
    """“A3:F9” → (3, 1, 9, 6)。"""
    first, _, last = reference.partition(":")
    top, left = split_a1(first)
    bottom, right = split_a1(last) if last else (top, left)
    return top, left, bottom, right


def name_target(reference: str) -> CellRef | None:
    """名称指向的单元格，如“='表 1'!$B$5”；指向别的（区域、公式、常数）是 None。"""
    match = _NAME_TARGET.fullmatch("=" + reference.strip().lstrip("="))
    if match is None:
        return None
    return CellRef(match[1].replace("''", "'"), int(match[3]), column_number(match[2]))


def range_a1(top: int, left: int, bottom: int, right: int) -> str:
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


def longer_ranges(sqref: str, columns: tuple[int, int], bottom: int, new_bottom: int) -> str:
    """几个区域（如“A3:B9 D4”）里到 bottom 行为止、在这几列以内的，改到 new_bottom 行为止。"""
    return " ".join(_longer(one, columns, bottom, new_bottom) for one in sqref.split())


def _longer(area: str, columns: tuple[int, int], bottom: int, new_bottom: int) -> str:
    top, left, last, right = split_range(area)
    if last == bottom and columns[0] <= left and right <= columns[1]:
        return range_a1(top, left, new_bottom, right)
    return area
