"""ZB205: one indicator, twice in a table, with two targets."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import tables_of
from perfmon_xl.rules.shared.targets import difference
from perfmon_xl.rules.shared.units import without_unit


@rule(
    "ZB205", title="同一张表里一个指标两个目标值", severity=Severity.ERROR, basis="表内勾稽", covers=("D11",)
)
def same_name_two_targets(facts: Facts) -> Iterator[Problem]:
    """一张表里，同一个指标（名称、类别都一样）只能有一个目标值。

    为什么：两个目标值不知道按哪个算；表与表按名称对应，第二行也对不上。

    不对：同一个指标两个数
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 数量指标 | 义诊服务人次 | ≥1000人次 |
    | 数量指标 | 义诊服务人次（人次） | ≥500人次 |

    对：改了的指标，删除的一行不算
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 数量指标 | 义诊服务人次 | ≥1000人次 | 删除 |
    | 数量指标 | 义诊服务人次 | ≥500人次 | 新增 |

    对：括号里说明了是两件事
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 数量指标 | 培训人数（教师） | ≥300人 |
    | 数量指标 | 培训人数（校长） | ≥200人 |
    """
    for targets in tables_of(facts.monitoring):
        first: dict[tuple[str, str], IndicatorRow] = {}
        for target in targets:
            kind = target.category.name if target.category else target.level2.strip()
            key = without_unit(target.title), kind
            before = first.setdefault(key, target)
            what = difference(before.annual_target, target.annual_target)
            if what:
                yield Problem(
                    target.target_field,
                    f"{target.table}“{target.title}”出现两次，目标值一个是 {before.target_text}，一个是 {target.target_text}"
                    f"（{what}不同）。",
                    "是同一个指标，只留一行；是两件事，名称写得分得开。",
                    of=target,
                    values={"前一行": before.target_text, "这一行": target.target_text},
                )
