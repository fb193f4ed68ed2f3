"""DB113: tracked, and no target to track."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule("DB113", title="跟踪的指标没有跟踪目标值", severity=Severity.WARNING, basis="表内勾稽", covers=("F06",))
def tracked_without_target(facts: Facts) -> Iterator[Problem]:
    """“是否跟踪”选“是”的，要填跟踪目标值；整栏都空着的只提一次。

    为什么：没有跟踪目标值，表4就没有可比的数。

    不对：空着
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 | 是否跟踪 |
    | 发放种子 | ≥20吨 | 原指标 | | 是 |

    对：不跟踪的可以空
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 | 是否跟踪 |
    | 发放种子 | ≥20吨 | 原指标 | | 否 |
    """
    rows = [a for a in facts.monitoring.adjusted if a.is_tracked and a.name.strip()]
    blank = [a for a in rows if a.tracked_target.is_blank and "tracked_target" not in a.place.faults]
    if len(blank) == len(rows) > 1:
        yield Problem(
            "tracked_target",
            f"跟踪的 {len(rows)} 个指标，跟踪目标值都空着。",
            "填到监控日要跟踪的目标；按全年跟踪的，填指标目标值。",
            of=rows[0],
            values={"空着的": str(len(rows))},
        )
        return
    for adjusted in blank:
        yield Problem(
            "tracked_target",
            f"“{adjusted.name.strip()}”要跟踪，跟踪目标值空着，指标目标值是“{display(adjusted.target)}”。",
            "填到监控日要跟踪的目标；按全年跟踪的，填指标目标值。",
            of=adjusted,
            values={"指标目标值": display(adjusted.target), "跟踪目标值": "空"},
        )
