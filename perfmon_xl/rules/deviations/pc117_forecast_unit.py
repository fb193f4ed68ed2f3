"""PC117: the forecast cannot be compared with the target."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Kind, TargetValue, base_unit
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display


@rule("PC117", title="全年预计和全年目标没法比", severity=Severity.WARNING, basis="表内勾稽", covers=("D04",))
def forecast_unit(record: Compared, *, annual: TargetValue, forecast: TargetValue) -> Iterator[Problem]:
    """全年目标是数的，全年预计也填数，单位一样。

    为什么：写“完成”“100%”，看不出预计做多少，与目标比不了。

    不对：数量填成了百分数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 全年预计 |
    | 维修渠道 | ≥12公里 | 100% |

    对：单位一样
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 全年预计 |
    | 维修渠道 | ≥12公里 | 12公里 |
    """
    if annual.kind not in (Kind.NUMBER, Kind.RANGE):
        return
    numeric = forecast.kind in (Kind.NUMBER, Kind.RANGE)
    if numeric and base_unit(forecast.unit) == base_unit(annual.unit):
        return
    yield Problem(
        "forecast",
        f"“{record.name}”的全年目标是“{display(annual)}”，全年预计是“{display(forecast)}”，"
        f"{'单位不同' if numeric else '不是数'}，比不了。",
        f"填一个数，单位用“{annual.unit}”。" if annual.unit else "填一个数。",
        values={"全年目标": display(annual), "全年预计": display(forecast)},
    )
