"""WB502: “from 90% down to 95%”: the word and the numbers go opposite ways."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.ledger.relations import Relation
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import problems
from perfmon_xl.rules.facts import Facts


@rule(
    "WB502",
    title="升降、高低、早晚的说法与两个数相反",
    severity=Severity.ERROR,
    basis="文内勾稽",
    covers=("H12",),
)
def direction_against_numbers(facts: Facts) -> Iterator[Problem]:
    """“由90%提高到85%”“86%，高于目标值90%”“7月5日完成，早于6月30日的要求”说反了。

    为什么：数和词有一个错，读者得出的结论正好相反。

    不对：提高到更小的数
    进展表
    | 事项 | 进展情况 |
    | 家庭医生签约 | 签约率由68%提高到62%。 |

    不对：没有达到，写“优于”
    目标对比表
    | 一级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 成本指标 | 平均办结用时 | ≤5天 | 6天 |
    指标分析表
    | 事项 | 内容 |
    | 平均办结用时 | 平均用时6天，优于5天的目标。 |

    对：提高、缩短都说得通
    进展表
    | 事项 | 进展情况 |
    | 家庭医生签约 | 签约率由62%提高到68%，平均候诊时间从25分钟缩短至12分钟，参保人数由9800人增加到1.2万人。 |
    """
    yield from problems(facts, Relation.DIRECTION, hint="核对前后两个数，改掉写反的数或词。")
