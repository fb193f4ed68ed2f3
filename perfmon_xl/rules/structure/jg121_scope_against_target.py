"""JG121: what the project is said to consist of counts the same thing as an indicator, and not the same number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.model import Adjusted, Compared
from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.ledger.quantity import of_value
from perfmon_xl.ledger.relations import comparable
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import year_of
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.promises import promises

_PLANNED = re.compile(r"计划|拟|任务(?:是|为|：)|安排|建设内容|主要内容|目标(?:是|为)|将|下达")
_DONE = re.compile(
    r"已(?!经?计划)|实际|累计|截[至止]|完成了|建成了|现有|原有|全[县市区省乡镇]|共有|辖|总人口|常住|户籍"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_MANY_YEARS = re.compile(
    r"三年|五年|两年|分年|逐年|总规模|一期|二期|每年|每月|每次|每场|规划期|十四五|十五五|(?:19|20)\d\d\s*[-—－~～至到]\s*(?:19|20)\d\d|总投资|以来|力争到"
)


@rule(
    "JG121",
    title="项目内容里的数与指标的目标值不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("C10",),
)
def scope_against_target(facts: Facts) -> Iterator[Problem]:
    """项目主要内容、背景里计划做多少的，应当是指标的目标值（同一件事、同一个单位）。

    为什么：项目内容照批复写，指标照批复定，一处18公里、一处28公里，总有一处抄错了。几年的总规模、现有的、已经做到的数不比。

    不对：内容里28公里，指标18公里
    项目内容：改造路灯5400盏、更换电缆28公里，并实施工程监理。
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 改造路灯盏数 | ≥5400盏 |
    | 产出指标 | 数量指标 | 更换电缆长度 | ≥18公里 |

    对：一样；三年的总规模
    项目内容：三年更换电缆60公里。今年改造路灯5400盏、更换电缆18公里。
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 改造路灯盏数 | ≥5400盏 |
    | 产出指标 | 数量指标 | 更换电缆长度 | ≥18公里 |
    """
    rows = facts.monitoring.current_rows
    if not rows:
        return
    seen: set[str] = set()
    for passage, text, context in _plans(facts):
        for promise in promises(facts, text, rows, context):
            if promise.like is None or promise.like.name in seen or promise.quantity.unit == "%":
                continue
            known = [
                q
                for c in (*facts.monitoring.compared, *facts.monitoring.adjusted, *facts.monitoring.declared)
                if c.name.strip() == promise.like.name.strip()
                for value in _values(c)
                if (q := of_value(value, c.name)) is not None and comparable(q, promise.quantity)
            ]
            if not known or any(
                promise.quantity.agrees(q) or _bound(promise.quantity.number, q.number) for q in known
            ):
                continue
            seen.add(promise.like.name)
            target = promise.like.annual_target.raw.strip()
            yield Problem(
                passage.field,
                f"这里写“{promise.clause}”，{promise.like.table}“{promise.like.title}”的目标值是“{target}”。",
                "照批复核对，两处改成一样；是几年的、别的口径的数，写明。",
                at=passage.origin,
                values={"这里": promise.quantity.plainly, "目标值": target},
            )


def _plans(facts: Facts) -> Iterator[tuple[Passage, str, str]]:
    """项目内容里的各句；背景里只有写着是今年计划的那半句。"""
    year = str(year_of(facts))
    for passage in facts.written(Topic.SCOPE, Topic.BACKGROUND):
        for sentence in passage.sentences:
            if _MANY_YEARS.search(sentence) or (passage.topic is Topic.SCOPE and _DONE.search(sentence)):
                continue
            if passage.topic is Topic.SCOPE:
                yield passage, sentence, ""
                continue
            context = ""
            for clause in re.split(r"[，；;]|,(?!\d{3})", sentence):
                others = set(_YEAR.findall(clause)) - {year}
                if _PLANNED.search(clause) and not others and not _DONE.search(clause):
                    yield passage, clause, context
                context = clause


def _values(row: IndicatorRow) -> tuple[TargetValue, ...]:
    if isinstance(row, Compared):
        return row.annual, row.stage, row.actual
    return (row.target, row.tracked_target) if isinstance(row, Adjusted) else (row.annual_target,)


def _bound(number: Decimal, other: Decimal) -> bool:
    """差十倍以上的，多半讲的不是一件事。"""
    return not other or not number or not Decimal("0.1") <= number / other <= 10
