"""ZB203: the row is called adjusted, but nothing in it differs from what was declared."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import category, level1
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted, Declared
from perfmon_xl.domain.target import Comparator
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.targets import difference


@rule(
    "ZB203",
    title="写了调整，看不出调整了什么",
    severity=Severity.WARNING,
    basis="表间勾稽",
    covers=("D13",),
)
def adjusted_but_unchanged(
    indicator: Indicator, *, declared: Declared, adjusted: Adjusted
) -> Iterator[Problem]:
    """调整类型是“调整”的，名称、类别、目标值里总有一样与表1不同。

    为什么：写了调整又什么都没变，要么调整类型选错了，要么改过的目标值没有填进来。

    不对：和申报的一模一样
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 改造校舍面积 | ≥1200平方米 |
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 数量指标 | 改造校舍面积 | ≥1200平方米 | 调整 |

    不对：跟踪的只是阶段值
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 改造校舍面积 | ≥1200平方米 |
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 |
    | 产出指标 | 数量指标 | 改造校舍面积 | ≥1200平方米 | 调整 | ≥600平方米 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 改造校舍面积 | ≥1200平方米 | ≥600平方米 |

    对：目标值改了；类别改了；补上了比较符
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 改造校舍面积 | ≥1200平方米 |
    | 效益指标 | 社会效益指标 | 校舍验收合格率 | 100% |
    | 产出指标 | 数量指标 | 更换课桌椅 | 300套 |
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 数量指标 | 改造校舍面积 | ≥1500平方米 | 调整 |
    | 产出指标 | 质量指标 | 校舍验收合格率 | 100% | 调整 |
    | 产出指标 | 数量指标 | 更换课桌椅 | ≥300套 | 调整 |
    """
    before, after = declared, adjusted
    if not after.is_changed or before.target.number is None or after.target.is_blank:
        return
    of_the_stage = (
        indicator.compared is not None
        and not difference(indicator.compared.annual, before.target)
        and not difference(indicator.compared.stage, after.tracked_target)
    )
    tracked = after.tracked_target
    if not tracked.is_blank and difference(before.target, tracked) and not of_the_stage:
        return  # the new target stands in 跟踪目标值
    moved = category(before.level2) is not category(after.level2) or level1(before.level1) is not level1(
        after.level1
    )
    renamed = before.name.strip() != after.name.strip()
    signed = (before.target.comparator is Comparator.UNSTATED) != (
        after.target.comparator is Comparator.UNSTATED
    )
    rewritten = before.target.unit != after.target.unit or bool(before.target.approximation)
    if moved or renamed or signed or rewritten or difference(before.target, after.target):
        return
    yield Problem(
        "change",
        f"“{after.name}”调整类型是“调整”，但名称、类别和目标值（{after.target.raw.strip()}）都与表1一样。",
        "没有调整的改为“原指标”；调整了的，把新的目标值或类别填上。",
        of=after,
        values={"表1": before.target.raw.strip(), "表3": after.target.raw.strip()},
    )
