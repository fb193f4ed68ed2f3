"""WB515: “2 km more than the target of 60 km” where it is three; “up 3.2 points” where it is 2.3."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.ledger.relations import Relation
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import problems
from perfmon_xl.rules.facts import Facts


@rule(
    "WB515",
    title="相差多少写得不对",
    severity=Severity.ERROR,
    basis="文内勾稽",
    covers=("H12", "B05"),
)
def difference_told_wrong(facts: Facts) -> Iterator[Problem]:
    """“比目标多几个”“提高几个百分点”“增长百分之几”“提前几天”，要等于前后两个数相减（相除）的结果。

    为什么：数改过，差数没有跟着改，是最常见的。只比写出来的两个数，或者这个指标的实际和目标；四舍五入合得上的不算。

    不对：62减60是2
    指标分析表
    | 事项 | 内容 |
    | 管网延伸长度 | 截至6月30日延伸管网62公里，比阶段目标60公里多12公里。 |

    不对：93.5减91.2是2.3
    进展表
    | 事项 | 进展情况 |
    | 满意度调查 | 满意度由上年的91.2%提高到93.5%，提高3.2个百分点。 |

    对：相差合得上；增长率四舍五入
    进展表
    | 事项 | 进展情况 |
    | 水质检测 | 检测水质915批次，比上年同期的850批次增长7.65%，比阶段目标900批次多15批次。 |
    """
    yield from problems(
        facts, Relation.DIFFERENCE, hint="核对前后两个数，再改差数；差数是另一个口径的，写明与什么比。"
    )
