"""One cell of openpyxl as the port sees it, both ways: value, formula, error, percent; text stays text."""

from __future__ import annotations

from copy import copy
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook.file.cell_values import EPOCH, EPOCH_1904, number_text, safe_text, stored_number
from perfmon_xl.workbook.file.package import DATE_FORMATS, format_kind, unescaped
from perfmon_xl.workbook.port import CellRef, Content, Formula, RawCell, Scalar

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    AnyCell = Cell | MergedCell

_LONGEST = 32_767  # openpyxl cuts a longer text off without a word
_EMPTY_RESULT = "str"  # the type openpyxl leaves on a formula whose stored result is an empty text
_STYLE = ("font", "fill", "border", "alignment", "number_format", "protection")
_LAST_SERIAL = 2_958_466


def raw_cell(ref: CellRef, cell: AnyCell | None, stored: AnyCell | None) -> RawCell:
    """cell 是带公式读的，stored 是带结果读的同一格；文件里没有的格是 None。"""
    if cell is None:
        return RawCell(ref)
    formula = _formula(cell)
    held = cell if formula is None else stored
    if held is None:
        return RawCell(ref, formula=formula)
    if held.data_type == "e":
        return RawCell(ref, None, formula, error=str(held.value))
    if held.value is None:
        empty = formula is not None and held.data_type == _EMPTY_RESULT
        return RawCell(ref, "" if empty else None, formula)
    value, percent = _scalar(held)
    return RawCell(ref, value, formula, percent=percent)


def resulting_cell(ref: CellRef, cell: AnyCell, result: Scalar) -> RawCell:
    """公式的一格，结果是程序刚写的：openpyxl 自己没有地方放。"""
    if isinstance(result, Decimal):
        return RawCell(ref, _number(result), _formula(cell), percent=_kind(cell) == "%")
    return RawCell(ref, result, _formula(cell))


def _formula(cell: AnyCell) -> str | None:
    """公式文字（不带等号）；不是公式是 None。"""
    if cell.data_type != "f":
        return None
    value = cell.value
    if isinstance(value, ArrayFormula):
        value = value.text
    return "" if value is None or isinstance(value, DataTableFormula) else str(value).removeprefix("=")


def _scalar(cell: AnyCell) -> tuple[Scalar, bool]:
    """值，和它显示成百分比没有。"""
    value = cell.value
    if value is None or isinstance(value, bool):
        return value, False
    if isinstance(value, str):
        return unescaped(value), False
    kind = _kind(cell)
    if isinstance(value, (int, float, Decimal)):
        number = _number(value)
        if kind == "d" and 0 < number < _LAST_SERIAL:
            return _epoch(cell) + timedelta(days=int(number)), False
        return number, kind == "%"
    return _day(value, cell), False


def _number(value: int | float | Decimal) -> Decimal:
    if isinstance(value, float):
        number = stored_number(repr(value))
    else:
        number = stored_number(number_text(value) if isinstance(value, Decimal) else str(value))
    return Decimal(0) if number is None else number


def _kind(cell: AnyCell) -> str:
    """百分比（%）、日期（d）、都不是（空）。中文 Excel 自带的日期格式（27 至 58）openpyxl 不认识。"""
    style = getattr(cell, "_style", None)  # the only place that still says which built-in format it was
    if style is not None and style.numFmtId in DATE_FORMATS:
        return "d"
    return format_kind(cell.number_format)


def _epoch(cell: AnyCell) -> date:
    book = cell.parent.parent
    return EPOCH_1904 if book is not None and book.epoch.year == EPOCH_1904.year else EPOCH


def _day(value: object, cell: AnyCell) -> Scalar:
    """日期；只有时间的，是起算的那一天，同文件里存的零点几天一样。"""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, timedelta):
        return _epoch(cell) + timedelta(days=value.days)
    if isinstance(value, time):
        return _epoch(cell) if value != time() else Decimal(0)
    return str(value)


def write_cell(sheet: Worksheet, ref: CellRef, content: Content) -> None:
    """写一格；以“=”开头的文字仍是文字。Formula 只写公式：结果 openpyxl 存不了。"""
    cell = sheet.cell(ref.row, ref.column)
    if isinstance(cell, MergedCell):
        raise UserError(f"{ref} 在合并的单元格里，不是头一格，写不进。", "请先在 Excel 里取消合并。")
    if isinstance(content, Formula) and not content.text:
        return
    if isinstance(cell.value, ArrayFormula) and ":" in cell.value.ref:
        raise UserError(f"{ref} 是数组公式的一部分，不能单独改写。", "请先在 Excel 里删去这个数组公式。")
    if isinstance(content, Formula):
        cell.value = "=" + safe_text(content.text, ref)
        cell.data_type = "f"
        return
    if not isinstance(content, str):
        cell.value = content
        return
    text = safe_text(content, ref)
    if len(text) > _LONGEST:
        raise UserError(f"{ref} 的文字超过了 Excel 一格的上限 {_LONGEST} 个字。", "请把它分成几段。")
    cell.value = text or None
    if text:
        cell.data_type = "s"


def copy_style(source: AnyCell | None, target: AnyCell) -> None:
    """照另一格的样式。"""
    if source is not None and source.has_style:
        for part in _STYLE:
            setattr(target, part, copy(getattr(source, part)))
