"""Two values side by side: the same number, the same words, a comparator turned round."""

from __future__ import annotations

from decimal import Decimal

from perfmon_xl.domain.target import Comparator, Kind, TargetValue, normalise

_UP = (Comparator.AT_LEAST, Comparator.MORE)
_DOWN = (Comparator.AT_MOST, Comparator.LESS)


def number(value: TargetValue) -> tuple[Decimal, str] | None:
    """一个数和它的基本单位；区间、日期、文字、空的返回 None。"""
    return value.base() if value.kind is Kind.NUMBER else None


def pair(target: TargetValue, other: TargetValue) -> tuple[Decimal, Decimal] | None:
    """两个数，换算到同一个基本单位；有一个不是数、单位不同的返回 None。"""
    here, there = number(target), number(other)
    return (here[0], there[0]) if here and there and here[1] == there[1] else None


def equal(target: TargetValue, other: TargetValue) -> bool | None:
    """两个值说的是不是同一个数（不管比较符）；定性的比文字；有一个空着或读不懂的返回 None。

    单位有一边没写的只比数，单位的事另有规则管。
    """
    if Kind.BLANK in (target.kind, other.kind) or Kind.UNREAD in (target.kind, other.kind):
        return None
    if target.kind is not other.kind:
        return False
    if target.kind in (Kind.NUMBER, Kind.RANGE):
        here, there = target.base(), other.base()
        if here is None or there is None:
            return None
        if "" in (target.unit, other.unit):
            return (target.number, target.upper) == (other.number, other.upper)
        return here == there and target.base_upper() == other.base_upper()
    return normalise(target.raw) == normalise(other.raw)


def opposite(target: TargetValue, other: TargetValue) -> bool:
    """一个是 ≥ 或 >，另一个是 ≤ 或 <。"""
    pair = (target.comparator, other.comparator)
    return (pair[0] in _UP and pair[1] in _DOWN) or (pair[0] in _DOWN and pair[1] in _UP)


def display(value: TargetValue) -> str:
    """消息里怎么写一个值：照原样，去掉首尾空白；空的写“空”。"""
    return value.raw.strip() or "空"
