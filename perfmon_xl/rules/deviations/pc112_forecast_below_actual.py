"""PC112: the forecast of the year is below what is done already."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display


@rule("PC112", title="全年预计小于已完成", severity=Severity.ERROR, basis="表内勾稽", covers=("F04",))
def forecast_below_actual(
    record: Compared, *, annual: TargetValue, actual: TargetValue, forecast: TargetValue
) -> Iterator[Problem]:
    """数量指标的全年预计不会小于到监控日已经完成的。

    为什么：数量只增不减，全年预计包含已经完成的；填成后几个月的数就小了。

    不对：填成了后几个月的数
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 全年预计 |
    | 数量指标 | 发放物资 | ≥500套 | 320套 | 180套 |

    对：包含已经完成的
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 全年预计 |
    | 数量指标 | 发放物资 | ≥500套 | 320套 | 500套 |
    """
    if not record.accumulates or not forecast.is_number:
        return
    both = measures.same_unit(actual, forecast)
    if both is not None and both[1] < both[0]:
        yield Problem(
            "forecast",
            f"“{record.name}”的全年预计“{display(forecast)}”小于已经完成的“{display(actual)}”。",
            "全年预计是全年累计完成多少，包含已经完成的。",
            values={"全年预计": display(forecast), "实际完成值": display(actual)},
        )
