"""PC105: far over the target, where the rule set wants a reason."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import percent, plain
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule(
    "PC105",
    title="远超目标没有说明（按规则集的倍数）",
    severity=Severity.ERROR,
    basis="规则集",
    covers=("G05", "D10"),
)
def over_ratio(
    record: Compared, facts: Facts, *, annual: TargetValue, actual: TargetValue
) -> Iterator[Problem]:
    """规则集规定实际值达到目标一定倍数（广西 130%；目标为零的达到 30）要说明的，就要写原因说明。

    为什么：超出这么多，多半是目标定低了，要说清楚，明年好改。

    不对：达到目标的 1.58 倍
    规则集：广西
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 义诊人次 | ≥1000人次 | 1580人次 | |

    对：写了原因
    规则集：广西
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 义诊人次 | ≥1000人次 | 1580人次 | 市医院支援，多开展了6场。 |
    """
    both = measures.same_unit(actual, annual) if annual.is_number else None
    if both is None or both[1] < 0 or record.reason.strip():
        return
    value, goal = both
    if goal == 0:
        reached, limit = value, facts.rules.explain.over_zero_target
        text = f"目标是 0，实际达到 {plain(value)}"
    else:
        reached, limit = value / goal, facts.rules.explain.over_ratio
        text = f"实际是目标的 {percent(reached)}"
    if limit is not None and reached >= limit:
        yield Problem(
            "reason",
            f"“{record.name}”的目标是“{display(annual)}”，实际完成“{display(actual)}”，{text}，没有写原因说明。",
            f"按“{facts.rules.name}”要说明；目标定低了的，写明下年怎么调。",
            values={"全年目标": display(annual), "实际完成值": display(actual)},
        )
