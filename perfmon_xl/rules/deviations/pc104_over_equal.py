"""PC104: more than an exact target, where the rule set wants a reason."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Comparator, TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule("PC104", title="超过“=”的目标没有说明", severity=Severity.ERROR, basis="规则集", covers=("G04",))
def over_equal(
    record: Compared, facts: Facts, *, annual: TargetValue, actual: TargetValue
) -> Iterator[Problem]:
    """规则集规定“=”的指标超过目标要说明的，超过了就要写原因说明。

    为什么：“=”是说正好这么多，超过也是偏差；河北的平台规定必须说明。

    不对：超过了没有说
    规则集：河北
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 建设示范校 | =10所 | 12所 | |

    对：写了原因
    规则集：河北
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 建设示范校 | =10所 | 12所 | 县里配套资金多建2所。 |
    """
    if (
        not facts.rules.explain.over_equal
        or annual.comparator is not Comparator.EQUAL
        or record.reason.strip()
    ):
        return
    both = measures.same_unit(actual, annual)
    if both is not None and both[0] > both[1]:
        yield Problem(
            "reason",
            f"“{record.name}”的目标是“{display(annual)}”，实际完成“{display(actual)}”，超过了，没有写原因说明。",
            f"“{facts.rules.name}”规定“=”的指标超过目标要说明；写明为什么多了。",
            values={"全年目标": display(annual), "实际完成值": display(actual)},
        )
