"""PC106: more over a ≥ target than the rule set lets pass."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Comparator, TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule(
    "PC106",
    title="超过目标较多没有说明（按规则集的偏差）",
    severity=Severity.ERROR,
    basis="规则集",
    covers=("D10", "G04"),
)
def over_deviation(
    record: Compared, facts: Facts, *, annual: TargetValue, actual: TargetValue
) -> Iterator[Problem]:
    """规则集规定 ≥ 的指标超过目标一定比例（河北 15%）要作偏差分析的，就要写原因说明。

    为什么：河北的平台规定超过 15% 的必须作偏差分析并说明。

    不对：超过两成
    规则集：河北
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 植树造林 | ≥500亩 | 600亩 | |

    对：写了原因
    规则集：河北
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 植树造林 | ≥500亩 | 600亩 | 村集体自筹苗木，多栽100亩。 |
    """
    limit, both = facts.rules.explain.over_target_deviation, measures.same_unit(actual, annual)
    if limit is None or annual.comparator not in (Comparator.AT_LEAST, Comparator.MORE):
        return
    if both is None or both[1] <= 0 or record.reason.strip():
        return
    over = (both[0] - both[1]) / both[1]
    if over > limit:
        yield Problem(
            "reason",
            f"“{record.name}”的目标是“{display(annual)}”，实际完成“{display(actual)}”，超过 {percent(over)}，没有写原因说明。",
            f"“{facts.rules.name}”规定超过 {percent(limit)} 的要说明；写明为什么超出这么多。",
            values={"全年目标": display(annual), "实际完成值": display(actual), "偏差率": percent(over)},
        )
