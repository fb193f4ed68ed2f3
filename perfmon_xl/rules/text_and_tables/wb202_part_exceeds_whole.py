"""WB202: a part that is more than its whole."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.prose import breakdowns
from perfmon_xl.ledger.relations import Relation
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import problems
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.mentions import without_names


@rule(
    "WB202",
    title="“其中”的一项比合计还大",
    severity=Severity.ERROR,
    basis="文内勾稽",
    covers=("B01",),
)
def part_exceeds_whole(facts: Facts) -> Iterator[Problem]:
    """“共12公里，其中：东段15公里”不成立：一部分不会比全部多。

    为什么：合计和分项至少有一个写错，引用它的地方都跟着错。

    不对：一段比全长还长
    进展表
    | 事项 | 进展情况 |
    | 河道疏浚 | 共疏浚河道12公里，其中：东段15公里。 |

    不对：收回的问卷比发出的多
    指标分析表
    | 事项 | 内容 |
    | 满意度 | 发放问卷380份，收回有效问卷400份。 |

    对：一段短于全长
    进展表
    | 事项 | 进展情况 |
    | 河道疏浚 | 共疏浚河道12公里，其中：东段5公里。 |
    """
    for passage in facts.passages:
        for breakdown in breakdowns(without_names(passage.text, facts)):
            worst = max(breakdown.parts, key=lambda p: p.number)
            if (
                worst.number <= breakdown.whole.number
                or breakdown.whole.approximation
                or not breakdown.whole.unit
            ):
                continue
            if breakdown.whole.unit == "%":
                continue
            yield Problem(
                passage.field,
                f"合计写“{breakdown.whole.text}”，其中一项“{worst.lead[-10:]}{worst.text}”比合计还大。",
                "核对这两个数，改掉写错的一个；不是包含关系的，不要用“其中”。",
                at=passage.origin,
                values={"合计": breakdown.whole.text, "分项": worst.text},
            )
    yield from problems(facts, Relation.ORDER, hint="核对这两个数，改掉写错的一个；是另一批的，写明。")
