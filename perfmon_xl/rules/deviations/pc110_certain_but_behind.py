"""PC110: said to be certain, while behind."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule(
    "PC110", title="写着确定能完成，进度却落后", severity=Severity.WARNING, basis="表内勾稽", covers=("G08",)
)
def certain_but_behind(
    record: Compared, facts: Facts, *, likelihood: str, actual: TargetValue
) -> Iterator[Problem]:
    """完成可能性选“确定能”的，不应亮红灯、黄灯；亮了又有把握的，写明依据。

    为什么：落后了还说一定能完成，没有依据，别人不会信。

    不对：七月底只完成两成
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 完成可能性 | 原因说明 |
    | 数量指标 | 农村改厕 | ≥600户 | 120户 | 确定能 | |

    对：写了依据
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 完成可能性 | 原因说明 |
    | 数量指标 | 农村改厕 | ≥600户 | 120户 | 确定能 | 合同已签480户，秋收后统一施工，11月完工。 |
    """
    light = facts.figures.of(record).light
    if likelihood.strip() != "确定能" or light not in (Light.RED, Light.YELLOW) or record.reason.strip():
        return
    yield Problem(
        "likelihood",
        f"“{record.name}”选了“确定能”，全年目标“{display(record.annual)}”，实际只有“{display(actual)}”，"
        f"亮{facts.rules.styles[light].name}。",
        "有把握的，在原因说明里写依据（合同、排期）；没有把握的改选“有可能”，写措施。",
        values={"完成可能性": "确定能", "全年目标": display(record.annual), "实际完成值": display(actual)},
    )
