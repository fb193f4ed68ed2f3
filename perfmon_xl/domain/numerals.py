"""Chinese numerals: 三百五十、一万二千、九十五点五."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {**{c: n for n, c in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10_000, "亿": 100_000_000}
_MOST = 60  # characters; longer, it is no number that anybody says
DIGIT_WORD = "[零〇一二两三四五六七八九十百千万亿]"
NUMERAL = "[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]*"  # 开头不是百、千、万：千米、万元是单位
_GROUP = re.compile("[零〇]*(?:[一二两三四五六七八九]?[千百十][零〇]*)*[一二两三四五六七八九]?")


def chinese_number(text: str) -> Decimal | None:
    """一个中文数；写得不成数的返回 None。

    >>> chinese_number("一万二千"), chinese_number("九十五点五"), chinese_number("二〇二四"), chinese_number("十百")
    (Decimal('12000'), Decimal('95.5'), Decimal('2024'), None)
    >>> chinese_number("二百五"), chinese_number("二百零五"), chinese_number("一万二"), chinese_number("三五")
    (Decimal('250'), Decimal('205'), Decimal('12000'), None)
    """
    if len(text) > _MOST:
        return None
    whole, point, fraction = text.partition("点")
    number = _whole(whole)
    if number is None or (point and not fraction) or any(c not in _DIGITS for c in fraction):
        return None
    tail = "".join(str(_DIGITS[c]) for c in fraction)
    return Decimal(f"{number}.{tail}" if tail else str(number))


def _whole(text: str) -> int | None:
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        about = len(text) == 2 and not set(text) & set("零〇")  # 三五个: three to five
        return None if about else int("".join(str(_DIGITS[c]) for c in text))
    total, rest = 0, text
    for unit in ("亿", "万"):
        if unit in rest:
            left, _, rest = rest.partition(unit)
            part = _group(left)
            if part is None or not part:
                return None
            total += part * _SCALES[unit]
    if total and len(rest) == 1 and rest in _DIGITS:
        return total + _DIGITS[rest] * _SCALES[text[-2]] // 10  # 一万二
    last = _group(rest) if rest else 0
    return None if last is None else total + last


def _group(text: str) -> int | None:
    """一万以内。"""
    if not text or not _GROUP.fullmatch(text):
        return None
    total, digit, lowest = 0, 0, 10_000
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
            continue
        rank = _TENS[character]
        if rank >= lowest or (not digit and rank != 10):
            return None
        total, digit, lowest = total + (digit or 1) * rank, 0, rank
    if digit and total and lowest > 10 and not set(text) & set("零〇"):
        digit *= lowest // 10  # 二百五
    return total + digit
