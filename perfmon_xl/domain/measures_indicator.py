"""指标的测度：完成率、偏差、偏差率、是否达成、指标灯、项目灯。

比较前都换算到同一基本单位（万元→元，万人次→人次），单位不同的不比，返回 None。
实际值带着 ≥、≤、>、< 的，是把目标抄了一遍，没有数可比；带“=”和“余、约、近”的按写出的数算。
方向看全年目标：≤、< 越小越好，其余越大越好；没有写比较符的看指标的类别和名称（direction.py）。
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from perfmon_xl.domain.category import category
from perfmon_xl.domain.grades import Grades
from perfmon_xl.domain.measures_funds import rounded
from perfmon_xl.domain.policy import IndicatorRules
from perfmon_xl.domain.target import Comparator, Kind, TargetValue, normalise, scale

REVERSE = (Comparator.AT_MOST, Comparator.LESS)


def is_reverse(annual: TargetValue) -> bool:
    """是不是越小越好的指标：全年目标写 ≤ 或 <，没有写的看指标的方向（成本、事故起数、用时）。"""
    return annual.kind is Kind.NUMBER and annual.ruling in REVERSE


def measured(actual: TargetValue) -> tuple[Decimal, str] | None:
    """实际值的数和基本单位；不是一个数，或者带着 ≥ ≤ > < 的，返回 None。"""
    if actual.kind is not Kind.NUMBER or actual.comparator not in (Comparator.UNSTATED, Comparator.EQUAL):
        return None
    return actual.base()


def wording(actual: TargetValue) -> str:
    """实际值的文字，统一写法；是数、区间或空的，没有文字可比，返回空。"""
    return normalise(actual.spelling) if actual.kind in (Kind.WORDS, Kind.DATE, Kind.UNREAD) else ""


def same_unit(actual: TargetValue, target: TargetValue) -> tuple[Decimal, Decimal] | None:
    """实际值和目标（区间的为下限）的基本数；单位不同或缺数的返回 None。"""
    value = measured(actual)
    goal = target.base() if target.kind in (Kind.NUMBER, Kind.RANGE) else None
    if value is None or goal is None or value[1] != goal[1]:
        return None
    return value[0], goal[0]


def completion_rate(actual: TargetValue, annual: TargetValue) -> Decimal | None:
    """目标完成率 = 实际完成 ÷ 全年目标。

    单位：比率，不封顶（1.58 即 158%）。空、定性、区间、日期、单位不同：返回 None。
    零：目标为零没有完成率，0/0 也没有，返回 None。反向：照算，小于 1 是没有用足限额。
    来源：预算管理一体化平台的指标完成率；平台把零目标记为 0，这里不记。
    """
    pair = same_unit(actual, annual) if annual.kind is Kind.NUMBER else None
    return None if pair is None or pair[1] == 0 else pair[0] / pair[1]


def _bound(actual: TargetValue, stage: TargetValue) -> tuple[Decimal, Decimal] | None:
    """实际值和该同哪个数比：区间里面就是它自己，外面是较近的一端。"""
    pair = same_unit(actual, stage)
    if pair is None or stage.kind is not Kind.RANGE:
        return pair
    value, low = pair
    high = stage.base_upper()
    if high is None:
        return None
    return value, min(max(value, low), high)


def deviation(actual: TargetValue, stage: TargetValue) -> Decimal | None:
    """偏差 = 实际完成 − 本阶段应完成。

    单位：与本阶段应完成值相同（写万元就是万元）。区间：里面为 0，外面是到较近一端的距离，低于下限为负。
    空、定性、日期、单位不同：返回 None。反向：正数是超过了限额，不利。
    来源：监控表的偏离度；区间的算法没有文件规定，是本程序的取法。
    """
    pair = _bound(actual, stage)
    return None if pair is None else (pair[0] - pair[1]) / scale(stage.unit)


def deviation_rate(actual: TargetValue, stage: TargetValue) -> Decimal | None:
    """偏差率 = 偏差 ÷ 本阶段应完成；区间的 ÷ 较近的一端，里面为 0。

    单位：比率。零：应完成为零没有偏差率，返回 None。负的应完成值（如增长率 −5%）除以它的绝对值，使正负号
    始终表示比应完成的高还是低。正向：负数是没有完成，很大的正数多半是目标定低了。反向：正数不利。
    “=”同正向。定性、空、单位不同：返回 None。
    来源：河北的校验规则（实际−目标）÷目标。
    """
    pair = _bound(actual, stage)
    if pair is None:
        return None
    value, bound = pair
    if stage.kind is Kind.RANGE and value == bound:
        return Decimal(0)
    return None if bound == 0 else (value - bound) / abs(bound)


def ruling_comparator(stage: TargetValue, annual: TargetValue) -> Comparator:
    """判断用的比较符：本阶段目标自己写了的用它，没写的用全年目标的，都没写的看指标的方向（见 direction.py）。"""
    if stage.comparator is Comparator.UNSTATED and annual.kind is Kind.NUMBER:
        return annual.ruling
    return stage.ruling


def reached(
    actual: TargetValue,
    target: TargetValue,
    rules: IndicatorRules,
    *,
    annual: TargetValue | None = None,
    grades: Grades | None = None,
) -> bool | None:
    """实际值达到 target 没有；判断不了返回 None。annual 给出时，target 没写比较符的用它的。日期的看 state_against。

    数：按比较符比，“=”的与 ≥ 同样比（超过另由说明的规则管），但目标为零的要不超过零。
    区间：在两端之间，含两端。定性：文字相同为达到，否则看指标自己的分档，没有的看规则集的词表，查不到的判断不了。
    来源：预算管理一体化平台的计分规则（≥、>、=、≤、<）。
    """
    if target.kind in (Kind.WORDS, Kind.DATE):
        return _reached_words(actual, target, rules, grades)
    pair = same_unit(actual, target)
    if pair is None:
        return None
    value, low = rounded(pair[0]), rounded(pair[1])
    if target.kind is Kind.RANGE:
        high = target.base_upper()
        return None if high is None else low <= value <= rounded(high)
    comparator = ruling_comparator(target, annual if annual is not None else target)
    if comparator is Comparator.AT_MOST or (comparator is Comparator.EQUAL and low == 0):
        return value <= low
    if comparator is Comparator.LESS:
        return value < low
    return value > low if comparator is Comparator.MORE else value >= low


def grade_of(words: str, rules: IndicatorRules, grades: Grades | None) -> str:
    """定性结果属于哪一档：先看指标自己的分档，没有自己的分档的看规则集；查不到的返回空。"""
    if not words:
        return ""
    return rules.grade(words) if grades is None else grades.grade(words)


def opposites(words: str) -> tuple[str, ...]:
    """与一个定性目标正相反的说法。

    >>> opposites("通过"), opposites("是")
    (('不通过', '未通过'), ('不是', '未是', '否'))
    """
    return (f"不{words}", f"未{words}", *(("否",) if words == "是" else ()))


def _reached_words(
    actual: TargetValue, target: TargetValue, rules: IndicatorRules, grades: Grades | None
) -> bool | None:
    words = wording(actual)
    if not words:
        return None
    if words == wording(target):
        return True
    if words in opposites(wording(target)):
        return False
    grade = grade_of(words, rules, grades)
    return grade == "达成" if grade else None


class State(StrEnum):
    """是否达成的四种状态。未到期：该做成的日子还没有到，也还没有做成。"""

    MET = "达成"
    UNMET = "未达成"
    UNKNOWN = "无法判断"
    NOT_DUE = "未到期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """监控到哪一天：截止日期、没有写年份的日期是哪一年、序时进度。"""

    cutoff: date | None = None
    year: int | None = None
    elapsed: Decimal | None = None


UNDATED = Moment()  # nobody has said on which day it is asked


def state_against(
    actual: TargetValue,
    target: TargetValue,
    rules: IndicatorRules,
    moment: Moment,
    *,
    annual: TargetValue | None = None,
    grades: Grades | None = None,
) -> State:
    """实际值与一个目标比的结果；缺数、单位不同、说法认不得的是“无法判断”。

    日期：做成的那一天（一段日子的，最后一天）不晚于期限的达成，（最早一天）晚于期限的未达成。还没有做成的：截止日期
    还没有到期限的未到期，到了的未达成。写的日子在截止日期以后的，是打算，不是做成。
    """
    if target.kind is Kind.DATE:
        return _date_state(actual, target, rules, moment, grades)
    met = reached(actual, target, rules, annual=annual, grades=grades)
    return {True: State.MET, False: State.UNMET, None: State.UNKNOWN}[met]


def _date_state(
    actual: TargetValue, target: TargetValue, rules: IndicatorRules, moment: Moment, grades: Grades | None
) -> State:
    due, cutoff = target.days(moment.year), moment.cutoff
    if due is None:
        return State.UNKNOWN
    waiting = State.UNKNOWN if cutoff is None else State.NOT_DUE if cutoff < due.last else State.UNMET
    if actual.kind is Kind.DATE:
        done = actual.days(moment.year)
        if done is None:
            return State.UNKNOWN
        if cutoff is not None and (done.first or done.last) > cutoff:
            return waiting
        if done.last <= due.last:
            return State.MET
        return State.UNMET if done.first is not None and done.first > due.last else State.UNKNOWN
    if actual.kind is Kind.BLANK:
        return State.NOT_DUE if waiting is State.NOT_DUE else State.UNKNOWN
    grade = grade_of(wording(actual), rules, grades)
    if grade == "达成":
        return State.MET
    if grade:
        return State.UNMET if waiting is State.UNKNOWN else waiting
    return State.UNKNOWN


def state_of(
    actual: TargetValue,
    stage: TargetValue,
    annual: TargetValue,
    rules: IndicatorRules,
    moment: Moment,
    *,
    adds_up: bool = False,
    grades: Grades | None = None,
) -> State:
    """是否达成：与本阶段应完成值比。

    上限：本阶段的、全年的都不能超。本阶段没有填的与全年目标比；逐月累加的数量（adds_up）与全年目标×序时进度比：
    不低于它的达成，低于黄灯线的未达成，其间的无法判断。
    """
    whole = state_against(actual, annual, rules, moment, grades=grades)
    if stage.kind is not Kind.BLANK:
        state = state_against(actual, stage, rules, moment, annual=annual, grades=grades)
        over = annual.kind is Kind.NUMBER and is_reverse(annual) and whole is State.UNMET
        return State.UNMET if over and state is State.MET else state
    if whole is not State.UNMET or not adds_up:
        return whole
    ratio = progress_ratio(actual, annual, moment.elapsed)
    if ratio is None:
        return State.UNKNOWN
    if rounded(ratio) >= 1:
        return State.MET
    behind = rules.yellow_below is not None and rounded(ratio) < rules.yellow_below
    return State.UNMET if behind or moment.elapsed == 1 else State.UNKNOWN


def is_met(
    actual: TargetValue,
    stage: TargetValue,
    annual: TargetValue,
    rules: IndicatorRules,
    moment: Moment = Moment(),
) -> bool | None:
    """达成 True、未达成 False，无法判断和未到期 None；缺数不算达成，也不算未达成。"""
    return {State.MET: True, State.UNMET: False}.get(state_of(actual, stage, annual, rules, moment))


def is_prorated(level2: str, rules: IndicatorRules) -> bool | None:
    """规则集里这个二级指标折算不折算；规则集分了类而二级指标不认识的，返回 None。"""
    if rules.prorated is None:
        return True
    known = category(level2)
    return None if known is None else known.name in rules.prorated


def progress_ratio(actual: TargetValue, annual: TargetValue, elapsed: Decimal | None) -> Decimal | None:
    """指标进度比 = 实际完成 ÷（全年目标 × 序时进度）。

    单位：比率。目标不大于零的没有进度比，返回 None；缺数、单位不同也是。
    来源：预算管理一体化平台的默认预警规则。
    """
    pair = same_unit(actual, annual) if annual.kind is Kind.NUMBER else None
    return None if pair is None or pair[1] <= 0 or not elapsed else pair[0] / (pair[1] * elapsed)
