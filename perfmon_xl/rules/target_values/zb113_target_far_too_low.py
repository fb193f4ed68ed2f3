"""ZB113: a target already passed twice over."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

TWICE = Decimal(2)


@rule(
    "ZB113",
    title="目标值定得太低",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("D10",),
    criticism=("目标设置", "参照历史数据和工作计划测算目标值，避免目标定得过低"),
)
def target_far_too_low(
    record: Compared, facts: Facts, *, annual: TargetValue, actual: TargetValue
) -> Iterator[Problem]:
    """数量指标到监控日已经做到全年目标的两倍，目标多半定低了。

    只看“不少于”多少的数量；“≤”的、比率的不看。原因说明里写了的，也要看目标定得对不对，所以仍然提示。

    为什么：目标低了，谁都完得成，考核不出做得好不好；下年照着填，一直低下去。

    不对：做了两倍还多
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 产出指标 | 数量指标 | 健康讲座场次 | ≥20场 | 45场 |

    对：没有到两倍；越少越好的
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 产出指标 | 数量指标 | 健康讲座场次 | ≥20场 | 26场 |
    | 产出指标 | 数量指标 | 停水次数 | ≤2次 | 4次 |
    """
    if not record.accumulates:
        return
    rate = facts.figures.of(record).completion
    if rate is None or rate < TWICE:
        return
    yield Problem(
        "annual",
        f"“{record.name}”全年目标是 {annual.raw.strip()}，到监控日已经完成 {actual.raw.strip()}，"
        f"是目标的 {percent(rate)}。",
        "查一查目标是照什么定的；确实低了的，按程序调整目标，并在问题里写明。",
        of=record,
        values={"全年目标": annual.raw.strip(), "实际完成": actual.raw.strip(), "完成率": percent(rate)},
    )
