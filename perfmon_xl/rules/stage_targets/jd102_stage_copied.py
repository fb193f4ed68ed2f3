"""JD102: the actual value copied into the column of stage targets."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue, scale
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display, equal, pair

_SMALL = 25


@rule(
    "JD102",
    title="阶段目标像是照实际完成填的",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("F02",),
    criticism=("目标设置", "按月分解全年目标"),
)
def stage_copied(
    record: Compared, facts: Facts, *, annual: TargetValue, stage: TargetValue, actual: TargetValue
) -> Iterator[Problem]:
    """数量指标的阶段目标与实际完成一样，却既不是全年目标、也不是按序时折算的数，像是照实际填的。

    为什么：先有实际再填目标，偏差永远是零，看不出快慢。

    不对：全年 500，阶段和实际都是 317
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 植树造林 | ≥500亩 | 317亩 | 317亩 |

    不对：照落后的实际填，落后就看不见了
    监控截止日期：2024-09-30
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 培训人次 | ≥600人次 | 420人次 | 420人次 |

    对：正好是序时的数
    监控截止日期：2024-06-30
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 植树造林 | ≥500亩 | 250亩 | 250亩 |
    """
    both, pace = pair(stage, annual), facts.figures.funds.pace
    if not record.accumulates or not equal(stage, actual) or both is None:
        return
    if both[0] >= both[1] or (pace is not None and abs(both[0] - both[1] * pace) <= scale(stage.unit)):
        return
    if stage.number is None or stage.number <= _SMALL:
        return
    behind = pace is not None and both[0] < both[1] * pace - scale(stage.unit)
    if stage.number % 10 == 0 and not behind:
        return  # 整十的计划，碰巧一样不奇怪；落后于序时又与实际一样的，是把落后抹平了
    yield Problem(
        "stage",
        f"“{record.name}”本阶段应完成“{display(stage)}”与实际完成“{display(actual)}”一样，"
        f"全年目标是“{display(annual)}”。",
        "按年初的计划填阶段目标；没有分月计划的，用全年目标乘序时进度。",
        values={"本阶段应完成": display(stage), "实际完成值": display(actual), "全年目标": display(annual)},
    )
