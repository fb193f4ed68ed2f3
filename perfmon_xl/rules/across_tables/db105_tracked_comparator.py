"""DB105: the tracked target loses its ceiling."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.model import Adjusted
from perfmon_xl.domain.target import Comparator, TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display, equal, opposite


@rule("DB105", title="跟踪目标值丢了比较符", severity=Severity.WARNING, basis="表内勾稽", covers=("F05",))
def tracked_comparator(
    adjusted: Adjusted, *, target: TargetValue, tracked_target: TargetValue
) -> Iterator[Problem]:
    """指标目标值写了 ≥ 或 ≤ 的，跟踪目标值也要写，方向不能变。

    为什么：“≤5万元”写成“5万元”，不知道是不能超过还是要花到。

    不对：上限没有了
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 | 是否跟踪 |
    | 亩均成本 | ≤1500元 | 新增 | 1500元 | 是 |

    对：照写
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 | 是否跟踪 |
    | 亩均成本 | ≤1500元 | 新增 | ≤1500元 | 是 |
    """
    if not adjusted.is_tracked or not tracked_target.is_number:
        return
    bare = tracked_target.comparator in (Comparator.UNSTATED, Comparator.EQUAL)
    stated = target.comparator not in (Comparator.UNSTATED, Comparator.EQUAL)
    lost = stated and bare and (measures.is_reverse(target) or equal(target, tracked_target))
    if lost or opposite(target, tracked_target):
        yield Problem(
            "tracked_target",
            f"“{adjusted.name}”的指标目标值是“{display(target)}”，跟踪目标值写成“{display(tracked_target)}”。",
            f"补上“{target.comparator}”。",
            values={"指标目标值": display(target), "跟踪目标值": display(tracked_target)},
        )
