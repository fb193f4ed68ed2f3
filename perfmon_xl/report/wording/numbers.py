"""Numbers as a paragraph writes them: one unit of money throughout, rates, gaps, values as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.domain.amount import YUAN_PER_WAN, Amount, half_up, plain
from perfmon_xl.domain.target import Comparator, Kind, TargetValue, base_unit, scale
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.report.tracing.references import ValueReference
from perfmon_xl.report.tracing.tracked import Mark
from perfmon_xl.report.wording.chinese import target_in_words

RATES = {"%": "个百分点", "％": "个百分点", "‰": "个千分点"}
MONEY_UNITS = ("元", "万元", "亿元")
_FIRST = re.compile(r"[约近]?[-−]?\d")
_SUFFIX = re.compile(r"(?:及?以上|及?以下|及?以内)$")


def in_wan(amount: Amount) -> str:
    """万元：整数照写，其余两位小数，表里更细的三四位；再细的四舍五入到四位。

    >>> [in_wan(Amount(Decimal(n))) for n in ("800000", "828200", "5184", "43816.1", "1800")]
    ['80万元', '82.82万元', '0.5184万元', '4.3816万元', '0.18万元']
    """
    number = half_up(amount.yuan / YUAN_PER_WAN, 4)
    if number == number.to_integral_value():
        return f"{plain(number)}万元"
    short = half_up(number, 2)
    return f"{short if short == number else plain(number)}万元"


def in_yuan(amount: Amount) -> str:
    """元，至多两位小数。"""
    return f"{plain(half_up(amount.yuan, 2))}元"


@dataclass(frozen=True, slots=True)
class Money:
    """一段话里的金额：最大的一笔满一万元的，全段写万元，否则写元。"""

    wan: bool
    mark: Mark

    @classmethod
    def of(cls, amounts: Iterable[Amount | None], mark: Mark) -> Money:
        return cls(any(a is not None and abs(a.yuan) >= YUAN_PER_WAN for a in amounts), mark)

    def say(self, amount: Amount | None, value: ValueReference) -> str:
        """一笔金额和它的记号；没有的是空。"""
        if amount is None:
            return ""
        text = in_wan(amount) if self.wan else in_yuan(amount)
        return self.mark(text, value.written("万元" if self.wan else "元"))


def value_as_typed(value: TargetValue) -> str:
    """填的数去掉比较符，数和单位照填的写。

    >>> from perfmon_xl.domain.target import read_target
    >>> [value_as_typed(read_target(raw)) for raw in ("≥320间", "不低于 90%", "=6场", "93.40%", "约40%", "20天以内")]
    ['320间', '90%', '6场', '93.40%', '约40%', '20天']
    """
    if value.kind is not Kind.NUMBER:
        return value.raw.strip()
    raw = without_spaces(value.raw)
    if value.unit in RATES and value.unit not in raw and value.number is not None:
        return f"{plain(value.number)}{value.unit}"
    match = _FIRST.search(raw)
    if match is None:
        return str(value).lstrip("≥≤><=")
    return _SUFFIX.sub("", raw[match.start() :])


def ends(value: TargetValue) -> tuple[str, str]:
    """区间的两端；单位写在后一个上。"""
    if value.number is None or value.upper is None:
        return "", ""
    return plain(value.number), f"{plain(value.upper)}{value.unit}"


def target_phrase(value: TargetValue) -> str:
    """目标在句子里的说法：不低于90%、不超过5天、明显改善。"""
    return target_in_words(value).replace(" ", "")


def is_rate(value: TargetValue) -> bool:
    return value.unit.strip() in RATES


def is_money(value: TargetValue) -> bool:
    return value.unit.strip() in MONEY_UNITS or value.unit.strip().startswith(("元/", "万元/", "元每"))


def difference(size: Decimal, unit: str, *, grouped: bool = False) -> str:
    """差多少：比率是百分点，其余带单位，都不带正负号；grouped：填的数写着千分位，差也写。

    >>> difference(Decimal("-2.33"), "%"), difference(Decimal(32), "间"), difference(Decimal(1200), "人", grouped=True)
    ('2.33个百分点', '32间', '1,200人')
    """
    number = plain(half_up(abs(size), 4))
    if grouped:
        number = f"{Decimal(number):,}"
    return f"{number}{RATES.get(unit.strip(), unit.partition('/')[0] or unit)}"


def in_unit_of(value: TargetValue, other: TargetValue) -> str:
    """同是金额、单位不同的，换成对方的单位写；其余照填的写。

    >>> from perfmon_xl.domain.target import read_target
    >>> in_unit_of(read_target("5184元"), read_target("≤0.9万元"))
    '0.5184万元'
    """
    differs = value.unit != other.unit and base_unit(value.unit) == base_unit(other.unit)
    plain_number = value.comparator in (Comparator.UNSTATED, Comparator.EQUAL) and not value.approximation
    if differs and plain_number and value.number is not None:
        return f"{plain(half_up(value.number * scale(value.unit) / scale(other.unit), 4))}{other.unit}"
    return value_as_typed(value)
