"""What a token of the summary report stands for: a cell of the summary workbook, or a count over one of its tables."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, percent, plain
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.printable import unprintable
from perfmon_xl.domain.summary_cells import SummaryCell
from perfmon_xl.report.tracing.sources import Source
from perfmon_xl.report.wording.compose import DASH

_BLOT = "□"
FORM = "~"  # between what a value is and how it is written
_COUNTED = "="  # begins the token of what has no cell of its own
COUNT, WAN, MONEY, RATE, POINTS, WORDS = "0", "金额", "万元", "0.00%", "百分点", "文字"


def at(table: str, row: str, header: str, form: str) -> str:
    """一格的代号；row 空的是合计行。"""
    return f"{SummaryCell(table, row, header)}{FORM}{form}"


def counted(what: str, sheet: str, form: str = COUNT) -> str:
    """没有自己的单元格的数：怎么数的、数的哪张表。"""
    return f"{_COUNTED}{what}@{sheet}{FORM}{form}"


class SummarySources:
    """汇总报告全部代号的来历；where 说出一格在汇总工作簿的哪里，没有的是 None。"""

    def __init__(self, where: Callable[[SummaryCell], Origin | None]) -> None:
        self._where = where

    def of(self, token: str) -> Source:
        identity, _, form = token.rpartition(FORM)
        if identity.startswith(_COUNTED):
            what, _, sheet = identity.removeprefix(_COUNTED).rpartition("@")
            return Source(identity=token, origin=Origin(sheet, "", what), measure=what, form=form)
        cell = SummaryCell.parsed(identity)
        origin = self._where(cell) if cell else None
        return Source(identity=token, origin=origin or Origin("", "", identity), form=form)


def cell_of(source: Source) -> SummaryCell | None:
    """来历指的是汇总工作簿的哪一格；不是一格的是 None。"""
    return SummaryCell.parsed(source.identity.rpartition(FORM)[0])


def written(value: object, form: str) -> str:
    """一格里的值，在报告里怎么写。"""
    if form == WORDS:
        return printable("" if value is None else str(value))
    if not isinstance(value, Decimal | int):
        return DASH
    number = half_up(Decimal(value), 12)  # what Excel stored as a float
    match form:
        case "0":
            return plain(number)
        case "万元":
            return f"{plain(half_up(number, 2))}万元"
        case "0.00%":
            return percent(number)
        case "百分点":
            return str(half_up(number * 100, 2))
    return str(half_up(number, 2))


def printable(text: str) -> str:
    """汇总里的文字是从各个工作簿来的：Word 里放不下的字写成 □，换行连成一段，不因为一个项目停下。"""
    return "".join(_BLOT if unprintable(c) else " " if c in "\n\r\t" else c for c in text).strip()
