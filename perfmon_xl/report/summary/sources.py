"""Where a value of the summary report comes from: a cell of the summary workbook, or a count over one of its tables."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from perfmon_xl.domain.amount import half_up, percent, plain
from perfmon_xl.domain.origin import CellPlace, Origin
from perfmon_xl.domain.printable import unprintable
from perfmon_xl.domain.summary_cells import SummaryCell
from perfmon_xl.report.tracing.sources import Source
from perfmon_xl.report.tracing.tracked import key_of, parts_of
from perfmon_xl.report.wording.compose import DASH

_BLOT = "□"
FORM = "~"  # in an identity, between what a value is and how it is written
_COUNTED = "="  # begins the identity of what has no cell of its own
COUNT, WAN, MONEY, RATE, POINTS, WORDS = "0", "金额", "万元", "0.00%", "百分点", "文字"
POINT_COUNT = "百分点数"  # of a cell that has the points themselves, 4.3


class SummaryReference(NamedTuple):
    """汇总报告里的一个值：汇总工作簿的一格（table、row、header），或者数出来的数（table 空，counted 怎么数的、
    sheet 数的哪张表）；form 是写法。

    >>> value = counted("行数", "未处理")
    >>> SummaryReference.of(value.key) == value
    True
    """

    form: str
    table: str = ""
    row: str = ""
    header: str = ""
    counted: str = ""
    sheet: str = ""

    @property
    def key(self) -> str:
        """记号里的写法；读回去用 of。"""
        return key_of(self)

    @classmethod
    def of(cls, key: str) -> SummaryReference:
        return cls(*parts_of(key))

    @property
    def cell(self) -> SummaryCell | None:
        """汇总工作簿的哪一格；数出来的没有。"""
        return SummaryCell(self.table, self.row, self.header) if self.table else None

    @property
    def identity(self) -> str:
        """记在报告里的身份。"""
        what = self.cell or f"{_COUNTED}{self.counted}@{self.sheet}"
        return f"{what}{FORM}{self.form}"


def cell_reference(table: str, row: str, header: str, form: str) -> SummaryReference:
    """一格里的值；row 空的是合计行。"""
    return SummaryReference(form, table, row, header)


def counted(what: str, sheet: str, form: str = COUNT) -> SummaryReference:
    """没有自己的单元格的数：怎么数的、数的哪张表。"""
    return SummaryReference(form, counted=what, sheet=sheet)


class SummarySources:
    """汇总报告各个值的来历；where 说出一格在汇总工作簿的哪里，没有的是 None。"""

    def __init__(self, where: Callable[[SummaryCell], Origin | None]) -> None:
        self._where = where

    def of(self, key: str) -> Source:
        value = SummaryReference.of(key)
        identity, form, cell = value.identity, value.form, value.cell
        if cell is None:
            origin = CellPlace(value.sheet, label=value.counted)
            return Source(identity=identity, origin=origin, measure=value.counted, form=form)
        return Source(identity=identity, origin=self._where(cell) or CellPlace(label=str(cell)), form=form)


def cell_of(source: Source) -> SummaryCell | None:
    """来历指的是汇总工作簿的哪一格；不是一格的是 None。"""
    return SummaryCell.parsed(source.identity.rpartition(FORM)[0])


def value_text(value: object, form: str) -> str:
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
            short = half_up(number, 2)
            return f"{plain(short) if short == short.to_integral_value() else short}万元"
        case "0.00%":
            return percent(number)
        case "百分点数":
            return str(half_up(number, 2))
        case "百分点":
            return str(half_up(number * 100, 2))
    return str(half_up(number, 2))


def printable(text: str) -> str:
    """汇总里的文字是从各个工作簿来的：Word 里放不下的字写成 □，换行连成一段，不因为一个项目停下。"""
    return "".join(_BLOT if unprintable(c) else " " if c in "\n\r\t" else c for c in text).strip()
