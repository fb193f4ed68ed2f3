"""A cell's value as the type of its column wants it: money, dates, targets, text; or why it cannot be read."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, plausible
from perfmon_xl.domain.amount import plain as plain_number
from perfmon_xl.domain.origin import Fault
from perfmon_xl.domain.spelling import INVISIBLE_CHARACTER
from perfmon_xl.domain.target import Kind, normalise, read_target
from perfmon_xl.layout.schema import Type
from perfmon_xl.workbook.file.cell_values import EPOCH, EPOCH_1904
from perfmon_xl.workbook.port import RawCell

_SERIAL_DAYS = (36_526, 73_050)  # 2000-01-01 to 2099-12-31
_UNBROKEN, _UNBROKEN_LENGTH = "%Y%m%d", 8
_MIDNIGHT = re.compile(
    r"(?:(?<![T\s])[T\s]+0?0:00(?::00(?:\.0+)?)?|0时0?0?分?)Z?\s*$"
)  # a day stored with its time
_DATE_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", _UNBROKEN)


def display_text(cell: RawCell) -> str:
    """单元格里看得见的文字。"""
    if cell.error is not None:
        return cell.error
    value = cell.value
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return read_target(value, percent=cell.percent).raw
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat()


def convert(cell: RawCell, kind: Type) -> tuple[object | None, Fault | None]:
    """按栏目的类型读值；空的是 None，读不懂的另给原因。"""
    if cell.value is None or cell.value == "":
        return None, None
    if kind is Type.TARGET:
        return read_target(cell.value, percent=cell.percent), None
    if kind in (Type.WAN, Type.YUAN):
        return _money(cell, kind)
    if kind is Type.DATE:
        return _date(cell)
    text = display_text(cell)
    if kind is not Type.LONG_TEXT and INVISIBLE_CHARACTER.search(text):
        text = INVISIBLE_CHARACTER.sub(
            "", text
        )  # pasted along, and nobody sees them: two names that look alike are one
    return text, None


def _money(cell: RawCell, kind: Type) -> tuple[object | None, Fault | None]:
    if isinstance(cell.value, Decimal) and not cell.percent and plausible(cell.value):
        return (Amount.wan(cell.value) if kind is Type.WAN else Amount(cell.value)), None
    text = display_text(cell)
    typed = read_target(text)
    if typed.number is not None and not plausible(typed.number):
        return None, Fault("读不懂", text[:40])
    if typed.kind is Kind.BLANK:
        return None, None
    if (
        typed.kind is Kind.NUMBER
        and typed.number is not None
        and not typed.comparator
        and not typed.approximation
    ):
        # A number typed as text, or with its unit, is clear; a bare one takes the unit of the header.
        if typed.unit in ("", "万元" if kind is Type.WAN else "元"):
            return (Amount.wan(typed.number) if kind is Type.WAN else Amount(typed.number)), None
        base = typed.base()
        if base is not None and base[1] == "元":
            return Amount(base[0]), None
    return None, Fault("读不懂", text)


def _date(cell: RawCell) -> tuple[object | None, Fault | None]:
    if isinstance(cell.value, date):
        return cell.value, None
    if isinstance(cell.value, Decimal):
        serial = cell.value + (EPOCH_1904 - EPOCH).days if cell.since_1904 else cell.value
        if _SERIAL_DAYS[0] <= serial <= _SERIAL_DAYS[1]:
            return EPOCH + timedelta(days=int(serial)), None
        return None, Fault("读不懂", plain_number(cell.value))
    text = _MIDNIGHT.sub("", INVISIBLE_CHARACTER.sub("", display_text(cell)))
    text = "".join(normalise(text).replace("号", "日").split())  # thin blanks, too
    for form in _DATE_FORMS:
        if form == _UNBROKEN and len(text) != _UNBROKEN_LENGTH:
            continue  # 2024111 may be in January or in November
        try:
            return datetime.strptime(text, form).date(), None
        except ValueError:
            continue
    return None, Fault("读不懂", display_text(cell).strip())
