"""The three lights of an indicator and of a project: against the target, against the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from perfmon_xl.domain.grades import Grades
from perfmon_xl.domain.measures_funds import rounded
from perfmon_xl.domain.measures_indicator import (
    REVERSE,
    UNDATED,
    Moment,
    State,
    grade_of,
    is_prorated,
    is_reverse,
    progress_ratio,
    ruling_comparator,
    same_unit,
    state_against,
    wording,
)
from perfmon_xl.domain.policy import WORST_FIRST, IndicatorMethod, IndicatorRules, Light
from perfmon_xl.domain.target import Kind, TargetValue


def indicator_light(
    actual: TargetValue,
    annual: TargetValue,
    *,
    level2: str,
    elapsed: Decimal | None,
    rules: IndicatorRules,
    moment: Moment = UNDATED,
    grades: Grades | None = None,
) -> Light | None:
    """照平台公式的指标灯，与全年目标比；资料不够、规则不预警、还没有到期的返回 None，不亮绿灯。

    正向（≥ > =）并且折算的：进度比低于红线红，低于黄线黄，达到蓝线蓝，其余绿；等于门槛的算上一档。
    反向（≤ <）、区间、不折算的、目标不大于零的：达到全年目标绿，没有达到红。
    定性、日期：达成绿，部分达成黄，未达成红；词表里没有的不亮。
    来源：预算管理一体化平台的默认规则和山西的规则；区间的算法是本程序的取法。
    """
    if rules.method is not IndicatorMethod.PACE:
        return None
    state = state_against(actual, annual, rules, moment, grades=grades)
    if annual.kind in (Kind.WORDS, Kind.DATE):
        return _words_light(state, grade_of(wording(actual), rules, grades))
    if state is State.UNKNOWN:
        return None
    goal = annual.base()
    prorated = is_prorated(level2, rules)
    whole_year = is_reverse(annual) or annual.kind is Kind.RANGE or prorated is False
    if whole_year or (goal is not None and goal[0] <= 0 and elapsed):
        return Light.GREEN if state is State.MET else Light.RED
    ratio = progress_ratio(actual, annual, elapsed)
    if ratio is None or prorated is None:
        return None
    return _pace_light(rounded(ratio), rules)


def _words_light(state: State, grade: str) -> Light | None:
    if state is State.MET:
        return Light.GREEN
    if state is not State.UNMET:
        return None
    return Light.YELLOW if grade == "部分达成" else Light.RED


def stage_light(
    actual: TargetValue,
    stage: TargetValue,
    annual: TargetValue,
    *,
    state: State,
    adds_up: bool,
    elapsed: Decimal | None,
    rules: IndicatorRules,
    grades: Grades | None = None,
) -> Light | None:
    """“通用”的指标灯：跟着是否达成，达成的不红不黄，未达成的不绿不蓝；无法判断、未到期的不亮。

    逐月累加的数量（adds_up）看序时：进度比低于红线红，低于黄线黄，达到蓝线蓝，其余绿；与是否达成相反的、不逐月累加的，看
    本阶段（没有填的看全年）：达成绿；未达成的，实际÷目标低于红线红，其余黄，上限和零红。无法判断而进度比在黄线以上的绿。
    定性、日期：达成绿，部分达成黄，未达成红。来源：本程序的取法，理由见 policy/README.md。
    """
    goal = annual if stage.kind is Kind.BLANK else stage
    if goal.kind in (Kind.WORDS, Kind.DATE):
        return _words_light(state, grade_of(wording(actual), rules, grades))
    if state is State.NOT_DUE:
        return None
    ratio = progress_ratio(actual, annual, elapsed) if adds_up else None
    by_pace = pace_light(ratio, rules)
    good = by_pace in (Light.GREEN, Light.BLUE)
    if state is State.UNKNOWN:
        return Light.GREEN if good and stage.kind is Kind.BLANK else None
    if state is State.MET:
        return by_pace if good else Light.GREEN
    if by_pace is not None and not good:
        return by_pace
    return _missed_light(actual, goal, annual, rules)


def _missed_light(
    actual: TargetValue, goal: TargetValue, annual: TargetValue, rules: IndicatorRules
) -> Light:
    """没有达成的红还是黄：差多少。"""
    pair = same_unit(actual, goal)
    upper = goal.base_upper()
    if pair is None or pair[1] <= 0 or rules.red_below is None:
        return Light.RED
    value, low = pair
    if upper is not None:
        share = value / low if value < low else upper / value
    elif ruling_comparator(goal, annual) in REVERSE:
        return Light.RED
    else:
        share = value / low
    return Light.RED if rounded(share) < rules.red_below else Light.YELLOW


def pace_light(ratio: Decimal | None, rules: IndicatorRules) -> Light | None:
    """只看指标进度比的灯；没有进度比、规则没有定门槛的返回 None。"""
    return None if ratio is None or rules.red_below is None else _pace_light(rounded(ratio), rules)


def _pace_light(ratio: Decimal, rules: IndicatorRules) -> Light:
    if rules.red_below is not None and ratio < rules.red_below:
        return Light.RED
    if rules.yellow_below is not None and ratio < rules.yellow_below:
        return Light.YELLOW
    return Light.BLUE if rules.blue_from is not None and ratio >= rules.blue_from else Light.GREEN


def project_light(lights: Iterable[Light | None]) -> Light | None:
    """项目灯：最差的一盏说了算，红 > 黄 > 绿 > 蓝；一盏也没亮的返回 None。

    来源：预算管理一体化平台的预警规则。

    >>> project_light([Light.GREEN, None, Light.YELLOW, Light.BLUE]).value
    '黄'
    """
    lit = set(lights)
    return next((light for light in WORST_FIRST if light in lit), None)
