"""PC116: behind, and nobody says whether the year's target is reached."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule(
    "PC116", title="落后的指标没有选完成可能性", severity=Severity.WARNING, basis="通行做法", covers=("G03",)
)
def likelihood_missing(record: Compared, facts: Facts, *, actual: TargetValue) -> Iterator[Problem]:
    """亮红灯、黄灯的指标，要选年底完成目标的可能性。

    为什么：监控就是要提前知道年底完不完得成，落后的更要表态。

    不对：没有选
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 完成可能性 |
    | 数量指标 | 农村改厕 | ≥600户 | 120户 | |

    对：选了
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 完成可能性 |
    | 数量指标 | 农村改厕 | ≥600户 | 120户 | 有可能 |
    """
    light = facts.figures.of(record).light
    if light in (Light.RED, Light.YELLOW) and not record.likelihood.strip():
        yield Problem(
            "likelihood",
            f"“{record.name}”全年目标“{display(record.annual)}”，实际完成“{display(actual)}”，"
            f"亮{facts.rules.styles[light].name}，没有选完成可能性。",
            "从确定能、有可能、完全不可能里选一项；不是确定能的，写原因和措施。",
            values={"全年目标": display(record.annual), "实际完成值": display(actual)},
        )
