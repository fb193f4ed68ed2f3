"""The figures of one project, computed once and handed to whoever needs them: cells, texts, rules, charts, forms, batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import Amount, total
from perfmon_xl.domain.direction import accumulates
from perfmon_xl.domain.grades import explanations, grades_of
from perfmon_xl.domain.kinds import DocumentKind
from perfmon_xl.domain.measures_indicator import Moment, State
from perfmon_xl.domain.model import Compared, Funding, Monitoring, Project
from perfmon_xl.domain.policy import Denominator, IndicatorMethod, IndicatorRules, Light, RuleSet

_R = TypeVar("_R")
_WARNINGS = (Light.RED, Light.YELLOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFigures:
    """一项或几项资金来源合起来的数和比率；缺数的是 None。

    denominator 是规则集规定的执行率分母：调整后预算、年初预算或到位数。
    """

    initial: Amount | None
    adjusted: Amount | None
    arrived: Amount | None
    spent: Amount | None
    forecast: Amount | None
    denominator: Amount | None
    arrival_rate: Decimal | None
    execution_rate: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFigures(MoneyFigures):
    """全部资金来源合起来的数、比率和资金灯；缺数的是 None。

    is_behind：红灯、黄灯是因为钱花得慢，不是因为指标没有达成。
    """

    detail: Amount | None
    pace: Decimal | None
    pace_ratio: Decimal | None
    light: Light | None
    is_behind: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFigures:
    """一个指标的完成率、偏差、偏差率、是否达成、预警，和得出它们的各步；判断不了的是 None。

    state 是是否达成的四种状态；met 是 True、False，无法判断和未到期的是 None。annual_state、stage_state：与全年目标、
    与本阶段目标各自比的结果；prorated：规则集折算不折算；adds_up：是不是逐月累加。
    """

    completion: Decimal | None
    deviation: Decimal | None
    deviation_rate: Decimal | None
    met: bool | None
    light: Light | None
    state: State
    annual_state: State
    stage_state: State
    progress_ratio: Decimal | None
    prorated: bool | None
    adds_up: bool

    @property
    def is_not_due(self) -> bool:
        return self.state is State.NOT_DUE

    @property
    def light_disagrees(self) -> bool:
        """灯与是否达成说的相反：规则集公布的公式看全年和序时，是否达成看本阶段。"""
        good = self.light in (Light.GREEN, Light.BLUE)
        return self.light is not None and self.met is not None and good is not self.met


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFigures:
    """几个指标合起来看：多少个，达成、未达成、无法判断的各多少，平均完成率，各色灯各多少。"""

    count: int
    met: int
    unmet: int
    unknown: int
    not_due: int
    average_completion: Decimal | None
    lights: Mapping[Light, int]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """一个项目照一套规则算出的全部数。sources 与资金来源、indicators 与表4，一行对一行。"""

    monitoring: Monitoring
    rules: RuleSet
    funds: FundFigures
    sources: tuple[MoneyFigures, ...]
    indicators: tuple[IndicatorFigures, ...]
    outcome: OutcomeFigures

    def named(self) -> Iterator[tuple[int, Compared, IndicatorFigures]]:
        """表4写了名称的各行：第几行（从 0 数）、记录、它的数。"""
        rows = zip(self.monitoring.compared, self.indicators, strict=True)
        return ((n, record, indicator) for n, (record, indicator) in enumerate(rows) if record.is_named)

    def of(self, record: Compared) -> IndicatorFigures:
        """表4一行的数；record 是 monitoring 里的。"""
        return self._by_record[id(record)]

    def once(self, compute: Callable[[Figures], _R]) -> _R:
        """compute(self)，一个项目只算一遍；算出来的不要改。"""
        if compute not in self._shared:
            self._shared[compute] = compute(self)
        found: _R = self._shared[compute]
        return found

    @cached_property
    def _shared(self) -> dict[Callable[[Figures], Any], Any]:
        return {}

    @cached_property
    def explanations(self) -> Mapping[str, str]:
        """表3各指标的解释，按名称。"""
        return explanations(self.monitoring)

    @cached_property
    def _by_record(self) -> Mapping[int, IndicatorFigures]:
        rows = zip(self.monitoring.compared, self.indicators, strict=True)
        return {id(record): indicator for record, indicator in rows}


def figures_of(monitoring: Monitoring, rules: RuleSet, before: Figures | None = None) -> Figures:
    """一个项目的全部数。before 是同一个工作簿改之前算的：要算的内容没有变的，不再算。"""
    if before is not None and before.rules == rules and _same_entries(before.monitoring, monitoring):
        return replace(before, monitoring=monitoring)
    elapsed = elapsed_of(monitoring.project, rules)
    moment = moment_of(monitoring, rules)
    indicators = tuple(indicator_figures(r, rules.indicators, moment) for r in monitoring.compared)
    rows = list(zip(monitoring.compared, indicators, strict=True))
    return Figures(
        monitoring=monitoring,
        rules=rules,
        funds=_fund_figures(monitoring, rules, elapsed, [f.met for record, f in rows if not record.is_empty]),
        sources=tuple(money_figures([source], rules.funds.denominator) for source in monitoring.funding),
        indicators=indicators,
        outcome=outcome_of(f for record, f in rows if record.is_named),
    )


def _same_entries(monitoring: Monitoring, other: Monitoring) -> bool:
    """算数要用的内容都一样；文字不管。"""
    return (
        monitoring.project.cutoff,
        monitoring.project.year,
        monitoring.project.kind,
        monitoring.funding,
        monitoring.spending,
        monitoring.compared,
    ) == (
        other.project.cutoff,
        other.project.year,
        other.project.kind,
        other.funding,
        other.spending,
        other.compared,
    )


def money_figures(funding: Sequence[Funding], denominator: Denominator) -> MoneyFigures:
    """几项资金来源合起来的数和比率。"""
    return MoneyFigures(**_money(funding, denominator))


def _money(funding: Sequence[Funding], denominator: Denominator) -> dict[str, Any]:
    initial, adjusted = total(f.initial for f in funding), total(f.budget for f in funding)
    arrived, spent = total(f.arrived for f in funding), total(f.spent for f in funding)
    parts = {"adjusted": adjusted, "initial": initial, "arrived": arrived}
    return {
        **parts,
        "spent": spent,
        "forecast": total(f.forecast for f in funding),
        "denominator": measures.divisor(denominator, **parts),
        "arrival_rate": measures.arrival_rate(arrived, adjusted),
        "execution_rate": measures.execution_rate(spent, denominator=denominator, **parts),
    }


def moment_of(monitoring: Monitoring, rules: RuleSet) -> Moment:
    """监控到哪一天。"""
    project = monitoring.project
    return Moment(cutoff=project.cutoff, year=project.budget_year, elapsed=elapsed_of(project, rules))


def elapsed_of(project: Project, rules: RuleSet) -> Decimal | None:
    """序时进度；自评说的是全年，没有写截止日期的是 1。"""
    if project.cutoff is None and project.document_kind is DocumentKind.SELF_EVALUATION:
        return Decimal(1)
    return measures.pace(project.cutoff, rules.funds.pace)


def indicator_figures(record: Compared, rules: IndicatorRules, moment: Moment) -> IndicatorFigures:
    """表4一行的数；moment 是监控到哪一天。"""
    actual, stage, annual, elapsed = record.actual, record.stage, record.annual, moment.elapsed
    grades = grades_of(record)
    adds_up = accumulates(record.level1, record.level2, record.name, annual)
    state = measures.state_of(actual, stage, annual, rules, moment, adds_up=adds_up, grades=grades)
    if rules.method is IndicatorMethod.STAGE:
        light = measures.stage_light(
            actual, stage, annual, state=state, adds_up=adds_up, elapsed=elapsed, rules=rules, grades=grades
        )
    else:
        light = measures.indicator_light(
            actual, annual, level2=record.level2, elapsed=elapsed, rules=rules, moment=moment, grades=grades
        )
    return IndicatorFigures(
        completion=measures.completion_rate(actual, annual),
        deviation=measures.deviation(actual, stage),
        deviation_rate=measures.deviation_rate(actual, stage),
        met={State.MET: True, State.UNMET: False}.get(state),
        light=light,
        state=state,
        annual_state=measures.state_against(actual, annual, rules, moment, grades=grades),
        stage_state=measures.state_against(actual, stage, rules, moment, annual=annual, grades=grades),
        progress_ratio=measures.progress_ratio(actual, annual, elapsed),
        prorated=measures.is_prorated(record.level2, rules),
        adds_up=adds_up,
    )


def outcome_of(figures: Iterable[IndicatorFigures]) -> OutcomeFigures:
    """几个指标合起来看。"""
    indicators = list(figures)
    met = Counter(f.met for f in indicators)
    not_due = sum(f.is_not_due for f in indicators)
    rates = [f.completion for f in indicators if f.completion is not None]
    return OutcomeFigures(
        count=len(indicators),
        met=met[True],
        unmet=met[False],
        unknown=met[None] - not_due,
        not_due=not_due,
        average_completion=sum(rates, Decimal(0)) / len(rates) if rates else None,
        lights=Counter(f.light for f in indicators if f.light is not None),
    )


def _fund_figures(
    monitoring: Monitoring, rules: RuleSet, elapsed: Decimal | None, goals: Sequence[bool | None]
) -> FundFigures:
    money = _money(monitoring.funding, rules.funds.denominator)
    rate, cutoff = money["execution_rate"], monitoring.project.cutoff
    month = cutoff.month if cutoff is not None else None

    def light(goals: Sequence[bool | None]) -> Light | None:
        return measures.fund_light(rules.funds, rate=rate, elapsed=elapsed, month=month, goals=goals)

    return FundFigures(
        **money,
        detail=total(s.amount for s in monitoring.spending),
        pace=elapsed,
        pace_ratio=measures.pace_ratio(rate, elapsed),
        light=light(goals),
        is_behind=light(()) in _WARNINGS,
    )
