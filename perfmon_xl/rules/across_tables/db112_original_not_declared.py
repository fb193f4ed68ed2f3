"""DB112: called original, and never declared."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("DB112", title="标“原指标”的没有申报过", severity=Severity.WARNING, basis="表间勾稽", covers=("D13",))
def original_not_declared(indicator: Indicator, facts: Facts, *, adjusted: Adjusted) -> Iterator[Problem]:
    """表3标“原指标”的，表1要有；没有的应标“新增”。

    为什么：原指标是申报过的指标，表1没有，就是后来加的。

    不对：表1没有
    目标申报表
    | 三级指标 | 指标目标值 |
    | 培训期数 | ≥6期 |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 培训期数 | ≥6期 | 原指标 |
    | 学员满意度 | ≥90% | 原指标 |

    对：标了新增
    目标申报表
    | 三级指标 | 指标目标值 |
    | 培训期数 | ≥6期 |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 培训期数 | ≥6期 | 原指标 |
    | 学员满意度 | ≥90% | 新增 |
    """
    if facts.monitoring.declared and adjusted.is_original and indicator.declared is None:
        yield Problem(
            "change",
            f"“{adjusted.name.strip()}”标的是“原指标”，表1里没有这个名称。",
            "后来加的标“新增”；改了名称的标“调整”，在指标解释里写原来叫什么。",
            of=adjusted,
        )
