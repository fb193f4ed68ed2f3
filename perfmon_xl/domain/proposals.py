"""What the program proposes for a blank cell of 表4: a stage target by the pace, a forecast for the year.

A proposal is marked by the words in front of it and counts as blank until a person types over it, or says 核定 = 是.
"""

from __future__ import annotations

from decimal import Decimal

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.domain.measures import completion_rate, is_reverse, measured
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Comparator, Kind

PROPOSED = "建议："


def is_proposal(text: str) -> bool:
    """是程序的建议，还没有人认下。"""
    return text.lstrip().startswith(PROPOSED)


def stage_proposal(record: Compared, pace: Decimal | None) -> str:
    """本阶段应完成值的建议：累加的数量，全年目标 × 序时进度，小数位照填的；别的不建议，是空的。

    >>> from perfmon_xl.domain.target import read_target
    >>> stage_proposal(Compared(level2="数量指标", annual=read_target("≥70件")), Decimal(10) / 12)
    '≥58件'
    """
    number = record.annual.number
    if not record.accumulates or number is None or not pace:
        return ""
    sign = "" if record.annual.comparator is Comparator.UNSTATED else record.annual.comparator.value
    return f"{sign}{_scaled(number, number * pace)}{record.annual.unit}"


def forecast_proposal(record: Compared, pace: Decimal | None) -> str:
    """全年预计的建议：够了全年目标的、不累加的，照实际；还没够的数量，实际 ÷ 序时进度；上限不建议。

    >>> from perfmon_xl.domain.target import read_target
    >>> forecast_proposal(
    ...     Compared(level2="数量指标", annual=read_target("≥70件"), actual=read_target("50件")), Decimal(10) / 12
    ... )
    '60件'
    """
    done = measured(record.actual)
    number, rate = record.actual.number, completion_rate(record.actual, record.annual)
    if done is None or number is None or not pace or is_reverse(record.annual):
        return ""
    if record.annual.kind is not Kind.NUMBER or rate is None:
        return ""
    if rate >= 1 or not record.accumulates:
        return f"{plain(number)}{record.actual.unit}"
    return f"{_scaled(number, number / pace)}{record.actual.unit}"


def _scaled(typed: Decimal, value: Decimal) -> str:
    places = max(0, -int(typed.as_tuple().exponent))
    return plain(half_up(value, places))
