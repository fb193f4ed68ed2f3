"""WB516: what is left, told otherwise than target minus actual."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.ledger.relations import Relation
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import problems
from perfmon_xl.rules.facts import Facts


@rule("WB516", title="剩余多少写得不对", severity=Severity.ERROR, basis="文表勾稽", covers=("E07", "H12"))
def remainder_told_wrong(facts: Facts) -> Iterator[Problem]:
    """“还差”“剩余”“补齐”的数，要等于目标减去实际完成。

    为什么：剩余数是后面几个月的任务；实际数更新了，剩余数忘了改，任务就安排错了。全年目标、阶段目标都可以减，
    同一句里另外写了合计和已完成数的，也可以是它们的差。

    不对：80减62是18
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 管网延伸长度 | ≥80公里 | ≥60公里 | 62公里 |
    指标分析表
    | 事项 | 内容 |
    | 管网延伸长度 | 已延伸管网62公里，距全年目标还差22公里。 |

    对：18公里；小计里的剩余写明了合计
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 管网延伸长度 | ≥80公里 | ≥60公里 | 62公里 |
    指标分析表
    | 事项 | 内容 |
    | 管网延伸长度 | 已延伸管网62公里，距全年目标还差18公里；东片40公里已完成34公里，剩余6公里。 |
    """
    yield from problems(
        facts, Relation.REMAINDER, hint="照目标减实际改剩余数；是别的口径的，写明是哪一部分。"
    )
