"""What claims must hold with one another, and where they do not: each relation a function of one sentence and its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as item
from datetime import date
from decimal import Decimal
from enum import StrEnum

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.ledger.quantity import Quantity


class Relation(StrEnum):
    """规则说自己替哪一种关系说话。"""

    DIRECTION = "高低先后的词与数"
    DIFFERENCE = "相差多少"
    REMAINDER = "剩余"
    PRODUCT = "数量乘单价"
    SHARE = "分子除以分母"
    PARTS = "分项与合计"
    ORDER = "部分不大于全部"
    LIST = "列举与个数"
    RESTATED = "括号里换单位再写"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """一段文字讲的指标：名称，全年、阶段的目标，实际，目标是不是上限；不知道的是空。"""

    name: str = ""
    annual: Quantity | None = None
    stage: Quantity | None = None
    actual: Quantity | None = None
    at_most: bool | None = None
    due: date | None = None
    done: date | None = None

    def targets(self, like: Quantity) -> tuple[Quantity, ...]:
        return tuple(t for t in (self.stage, self.annual) if t is not None and comparable(t, like))


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """一处关系不成立：原话、事实、应当是什么；sure 为假的是两种读法都说得通。"""

    relation: Relation
    quote: str
    fact: str
    values: Mapping[str, str] = item(default_factory=dict)
    sure: bool = True


NO_SUBJECT = Subject()


def comparable(quantity: Quantity, other: Quantity) -> bool:
    """单位相同、按什么计也相同；“单价”没有写按什么计的，哪一种都行。"""
    return quantity.unit == other.unit and (
        quantity.per == other.per
        or (bool(quantity.per) and bool(other.per) and "?" in quantity.per + other.per)
    )


def rounded_alike(fine: Quantity, coarse: Quantity, goals: Iterable[Quantity] = ()) -> bool:
    """文字写53.01%，表里写53%：四舍五入过的同一个率。四舍五入以后才达到目标的，不是同一个说法。"""
    if {fine.unit, coarse.unit} != {"%"} or "." in coarse.text or "." not in fine.text:
        return False
    same = half_up(fine.number, 0) == coarse.number
    return same and not any((fine.number >= g.number) != (coarse.number >= g.number) for g in goals)


def rounding(all_of_them: Sequence[Quantity]) -> Decimal:
    """各数四舍五入，加起来能差多少：都写了小数的，各半位之和。

    写整万的不都是舍入的：最粗的一个的末位；项数多的，各半位之和的一半。全往一边舍的，几乎没有。
    """
    halves = [(q.high - q.low) / 2 for q in all_of_them]
    if all("." in q.text for q in all_of_them):
        return sum(halves, Decimal(0))
    return max(2 * max(halves), sum(halves, Decimal(0)) / 2)


def first_of_them_add_up(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """“14所，其中中心5所，一般9所，达到标准的12所”：前几个已经是全部，后面的另是一回事。"""
    told = Decimal(0)
    for n, part in enumerate(parts):
        told += part.number
        if n and told == whole.number:
            return n + 1 < len(parts)
    return False


def in_unit_of(number: Decimal, like: Quantity, places: int = 2) -> str:
    """算出来的数，写成和 like 一样的单位。"""
    wan = like.unit not in ("%", "个百分点") and "万" in like.text
    shown = plain(half_up(number / 10_000 if wan else number, places + (2 if wan else 0)))
    if like.unit == "%" and ("成" in like.text or "百分" in like.text):
        return shown + "%"
    unit = like.text.lstrip("0123456789.,，约近超过不低于少≥≤><= ")
    return shown + (unit if unit[:1] != "余" else unit[1:])


def rough(rate: Quantity, after: str) -> Quantity:
    """“近八成”“九成多”“占八成”：说的是个大概；after 是它后面的字。"""
    if not re.search("成[半一二三四五六七八九]?$", rate.text):
        return rate
    if not rate.text.endswith("成"):  # “近四成半” is told more finely
        low, high = rate.number - Decimal("0.5"), rate.number + Decimal("0.5")
        return replace(
            rate,
            low=rate.number - 3 if rate.about else low,
            high=rate.number if rate.about else high,
            about=False,
        )
    number = rate.number
    low, high = number - 3, number + 3
    if re.match("多|以上|余|有余", after) or rate.text.startswith("超"):
        low, high = number, number + 10
    elif re.match("不到|不足", after):
        low, high = number - 10, number
    elif rate.about:
        low, high = (number * Decimal("0.9"), number) if "近" in rate.text else (low, high)
    return replace(rate, low=low, high=high, about=False)


__all__ = [
    "NO_SUBJECT",
    "Breach",
    "Iterator",
    "Relation",
    "Subject",
    "comparable",
    "first_of_them_add_up",
    "in_unit_of",
    "rough",
    "rounded_alike",
    "rounding",
]
