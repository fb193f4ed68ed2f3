"""ZJ106: no forecast of the year's spending."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.rules import Problem, Severity, rule


@rule("ZJ106", title="没有填全年预计支出数", severity=Severity.WARNING, basis="通行做法", covers=("B13",))
def forecast_missing(funding: Funding, *, spent: Amount) -> Iterator[Problem]:
    """填了支出数的资金来源，也要填全年预计支出数。

    为什么：监控要看年底会不会结转结余，只有已支出数看不出来；全国通用的监控表有这一栏。

    不对：空着
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） | 全年预计支出数（万元） |
    | 财政拨款 | 120 | 70 | |

    对：填了；没有钱的来源不用预计
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） | 全年预计支出数（万元） |
    | 财政拨款 | 120 | 70 | 118 |
    | 其他资金 | 0 | 0 | |
    """
    budget = funding.budget
    if not spent.yuan and (budget is None or not budget.yuan):
        return  # a source of zeros has nothing to forecast
    if funding.forecast is None and "forecast" not in funding.place.faults:
        yield Problem(
            "forecast",
            f"{funding.source or '这项资金'}已支出 {spent}，没有填全年预计支出数。",
            "填到年底累计能支出多少；预计用完的填预算数。",
            values={"支出数": str(spent)},
        )
