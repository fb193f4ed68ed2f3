"""JD103: the stage target is far from the time elapsed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, percent, plain
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue, scale
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display, pair


@rule(
    "JD103",
    title="阶段目标与序时进度相差大，依据不明",
    severity=Severity.INFO,
    basis="通行做法",
    covers=("F03",),
)
def stage_basis(
    record: Compared, facts: Facts, *, annual: TargetValue, stage: TargetValue
) -> Iterator[Problem]:
    """数量指标的阶段目标与全年目标乘序时进度相差两成以上的，要说得出依据。

    为什么：阶段目标定得低，偏差就小；按季节、工期定的可以不同，但要有计划可查。

    不对：过了七个月，只定了两成
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 原因说明 |
    | 数量指标 | 农村改厕 | ≥600户 | 120户 | |

    对：与序时差不多
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 原因说明 |
    | 数量指标 | 农村改厕 | ≥600户 | 330户 | |
    """
    if not record.accumulates or record.reason.strip():
        return
    both, pace = pair(stage, annual), facts.figures.funds.pace
    if both is None or pace is None or both[0] >= both[1]:
        return
    expected = both[1] * pace
    if abs(both[0] - expected) > max(expected / 5, Decimal(1)):
        share = f"{plain(half_up(expected / scale(annual.unit), 2))}{annual.unit}"
        yield Problem(
            "stage",
            f"“{record.name}”本阶段应完成“{display(stage)}”，全年目标“{display(annual)}”按序时进度"
            f" {percent(pace)} 折算是 {share}。",
            "有分月、分季计划的，在原因说明里写依据；没有的按序时折算。",
            values={"本阶段应完成": display(stage), "按序时折算": share},
        )
