"""DB104: the tracked target is stricter than the target itself."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.model import Adjusted
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display, pair


@rule("DB104", title="跟踪目标值高于指标目标值", severity=Severity.WARNING, basis="表内勾稽", covers=("D13",))
def tracked_over_target(
    adjusted: Adjusted, *, target: TargetValue, tracked_target: TargetValue
) -> Iterator[Problem]:
    """表3的跟踪目标值不应比指标目标值更高（≥ 的数量更多，≤ 的上限更宽）。

    为什么：跟踪的是申报的目标，没有调整就换了标准，达没达到会有两个答案。

    不对：超过了全年的
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 | 是否跟踪 |
    | 发放农机补贴 | ≥300台 | 原指标 | ≥420台 | 是 |

    对：一样
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 | 是否跟踪 |
    | 发放农机补贴 | ≥300台 | 原指标 | ≥300台 | 是 |
    """
    both = pair(tracked_target, target)
    if not adjusted.is_tracked or both is None:
        return
    if target.unit == "%" and not measures.is_reverse(target):
        return  # 比率定得更严的，归指标值的规则管
    if both[0] > both[1]:
        yield Problem(
            "tracked_target",
            f"“{adjusted.name}”的指标目标值是“{display(target)}”，跟踪目标值却是“{display(tracked_target)}”。",
            f"没有调整的，跟踪目标值写“{display(target)}”；调整了的，调整类型选“调整”，指标目标值一起改。",
            values={"指标目标值": display(target), "跟踪目标值": display(tracked_target)},
        )
