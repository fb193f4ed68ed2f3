"""DB101: an original indicator whose target is not the declared one."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.finding import Severity
from perfmon_xl.domain.model import Adjusted, Declared
from perfmon_xl.rules.db.comparing import equal, opposite, shown
from perfmon_xl.rules.facts import Indicator
from perfmon_xl.rules.registry import Problem, rule


@rule("DB101", title="表1和表3的目标值不同", severity=Severity.ERROR, basis="表间勾稽", covers=("D13",))
def target_declared_adjusted(
    indicator: Indicator, *, declared: Declared, adjusted: Adjusted
) -> Iterator[Problem]:
    """表3里标“原指标”的，指标目标值要与表1申报的一样；改了的应标“调整”。

    为什么：“原指标”就是没有动过的，数变了又不说，前后就对不上。

    不对：标了原指标，数变了
    目标申报表
    | 三级指标 | 指标目标值 |
    | 灌区改造面积 | ≥2.5万亩 |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 灌区改造面积 | ≥2万亩 | 原指标 |

    对：写法不同，数一样
    目标申报表
    | 三级指标 | 指标目标值 |
    | 灌区改造面积 | >=2.5万亩 |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 灌区改造面积 | ≥25000亩 | 原指标 |
    """
    if adjusted.change.strip() != "原指标":
        return
    here, there = adjusted.target, declared.target
    if equal(here, there) is False or opposite(here, there):
        yield Problem(
            "target",
            f"“{indicator.name}”在表3标的是“原指标”，目标值“{shown(here)}”与表1申报的“{shown(there)}”不同。",
            "以批复的申报表为准改过来；确实调整了的，调整类型选“调整”，在指标解释里写原因。",
            of=adjusted,
            values={"表3目标值": shown(here), "表1目标值": shown(there)},
        )
