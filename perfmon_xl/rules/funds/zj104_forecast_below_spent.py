"""ZJ104: the year's forecast is less than what is spent already."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.rules import Problem, Severity, rule


@rule("ZJ104", title="全年预计支出数小于已支出数", severity=Severity.ERROR, basis="表内勾稽", covers=("B13",))
def forecast_below_spent(funding: Funding, *, spent: Amount, forecast: Amount) -> Iterator[Problem]:
    """全年预计支出数不会小于到监控日已经支出的数。

    为什么：全年预计是累计数，包含已经花掉的；填成“后几个月还要花多少”的，结转结余就算反了。

    不对：填成了后五个月的数
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） | 全年预计支出数（万元） |
    | 财政拨款 | 120 | 70 | 50 |

    对：包含已经支出的
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） | 全年预计支出数（万元） |
    | 财政拨款 | 120 | 70 | 120 |
    """
    if forecast < spent:
        yield Problem(
            "forecast",
            f"全年预计支出数 {forecast} 小于已经支出的 {spent}。",
            f"全年预计是全年累计；如果 {forecast} 是后几个月的数，应填 {spent + forecast}。",
            values={"全年预计支出数": str(forecast), "支出数": str(spent)},
        )
