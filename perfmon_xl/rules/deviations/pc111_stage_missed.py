"""PC111: the stage target is missed, unexplained."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display, pair


@rule(
    "PC111", title="本阶段没有完成，没有写原因", severity=Severity.WARNING, basis="通行做法", covers=("G01",)
)
def stage_missed(
    record: Compared, facts: Facts, *, stage: TargetValue, actual: TargetValue
) -> Iterator[Problem]:
    """实际完成没有达到本阶段应完成值的，要写原因。

    为什么：阶段目标是自己定的，没有达到就是偏差，不亮灯也要说明。

    不对：差八户
    规则集：平台通用
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 数量指标 | 危房改造 | ≥100户 | ≥68户 | 60户 | |

    对：达到了
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 数量指标 | 危房改造 | ≥100户 | ≥60户 | 60户 | |
    """
    figures = facts.figures.of(record)
    if figures.met is not False or record.reason.strip() or record.cause.strip():
        return
    if figures.light in facts.rules.explain.lights or measures.is_reverse(record.annual):
        return  # 亮灯的、超过上限的另有规则管
    both = pair(stage, record.annual)
    if both is not None and both[0] > both[1]:
        return  # 阶段目标比全年还高，先改阶段目标
    yield Problem(
        "reason",
        f"“{record.name}”本阶段应完成“{display(stage)}”，实际完成“{display(actual)}”，没有达到，也没有写原因。",
        "写明差在哪里、什么时候补上；阶段目标定得不合适的，说明依据。",
        values={"本阶段应完成": display(stage), "实际完成值": display(actual)},
    )
