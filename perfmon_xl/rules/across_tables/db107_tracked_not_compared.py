"""DB107: tracked, and absent from the comparison."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("DB107", title="跟踪的指标没有进表4", severity=Severity.ERROR, basis="表间勾稽", covers=("F06",))
def tracked_not_compared(indicator: Indicator, facts: Facts, *, adjusted: Adjusted) -> Iterator[Problem]:
    """表3“是否跟踪”选“是”的指标，表4要有。

    为什么：说了要跟踪又没有结果，报告里就少一个指标。

    不对：表4少一个
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 改造教室 | ≥36间 | 原指标 | 是 |
    | 采购图书 | ≥8000册 | 原指标 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 改造教室 | ≥36间 |

    对：都有
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 改造教室 | ≥36间 | 原指标 | 是 |
    | 采购图书 | ≥8000册 | 原指标 | 否 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 改造教室 | ≥36间 |
    """
    if adjusted.is_tracked and indicator.compared is None and facts.monitoring.compared:
        yield Problem(
            "name",
            f"“{adjusted.name.strip()}”在表3是要跟踪的，表4里没有。",
            "在表4补一行；不跟踪的，“是否跟踪”改成“否”。",
            of=adjusted,
        )
