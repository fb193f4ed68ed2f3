"""DB102: the target of the comparison is not the adjusted one."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.finding import Severity
from perfmon_xl.domain.model import Adjusted, Compared
from perfmon_xl.rules.db.comparing import equal, opposite, shown
from perfmon_xl.rules.facts import Indicator
from perfmon_xl.rules.registry import Problem, rule


@rule("DB102", title="表3和表4的全年目标不同", severity=Severity.ERROR, basis="表间勾稽", covers=("D13",))
def target_adjusted_compared(
    indicator: Indicator, *, adjusted: Adjusted, compared: Compared
) -> Iterator[Problem]:
    """表4“项目完成时绩效目标值”要与表3的指标目标值一样。

    为什么：表3定下来的目标，就是表4拿来比的目标；不一样，完成率就是拿别的数算的。

    不对：两张表两个数
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 家庭医生签约率 | ≥75% | 原指标 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 家庭医生签约率 | ≥70% |

    对：一样
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 家庭医生签约率 | ≥75% | 原指标 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 家庭医生签约率 | >=75 % |
    """
    here, there = compared.annual, adjusted.target
    if equal(here, there) is False or opposite(here, there):
        yield Problem(
            "annual",
            f"“{indicator.name}”的全年目标，表4是“{shown(here)}”，表3是“{shown(there)}”。",
            "以表3核对确定的目标为准；表3错了的先改表3。",
            of=compared,
            values={"表4全年目标": shown(here), "表3目标值": shown(there)},
        )
