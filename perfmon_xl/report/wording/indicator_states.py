"""What kind of indicator it is and how it stands: every draft, problem and conclusion goes by these two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from perfmon_xl.domain import measures
from perfmon_xl.domain.category import Level1, category, level1
from perfmon_xl.domain.figures import IndicatorFigures
from perfmon_xl.domain.grades import grades_of
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.policy import IndicatorMethod, IndicatorRules, Light, RuleSet
from perfmon_xl.domain.target import Comparator, Kind, TargetValue
from perfmon_xl.report.wording.numbers import is_money, is_rate

_AT_YEAR_END = re.compile(r"年[底末终][^，。；]{0,6}(?:考核|统计|测评|调查|评价|核定|评估)|(?:尚未|未)到期")
_LATER = re.compile(
    r"(?:(?P<month>\d{1,2})月|开学|学期|[年季][底末终]|汛期|秋[季后]|冬[季后]|完工|竣工|结束)[^，。；]{0,8}"
    r"(?:才能|才可|方能|方可|再|统一)[^，。；]{0,6}(?:统计|测评|测算|调查|评价|核定|评估|考核|检测)"
)  # told when it can be known: later than the cutoff, so it is not due
_BOUNDS = (Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.MORE, Comparator.LESS)
_YES_NO = re.compile(r"^(?:是否|有无|是不是|能否)|^(?:是|否)$")


class Shape(StrEnum):
    """指标是哪一种：决定用哪一组说法。"""

    COUNT = "数量"
    EQUAL = "等于"
    LEVEL = (
        "水平"  # a number that does not add up over the months: a price, a coefficient, an average, an area
    )
    RATE = "比率"
    CAP = "上限"
    COST = "成本"
    RANGE = "区间"
    DATE = "日期"
    WORDS = "定性"
    YES_NO = "是否"
    ZERO = "零事件"
    UNCLEAR = "目标不明"


class DraftState(StrEnum):
    """指标现在怎样。前面的判断优先。"""

    REACHED = "达到"
    EXCEEDED = "大幅超过"
    MISSED = "未达到"
    BEHIND = "滞后"
    FAR_BEHIND = "严重滞后"
    NOT_STARTED = "没有开始"
    PARTLY = "部分达成"
    NOT_DUE = "未到期"
    NO_STAGE = "未设阶段"
    NO_DATA = "到期无数"
    COPIED = "抄了要求"
    OTHER_UNIT = "单位不同"
    WORD_FOR_NUMBER = "词代数"
    NUMBER_FOR_WORDS = "数代词"
    NO_GRADES = "没有分档"
    NO_TARGET = "目标不明"
    INCOMPARABLE = "不能判断"


GOOD = (DraftState.REACHED, DraftState.EXCEEDED)
MISSED = (
    DraftState.MISSED,
    DraftState.BEHIND,
    DraftState.FAR_BEHIND,
    DraftState.NOT_STARTED,
    DraftState.PARTLY,
)
NOT_YET = (DraftState.NOT_DUE, DraftState.NO_STAGE)
LACKING = (DraftState.NO_DATA, DraftState.COPIED)
UNCLEAR = (
    DraftState.OTHER_UNIT,
    DraftState.WORD_FOR_NUMBER,
    DraftState.NUMBER_FOR_WORDS,
    DraftState.NO_GRADES,
    DraftState.NO_TARGET,
    DraftState.INCOMPARABLE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorStatus:
    """一个指标的种类、状态；ahead 是快于计划的蓝灯；far 是实际到了规则集说的“大幅超过”。"""

    shape: Shape
    state: DraftState
    ahead: bool = False


def shape_of(record: Compared) -> Shape:
    """看全年目标（没有的看本阶段目标）是哪一种。"""
    goal = record.annual if not record.annual.is_blank else record.stage
    if goal.kind is Kind.DATE:
        return Shape.DATE
    if goal.kind is Kind.RANGE:
        return Shape.RANGE
    if goal.kind is Kind.WORDS:
        return (
            Shape.YES_NO if _YES_NO.search(record.name.strip()) or _YES_NO.search(goal.raw) else Shape.WORDS
        )
    if goal.kind is not Kind.NUMBER or goal.number is None:
        return Shape.UNCLEAR
    return _numeric(record, goal, goal.number)


def _numeric(record: Compared, goal: TargetValue, number: Decimal) -> Shape:
    cap = measures.is_reverse(goal)
    if (
        number == 0
        and not is_money(goal)
        and (cap or goal.comparator in (Comparator.EQUAL, Comparator.UNSTATED))
    ):
        return Shape.ZERO
    if is_rate(goal):
        return Shape.CAP if cap else Shape.RATE
    if cap:
        return Shape.COST if is_money(goal) or is_cost(record) else Shape.CAP
    classed = record.level1.strip() or record.level2.strip()
    if classed and not record.accumulates:
        return Shape.LEVEL
    return Shape.EQUAL if goal.comparator is Comparator.EQUAL else Shape.COUNT


def is_cost(record: Compared) -> bool:
    known = category(record.level2)
    return (known.level1 if known else level1(record.level1)) is Level1.COST


def is_unit_price(value: TargetValue) -> bool:
    """单价：每一个多少钱，单位里带着“/”或“每”。"""
    return "/" in value.unit or "每" in value.unit


def status_of(
    record: Compared, figures: IndicatorFigures, rules: RuleSet, cutoff: date | None, *, accumulates: bool
) -> IndicatorStatus:
    """种类和状态。说好说坏都跟着“是否达成”，判断不了的说明为什么判断不了。"""
    shape = shape_of(record)
    if figures.met is True:
        exceeded = shape in (Shape.COUNT, Shape.EQUAL) and far_over(record, figures, rules)
        ahead = figures.light is Light.BLUE and shape in (Shape.COUNT, Shape.EQUAL)
        return IndicatorStatus(
            shape=shape, state=DraftState.EXCEEDED if exceeded else DraftState.REACHED, ahead=ahead
        )
    if figures.is_not_due:
        return IndicatorStatus(shape=shape, state=DraftState.NOT_DUE)
    if figures.met is False and not record.actual.is_blank:
        return IndicatorStatus(shape=shape, state=_missed(record, figures, rules, shape))
    return IndicatorStatus(shape=shape, state=_unknown(record, shape, cutoff, accumulates=accumulates))


def far_over(record: Compared, figures: IndicatorFigures, rules: RuleSet) -> bool:
    """实际是全年目标的多少才叫大幅超过：规则集的比例，没有的用蓝灯的线；“=”的多一个也是超出。"""
    done, annual = figures.completion, record.annual
    if done is None or measures.is_reverse(annual):
        return False
    if annual.comparator is Comparator.EQUAL:
        return measures.rounded(done) > 1
    explain = rules.explain
    if explain.over_ratio is not None:
        return measures.rounded(done) >= explain.over_ratio
    if explain.over_target_deviation is not None:
        return measures.rounded(done) > 1 + explain.over_target_deviation
    limit = rules.indicators.blue_from
    return limit is not None and measures.rounded(done) >= limit


def _missed(record: Compared, figures: IndicatorFigures, rules: RuleSet, shape: Shape) -> DraftState:
    if shape is Shape.WORDS:
        partly = (
            measures.grade_of(measures.wording(record.actual), rules.indicators, grades_of(record))
            == "部分达成"
        )
        return DraftState.PARTLY if partly else DraftState.MISSED
    if shape in (Shape.COUNT, Shape.EQUAL) and record.actual.number == 0:
        return DraftState.NOT_STARTED
    paced = shape in (Shape.COUNT, Shape.EQUAL, Shape.RATE) and not record.stage.is_blank
    own = rules.indicators
    by_stage = own.method is not IndicatorMethod.PACE and not figures.adds_up
    if paced and figures.prorated and not by_stage and own.method is not IndicatorMethod.NONE:
        return _band(figures.progress_ratio, own)
    return DraftState.MISSED


def _band(ratio: Decimal | None, rules: IndicatorRules) -> DraftState:
    """没有达到的慢到哪一档：实际÷（全年目标×序时）低于规则集的红线、黄线。"""
    if ratio is not None and rules.red_below is not None and measures.rounded(ratio) < rules.red_below:
        return DraftState.FAR_BEHIND
    if ratio is not None and rules.yellow_below is not None and measures.rounded(ratio) < rules.yellow_below:
        return DraftState.BEHIND
    return DraftState.MISSED


def told_later(text: str, cutoff: date | None) -> bool:
    """写明以后才能统计的：“9月1日后才能统计”；写的月份已经过了的不算。"""
    match = _LATER.search(text)
    if match is None:
        return False
    return not match["month"] or cutoff is None or int(match["month"]) > cutoff.month


def _unknown(record: Compared, shape: Shape, cutoff: date | None, *, accumulates: bool) -> DraftState:
    actual, annual, stage = record.actual, record.annual, record.stage
    if actual.is_blank:
        due = stage.day or annual.day
        later = due is not None and cutoff is not None and due > cutoff
        told = f"{stage.raw} {record.reason}"
        if later or _AT_YEAR_END.search(told) or told_later(told, cutoff):
            return DraftState.NOT_DUE
        if annual.is_blank and stage.is_blank:
            return DraftState.NO_TARGET
        if shape is Shape.DATE:
            return DraftState.NO_DATA if due is not None else DraftState.NO_STAGE
        return DraftState.NO_STAGE if stage.is_blank and not accumulates else DraftState.NO_DATA
    if annual.is_blank and stage.is_blank:
        return DraftState.NO_TARGET
    if actual.kind is Kind.NUMBER and actual.comparator in _BOUNDS:
        return DraftState.COPIED
    goal = stage if not stage.is_blank else annual
    if goal.kind in (Kind.NUMBER, Kind.RANGE):
        if actual.kind is Kind.NUMBER and actual.unit != goal.unit:
            return DraftState.OTHER_UNIT
        return DraftState.WORD_FOR_NUMBER if actual.kind is Kind.WORDS else DraftState.INCOMPARABLE
    if goal.kind is Kind.WORDS:
        if actual.kind in (Kind.NUMBER, Kind.RANGE):
            return DraftState.NUMBER_FOR_WORDS
        return DraftState.NO_GRADES if actual.kind is Kind.WORDS else DraftState.INCOMPARABLE
    return DraftState.INCOMPARABLE
