"""DB114: called adjusted, and nothing differs."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.finding import Severity
from perfmon_xl.domain.model import Adjusted, Declared
from perfmon_xl.domain.target import normalise
from perfmon_xl.rules.db.comparing import shown
from perfmon_xl.rules.facts import Indicator
from perfmon_xl.rules.registry import Problem, rule


@rule("DB114", title="标“调整”却和申报的一样", severity=Severity.INFO, basis="表间勾稽", covers=("C09",))
def adjusted_unchanged(indicator: Indicator, *, declared: Declared, adjusted: Adjusted) -> Iterator[Problem]:
    """表3标“调整”的，名称、级别或目标值总有一样与表1不同。

    为什么：什么都没有变却写调整，读的人会去找变在哪里。

    不对：没有变
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 培训期数 | ≥6期 |
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 数量指标 | 培训期数 | ≥6期 | 调整 |

    对：目标值变了
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 培训期数 | ≥6期 |
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 数量指标 | 培训期数 | ≥8期 | 调整 |
    """
    same = (
        normalise(declared.name) == normalise(adjusted.name)
        and normalise(declared.level1) == normalise(adjusted.level1)
        and normalise(declared.level2) == normalise(adjusted.level2)
        and normalise(declared.target.raw) == normalise(adjusted.target.raw)
    )
    if adjusted.change.strip() == "调整" and same:
        yield Problem(
            "change",
            f"“{adjusted.name.strip()}”标的是“调整”，名称、级别、目标值“{shown(adjusted.target)}”都与表1一样。",
            "没有变的标“原指标”；只改了解释的，在指标解释里写明。",
            of=adjusted,
        )
