"""Where the execution rate stands against the yardstick of the rule set: one band, one wording."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from perfmon_xl.domain.amount import half_up
from perfmon_xl.domain.measures import rounded
from perfmon_xl.domain.policy import FundMethod, RuleSet
from perfmon_xl.report.wording.material import Material


class Band(StrEnum):
    """资金快慢的档次，照规则集；只比出快慢、规则不预警的是“只说数”。"""

    NO_SPENDING_FIGURE = "没有支出数"
    NO_BASE = "没有分母"
    ZERO_BASE = "分母为零"
    OVERSPENT = "超预算"
    RED = "红"
    YELLOW = "黄"
    SLIGHTLY_BEHIND = "略慢"
    LEVEL = "持平"
    AHEAD = "快"
    BELOW_FLOOR = "低于底线"
    ABOVE_FLOOR = "高于底线"
    AT_FLOOR = "达到底线"
    AS_PLANNED = "按计划"
    NOT_AS_PLANNED = "未按计划"
    FACTS = "只说数"


_ONE_MONTH = Decimal("8.33")  # of a year, in points
SLOW = (Band.RED, Band.YELLOW, Band.BELOW_FLOOR, Band.NOT_AS_PLANNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingPace:
    """资金的档次，和说它要用的数：印出来的两个比率的差、底线、底线从哪个月起。"""

    band: Band
    nothing_spent: bool = False
    gap: Decimal | None = None  # the printed rate minus the printed pace, in points
    floor: Decimal | None = None
    floor_month: int | None = None

    @property
    def slow(self) -> bool:
        """规则集说慢的：要原因、要列问题。"""
        return self.band in SLOW

    @property
    def slight(self) -> bool:
        """差不到一个月的进度，才叫“略低”。"""
        return self.gap is not None and abs(self.gap) <= _ONE_MONTH

    @property
    def severe(self) -> bool:
        return self.band is Band.RED


def printed_points(rate: Decimal) -> Decimal:
    """印出来的百分数，两位小数。"""
    return half_up(rate * 100, 2)


def funding(material: Material) -> SpendingPace:
    """资金现在的档次。"""
    funds, rules = material.funds, material.rules
    rate, pace = funds.execution_rate, funds.pace
    if funds.spent is None:
        return SpendingPace(band=Band.NO_SPENDING_FIGURE)
    gap = None if rate is None or pace is None else printed_points(rate) - printed_points(pace)
    nothing = funds.spent.yuan == 0
    if funds.adjusted is not None and funds.spent.yuan > funds.adjusted.yuan and rate is not None:
        return SpendingPace(band=Band.OVERSPENT, gap=gap)
    if rate is None:
        whole = denominator(material)
        return SpendingPace(band=Band.NO_BASE if whole is None else Band.ZERO_BASE, nothing_spent=nothing)
    band, floor, month = _band(rules, rate, pace, material.cutoff.month if material.cutoff else None, gap)
    return SpendingPace(band=band, nothing_spent=nothing, gap=gap, floor=floor, floor_month=month)


def denominator(material: Material) -> Decimal | None:
    """执行率的分母，元。"""
    funds = material.funds
    whole = {"调整后预算": funds.adjusted, "年初预算": funds.initial, "到位数": funds.arrived}
    amount = whole[material.rules.funds.denominator.value]
    return None if amount is None else amount.yuan


def _band(
    rules: RuleSet, rate: Decimal, pace: Decimal | None, month: int | None, gap: Decimal | None
) -> tuple[Band, Decimal | None, int | None]:
    funds = rules.funds
    if funds.method is FundMethod.MONTHLY_FLOOR and month is not None:
        floors = [(start, floor) for start, floor in funds.monthly_floor if start <= month]
        if not floors:
            return Band.FACTS, None, None
        start, floor = floors[-1]
        if rounded(rate) < floor:
            return Band.BELOW_FLOOR, floor, start
        return (Band.ABOVE_FLOOR if rounded(rate) > floor else Band.AT_FLOOR), floor, start
    if pace is None or not pace or gap is None:
        return Band.FACTS, None, None
    if funds.method is FundMethod.PLAN_GOAL:
        return (Band.AS_PLANNED if rounded(rate) >= rounded(pace) else Band.NOT_AS_PLANNED), None, None
    if funds.method is not FundMethod.PACE_RATIO:
        return Band.FACTS, None, None
    ratio = rounded(rate / pace)
    if funds.red_below is not None and ratio < funds.red_below:
        return Band.RED, None, None
    if funds.yellow_below is not None and ratio < funds.yellow_below:
        return Band.YELLOW, None, None
    if gap == 0:
        return Band.LEVEL, None, None
    return (Band.SLIGHTLY_BEHIND if gap < 0 else Band.AHEAD), None, None
