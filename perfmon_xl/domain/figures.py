"""The figures of one monitoring, computed once for whoever needs them: texts, report, checks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import Amount, total
from perfmon_xl.domain.model import Compared, Monitoring
from perfmon_xl.domain.policy import IndicatorRules, Light, RuleSet
from perfmon_xl.domain.target import TargetValue


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFigures:
    """资金合计和比率；缺数的是 None。"""

    initial: Amount | None
    adjusted: Amount | None
    arrived: Amount | None
    spent: Amount | None
    forecast: Amount | None
    detail: Amount | None
    arrival_rate: Decimal | None
    execution_rate: Decimal | None
    pace: Decimal | None
    pace_ratio: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFigures:
    """一个指标的完成率、偏差、偏差率、是否达成、预警；判断不了的是 None。"""

    completion: Decimal | None
    deviation: Decimal | None
    deviation_rate: Decimal | None
    met: bool | None
    light: Light | None


def fund_figures(monitoring: Monitoring, rules: RuleSet) -> FundFigures:
    """全部资金来源合起来的数。"""
    funding = monitoring.funding
    initial, adjusted = total(f.initial for f in funding), total(f.budget for f in funding)
    arrived, spent = total(f.arrived for f in funding), total(f.spent for f in funding)
    rate = measures.execution_rate(
        spent, adjusted=adjusted, initial=initial, arrived=arrived, denominator=rules.funds.denominator
    )
    elapsed = measures.pace(monitoring.project.cutoff, rules.funds.pace)
    return FundFigures(
        initial=initial,
        adjusted=adjusted,
        arrived=arrived,
        spent=spent,
        forecast=total(f.forecast for f in funding),
        detail=total(s.amount for s in monitoring.spending),
        arrival_rate=measures.arrival_rate(arrived, adjusted),
        execution_rate=rate,
        pace=elapsed,
        pace_ratio=measures.pace_ratio(rate, elapsed),
    )


def indicator_figures(record: Compared, rules: RuleSet, elapsed: Decimal | None) -> IndicatorFigures:
    """表4一行的数。填充、检查、报告、汇总都要问，同样的一行只算一遍。"""
    return _figures(record.actual, record.stage, record.annual, record.level2, elapsed, rules.indicators)


@lru_cache(maxsize=4096)
def _figures(
    actual: TargetValue,
    stage: TargetValue,
    annual: TargetValue,
    level2: str,
    elapsed: Decimal | None,
    rules: IndicatorRules,
) -> IndicatorFigures:
    return IndicatorFigures(
        completion=measures.completion_rate(actual, annual),
        deviation=measures.deviation(actual, stage),
        deviation_rate=measures.deviation_rate(actual, stage),
        met=measures.is_met(actual, stage, annual, rules),
        light=measures.indicator_light(actual, annual, level2=level2, elapsed=elapsed, rules=rules),
    )
