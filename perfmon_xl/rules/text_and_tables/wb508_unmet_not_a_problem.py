"""WB508: an indicator is behind and no problem speaks of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.domain.wording import PROBLEMS
from perfmon_xl.ledger.relations import comparable
from perfmon_xl.ledger.subjects import IndicatorQuantities
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, indicators, sentences_of_people
from perfmon_xl.rules.facts import Facts, once_per_project
from perfmon_xl.rules.shared.comparing import pair
from perfmon_xl.rules.shared.problems import unmentioned


@rule(
    "WB508",
    title="没有达到的指标，问题里没有",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H03", "H06"),
)
def unmet_not_a_problem(facts: Facts) -> Iterator[Problem]:
    """本阶段没有达到的指标，“问题与措施”里应当有交代。

    为什么：监控就是为了发现偏差、纠正偏差；偏差在表里，问题里不提，等于没有监控。

    不对：问题里没有提
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 整修渠道长度 | ≥12公里 | ≥7公里 | 4公里 |
    问题措施表
    | 问题 | 问题说明 | 措施说明 |
    | 档案不全 | 验收资料缺页。 | 补齐资料。 |

    对：问题里用别的话说了；没有填阶段目标的，按时间进度到了
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 图书更新数量 | ≥400册 | ≥250册 | 180册 |
    | 数量指标 | 快检批次 | ≥6000批次 | | 3512批次 |
    问题措施表
    | 问题 | 问题说明 | 措施说明 |
    | 图书更新进度慢 | 只更新180册。 | 增加采购批次。 |

    对：问题里写了
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 整修渠道长度 | ≥12公里 | ≥7公里 | 4公里 |
    问题措施表
    | 问题 | 问题说明 | 措施说明 |
    | 进度落后 | 整修渠道长度只完成4公里。 | 增加施工队。 |
    """
    problems = facts.monitoring.problems
    told = indicator_key("".join(p.title + p.text for p in problems))
    for record in facts.monitoring.compared:
        if not record.name.strip() or facts.figures.of(record).met is not False:
            continue
        if indicator_key(record.name) in told or record.measure.strip():
            continue
        if (record.reason.strip() and not problems) or _is_told(facts, record) or _on_pace(facts, record):
            continue
        goal = record.stage if not record.stage.is_blank else record.annual
        yield Problem(
            "name",
            f"“{record.name}”应完成“{goal.raw.strip()}”，实际“{record.actual.raw.strip()}”，没有达到，"
            + unmentioned(problems)
            + "。",
            "在" + PROBLEMS + "里写明情况、原因和措施；问题里提到的，用指标的全名。",
            of=record,
            values={"应完成": goal.raw, "实际": record.actual.raw},
        )


def _is_told(facts: Facts, record: Compared) -> bool:
    """问题里用别的话说了它：讲的是这件事，或者写了它的实际数、差数。"""
    own = _by_record(facts).get(id(record))
    if own is None:
        return False
    stem = _RATE.sub("", own.core)
    core, actual = pieces(own.core), own.subject.actual
    goals = [g for g in (own.subject.stage, own.subject.annual) if g is not None]
    for problem in _of_problems(facts):
        common = core & pieces(problem.sentence.text)
        if core and len(common) * 2 >= len(core):
            return True
        if (
            own.is_rate
            and len(stem) >= 2
            and stem[-2:] in problem.sentence.text
            and (common or len(core) < 4)
        ):
            return True
        for quantity in problem.sentence.quantities:
            if actual is None or not comparable(quantity, actual):
                continue
            if quantity.number == actual.number and _is_its_own(facts, own):
                return True  # “完成面积11260亩”: no other indicator has this number
            if not common:
                continue
            if quantity.agrees(actual) or any(
                quantity.covers(abs(g.number - actual.number)) for g in goals if comparable(g, actual)
            ):
                return True
    return False


@once_per_project
def _by_record(facts: Facts) -> dict[int, IndicatorQuantities]:
    return {id(indicator.record): indicator for indicator in indicators(facts)}


@once_per_project
def _of_problems(facts: Facts) -> tuple[Statement, ...]:
    """问题里写的各句。"""
    return tuple(
        statement for statement in sentences_of_people(facts) if statement.passage.topic is Topic.PROBLEM
    )


@once_per_project
def _times(facts: Facts) -> Counter[Decimal]:
    """各个实际数有几个指标是它。"""
    return Counter(i.subject.actual.number for i in indicators(facts) if i.subject.actual is not None)


_DISTINCT = 3  # 位有效数字；“2个”哪里都有，“11260亩”只有一处


def _is_its_own(facts: Facts, own: IndicatorQuantities) -> bool:
    """实际数有三位以上，别的指标都不是这个数：写了它就是讲这个指标。"""
    actual = own.subject.actual
    if actual is None or len(actual.number.normalize().as_tuple().digits) < _DISTINCT:
        return False
    return _times(facts)[actual.number] == 1


def _on_pace(facts: Facts, record: Compared) -> bool:
    """没有填阶段目标的累计数量，按时间进度已经到了。"""
    pace, pair_ = facts.figures.funds.pace, pair(record.actual, record.annual)
    if not record.stage.is_blank or pace is None or pair_ is None or not record.accumulates:
        return False
    return pair_[0] >= pair_[1] * pace


_RATE = re.compile(r"(?:率|度|比例|情况)$")
