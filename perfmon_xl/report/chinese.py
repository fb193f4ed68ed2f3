"""Chinese ways of writing numbers and dates."""

from __future__ import annotations

from datetime import date

_DIGITS = "〇一二三四五六七八九"
_COUNT = "零一二三四五六七八九"


def ordinal(number: int) -> str:
    """序号的汉字：1 → 一，12 → 十二，40 → 四十，105 → 一百零五。"""
    if number < 10:
        return _COUNT[number]
    if number < 20:
        return "十" + (_COUNT[number - 10] if number > 10 else "")
    if number < 100:
        return _COUNT[number // 10] + "十" + (_COUNT[number % 10] if number % 10 else "")
    rest = number % 100
    head = _COUNT[number // 100] + "百"
    if not rest:
        return head
    return head + (
        "零" + _COUNT[rest]
        if rest < 10
        else (_COUNT[rest // 10] + "十" + (_COUNT[rest % 10] if rest % 10 else ""))
    )


def signed_date(day: date | None) -> str:
    """落款日期：二〇二三年十二月十日。"""
    if day is None:
        return ""
    return f"{''.join(_DIGITS[int(d)] for d in str(day.year))}年{ordinal(day.month)}月{ordinal(day.day)}日"


def arabic_date(day: date | None) -> str:
    """正文日期：2023年12月10日；没有填的写“（未填）”，让人看见。"""
    return "（未填）" if day is None else f"{day.year}年{day.month}月{day.day}日"
