"""A cell's value as the file stores it: numbers, dates and texts, both ways."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from perfmon_xl.domain.amount import plausible
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.printable import HALF_CHARACTER
from perfmon_xl.workbook.port import CellRef, Scalar

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MOST_CHARACTERS = 400  # the longest that a program writes for a double is 330
_LEAST_EXPONENT = -20
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


@lru_cache(maxsize=8192)
def stored_number(text: str) -> Decimal | None:
    """存着的数是填的哪个数；不是数的、大得离谱的是 None。"""
    if len(text) > _MOST_CHARACTERS:
        return None
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not number or not number.is_finite() or number.adjusted() < _LEAST_EXPONENT:
        return Decimal(0) if number.is_finite() else None  # smaller than any figure: Excel shows 0
    if not plausible(number):
        return None
    if "E" in text or "e" in text or len(text) > 16:
        # A double needs 17 digits to survive, a person typed at most 15: 0.1 is stored as
        # 0.10000000000000001, and what was typed is the shortest text that means the same double.
        return Decimal(repr(float(number)))
    return number


def number_text(number: Decimal) -> str:
    """Decimal 写成 Excel 存的样子：十七位有效数字以内照原样。"""
    exact = format(number.normalize(), "f") if number else "0"
    return exact if len(exact.replace(".", "").lstrip("-0")) <= 17 else repr(float(number))


def safe_text(text: str, ref: CellRef) -> str:
    """XML 放不下的控制符按 Excel 的写法转义；半个字（孤立的代理码）拒绝。"""
    if HALF_CHARACTER.search(text):
        raise UserError(f"{ref} 的文字里有残缺的字符，写不进文件。", "请重新输入这一格。")
    text = _LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text
    return _NOT_XML.sub(lambda m: f"_x{ord(m[0]):04X}_", text)


def iso_date(text: str) -> Scalar:
    try:
        return datetime.fromisoformat(text.strip().rstrip("Z")).date()
    except ValueError:
        return text
