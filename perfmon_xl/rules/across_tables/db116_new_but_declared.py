"""DB116: called new, and declared already."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted, Declared
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display


@rule("DB116", title="标“新增”的已经申报过", severity=Severity.WARNING, basis="表间勾稽", covers=("C09",))
def new_but_declared(indicator: Indicator, *, declared: Declared, adjusted: Adjusted) -> Iterator[Problem]:
    """表3标“新增”的，表1里不应有同名的指标；有的应标“原指标”或“调整”。

    为什么：申报过的又算新增，新增了几个、原有几个都数错了。

    不对：申报过的标了新增
    目标申报表
    | 三级指标 | 指标目标值 |
    | 培训期数 | ≥6期 |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 培训期数 | ≥6期 | 新增 |

    对：表1没有
    目标申报表
    | 三级指标 | 指标目标值 |
    | 培训期数 | ≥6期 |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 培训期数 | ≥6期 | 原指标 |
    | 学员满意度 | ≥90% | 新增 |
    """
    if adjusted.is_new and indicator.removed is None:
        yield Problem(
            "change",
            f"“{adjusted.name.strip()}”标的是“新增”，表1里已经申报过（目标值“{display(declared.target)}”）。",
            "没有变的标“原指标”；目标值或类别变了的标“调整”。",
            of=adjusted,
            values={"表1目标值": display(declared.target), "表3目标值": display(adjusted.target)},
        )
