"""WB518: a rate that its own numerator and denominator, printed beside it, do not give."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.ledger.relations import Relation
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import problems
from perfmon_xl.rules.facts import Facts


@rule(
    "WB518",
    title="写出的分子分母除不出写的比率",
    severity=Severity.ERROR,
    basis="文内勾稽",
    covers=("B05", "E08"),
)
def share_told_wrong(facts: Facts) -> Iterator[Problem]:
    """“检测915批次，达标888批次，达标率97.05%”：率要等于同一句里的分子除以分母。

    为什么：分子、分母、率三个数有一个抄错，达没达到目标就说不准。率前面有几对数的，有一对除得出来就算对。

    不对：888÷915=97.05%
    进展表
    | 事项 | 进展情况 |
    | 水质检测 | 检测水样915批次，达标888批次，达标率98.50%。 |

    对：除得出来；有几个数的，按有效问卷
    进展表
    | 事项 | 进展情况 |
    | 水质检测 | 检测水样915批次，达标888批次，达标率97.05%。 |
    | 满意度 | 发放问卷420份，收回有效问卷400份，满意374份，满意度93.5%。 |
    """
    yield from problems(
        facts, Relation.SHARE, hint="核对分子、分母和比率，改掉写错的一个；分母是另一个数的，写出来。"
    )
