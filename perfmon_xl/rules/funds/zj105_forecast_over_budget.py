"""ZJ105: the year's forecast is more than the budget."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.rules import Problem, Severity, rule


@rule("ZJ105", title="全年预计支出数大于预算数", severity=Severity.WARNING, basis="表内勾稽", covers=("B13",))
def forecast_over_budget(funding: Funding, *, budget: Amount, forecast: Amount) -> Iterator[Problem]:
    """全年预计支出数不应大于预算数；要超的先办追加。

    为什么：预计要超预算，是监控要报出来的事，不能只写一个数。

    不对：预计超支
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） | 全年预计支出数（万元） |
    | 财政拨款 | 120 | 100 | 135 |

    对：预计用完
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） | 全年预计支出数（万元） |
    | 财政拨款 | 120 | 100 | 120 |
    """
    if forecast > budget:
        yield Problem(
            "forecast",
            f"全年预计支出数 {forecast} 比预算数 {budget} 多 {forecast - budget}。",
            "拟追加预算的，在原因一栏写明；否则按预算数改。",
            values={"全年预计支出数": str(forecast), "预算数": str(budget)},
        )
