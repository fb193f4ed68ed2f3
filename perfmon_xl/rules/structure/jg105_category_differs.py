"""JG105: one indicator is of one category in one table and of another in the next."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import category
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted, Compared, Declared
from perfmon_xl.rules import Problem, Severity, rule


@rule("JG105", title="同一指标在各表的类别不一样", severity=Severity.ERROR, basis="表间勾稽", covers=("C01",))
def category_differs(indicator: Indicator) -> Iterator[Problem]:
    """同一个指标的二级指标，表4应当与表3一样；表3写“原指标”的，应当与表1一样。

    为什么：类别定了怎么折算阶段目标、怎么预警；前后不一样，总有一处是错的。

    不对：表3是质量，表4是数量
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 质量指标 | 设备验收合格率 | ≥95% | 原指标 |
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 产出指标 | 数量指标 | 设备验收合格率 | ≥95% |

    对：写法不同，类别相同；改了类别的写“调整”
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 设备验收合格率 | ≥95% |
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 质量指标 | 设备验收合格率 | ≥95% | 调整 |
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 产出指标 | 产出质量 | 设备验收合格率 | ≥95% |
    """
    first, second, last = indicator.declared, indicator.adjusted, indicator.compared
    pairs: list[tuple[str, Declared | Adjusted, str, Adjusted | Compared]] = []
    if second is not None and last is not None:
        pairs.append(("表3", second, "表4", last))
    if first is not None and second is not None and second.is_original:
        pairs.append(("表1", first, "表3", second))
    if first is not None and second is None and last is not None and indicator.removed is None:
        pairs.append(("表1", first, "表4", last))
    for table, before, other, after in pairs:
        here, there = category(before.level2), category(after.level2)
        if here is not None and there is not None and here is not there:
            yield Problem(
                "level2",
                f"“{indicator.name}”在{table}是“{before.level2}”，在{other}是“{after.level2}”。",
                "定下是哪一类，两张表改成一样；核对时改了类别的，表3写“调整”。",
                of=after,
                values={table: before.level2, other: after.level2},
            )
