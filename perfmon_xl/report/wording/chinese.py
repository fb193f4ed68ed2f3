"""Chinese ways of writing numbers, dates and targets."""

from __future__ import annotations

from datetime import date

from perfmon_xl.domain.target import Comparator, TargetValue

_DIGITS = "〇一二三四五六七八九"
_COUNT = "零一二三四五六七八九"
_SIGNS = "≥≧⩾≤≦⩽>＞<＜=＝═ \u3000"
_SHARES = ("", "%", "‰", "分")  # what is high or low; anything else is many or few
_IN_WORDS = {
    Comparator.AT_LEAST: ("不低于", "不少于"),
    Comparator.AT_MOST: ("不超过", "不超过"),
    Comparator.MORE: ("高于", "超过"),
    Comparator.LESS: ("低于", "少于"),
    Comparator.EQUAL: ("", ""),
}


def ordinal(number: int) -> str:
    """序号的汉字，1 到 999。

    >>> [ordinal(n) for n in (1, 10, 12, 20, 35, 100, 105, 110, 999)]
    ['一', '十', '十二', '二十', '三十五', '一百', '一百零五', '一百一十', '九百九十九']
    """
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
    """正文日期：2023年12月10日；没有填的是空的，用到它的话不写。"""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


def target_in_words(target: TargetValue) -> str:
    """目标值在句子里的写法：比较符写成字，数和单位照填的写；读回去还是同一个值。

    >>> from perfmon_xl.domain.target import read_target
    >>> [target_in_words(read_target(raw)) for raw in ("≥95%", ">= 60 件", "≤3天", "=158件", "不低于90%")]
    ['不低于95%', '不少于60 件', '不超过3天', '158件', '不低于90%']
    """
    raw = target.raw.strip()
    if not target.is_number or not target.comparator:
        return raw
    bare = str(target)[1:] if raw.startswith(("$", "\\")) else raw.lstrip(_SIGNS)
    return raw if bare == raw else _IN_WORDS[target.comparator][target.unit not in _SHARES] + bare
