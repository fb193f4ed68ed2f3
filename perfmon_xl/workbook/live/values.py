"""What an open Excel hands over and takes, and the same as the port says it: values, formulas, errors, dates."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from perfmon_xl.workbook.file.cell_values import EPOCH, EPOCH_1904
from perfmon_xl.workbook.port import CellRef, Content, Formula, RawCell

Raw = object  # None, str, bool, float, datetime, Decimal (a cell formatted as currency), or int (an error)
Typed = str | float | bool

_ERRORS = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!", 2042: "#N/A",
    2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!", 2047: "#BLOCKED!", 2048: "#UNKNOWN!",
    2049: "#FIELD!", 2050: "#CALC!",
}  # fmt: skip
_ERROR_BASE = -2146828288  # 0x800A0000: an error cell arrives as this plus its number
_OTHER_ERROR = "#ERROR!"
# Longer texts do not fit into an array handed to Range.Value; alone in their cell they do.
LONGEST_IN_BLOCK = 8000
# What Excel would read as something else than text: a number, a date, a formula, TRUE, an error.
_READ_OTHERWISE = re.compile(r"[\d=+\-@'#/.%$¥￥(（０-９]|^\s*(true|false)\s*$", re.IGNORECASE)


def raw_cell(ref: CellRef, value: Raw, formula: Raw, *, percent: bool = False) -> RawCell:
    """一格的值和公式文字合起来是什么。以“=”开头、又和值一模一样的是文字，不是公式。"""
    text = formula[1:] if isinstance(formula, str) and formula.startswith("=") and formula != value else None
    if isinstance(value, int) and not isinstance(value, bool):
        return RawCell(ref, None, text, error=_ERRORS.get(value - _ERROR_BASE, _OTHER_ERROR))
    if isinstance(value, datetime):
        return RawCell(ref, date(value.year, value.month, value.day), text)
    if isinstance(value, Decimal | float):
        return RawCell(ref, number(value), text, percent=percent)
    if value is None or isinstance(value, str | bool):
        return RawCell(ref, value, text)
    return RawCell(ref, str(value), text)


def number(value: Decimal | float) -> Decimal:
    """双精度数写成意思相同的最短的十进制数：0.1 就是 0.1。"""
    if isinstance(value, float):
        return Decimal(int(value)) if value.is_integer() and abs(value) < 1e15 else Decimal(repr(value))
    return value


def as_excel_value(content: Content, *, date1904: bool) -> Typed:
    """交给 Excel 的样子；文字前面加撇号，Excel 才不把它当成数、日期或公式。"""
    if content is None or content == "":
        return ""
    if isinstance(content, Formula):
        return "=" + content.text
    if isinstance(content, bool):
        return content
    if isinstance(content, date):
        return float((content - (EPOCH_1904 if date1904 else EPOCH)).days)
    if isinstance(content, Decimal):
        return float(content)
    return "'" + content if _READ_OTHERWISE.search(content) else content
