"""PC109: over the ceiling of this stage, unexplained."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule(
    "PC109",
    title="超过本阶段的上限没有说明",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("G07",),
)
def over_stage_ceiling(
    record: Compared, facts: Facts, *, annual: TargetValue, stage: TargetValue, actual: TargetValue
) -> Iterator[Problem]:
    """越少越好的指标（≤、<），实际超过本阶段应完成值的，要写原因说明。

    为什么：这类指标正的偏差是坏事；没有超全年的上限，也已经超了这个阶段的。

    不对：超过了没有说
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 项目总成本 | ≤50万元 | ≤40万元 | 43.8万元 | |

    对：在上限以内
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 项目总成本 | ≤50万元 | ≤40万元 | 40万元 | |
    """
    if not measures.is_reverse(annual) or record.reason.strip():
        return
    figures = facts.figures.of(record)
    if figures.deviation is None or figures.deviation <= 0:
        return
    rate = f"，超出 {percent(figures.deviation_rate)}" if figures.deviation_rate is not None else ""
    yield Problem(
        "reason",
        f"“{record.name}”实际完成“{display(actual)}”，超过本阶段应完成“{display(stage)}”{rate}，没有写原因说明。",
        "写明超在哪里、年底会不会超过全年的上限；阶段值填错了的改过来。",
        values={"实际完成值": display(actual), "本阶段应完成": display(stage), "全年目标": display(annual)},
    )
