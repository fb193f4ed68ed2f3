"""达标程度：离本阶段目标有多远，图上的条画它；达到 100% 就是达成。"""

from __future__ import annotations

from decimal import Decimal

from perfmon_xl.domain.measures import ruling_comparator, same_unit
from perfmon_xl.domain.target import Comparator, Kind, TargetValue

_STRICT = (Comparator.MORE, Comparator.LESS)


def attained(actual: TargetValue, stage: TargetValue, annual: TargetValue) -> Decimal | None:
    """达标程度 = 实际完成 ÷ 本阶段应完成；越低越好的 = 本阶段应完成 ÷ 实际完成；区间里面是 1，外面照较近的一端。

    单位：比率，1 就是达到。本阶段没有填的与全年目标比。日期、定性、目标为零或负数、实际不大于零、单位不同：没有，是 None。

    >>> from perfmon_xl.domain.target import read_target
    >>> attained(read_target("45件"), read_target("≥50件"), read_target("≥70件"))
    Decimal('0.9')
    >>> attained(read_target("4万元"), read_target("≤5万元"), read_target("≤5万元"))
    Decimal('1.25')
    """
    goal = annual if stage.kind is Kind.BLANK else stage
    pair = same_unit(actual, goal)
    if pair is None or pair[0] <= 0 or pair[1] <= 0:
        return None
    value, low = pair
    if goal.kind is Kind.RANGE:
        high = goal.base_upper()
        if high is None:
            return None
        return value / low if value < low else high / value if value > high else Decimal(1)
    comparator = ruling_comparator(goal, annual)
    if comparator in _STRICT and value == low:
        return None  # neither above nor below: not reached, and yet no distance
    return low / value if comparator in (Comparator.AT_MOST, Comparator.LESS) else value / low
