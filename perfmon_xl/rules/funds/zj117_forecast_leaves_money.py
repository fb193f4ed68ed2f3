"""ZJ117: the year is expected to end with money unspent, unexplained."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import Amount, percent
from perfmon_xl.domain.model import Funding
from perfmon_xl.rules import Problem, Severity, rule

_NEARLY_ALL = Decimal("0.9")


@rule("ZJ117", title="预计结余较多没有写原因", severity=Severity.WARNING, basis="通行做法", covers=("B09",))
def forecast_leaves_money(funding: Funding, *, budget: Amount, forecast: Amount) -> Iterator[Problem]:
    """全年预计支出数不到预算数九成的，要写原因。

    为什么：预计花不完，财政部门要考虑收回或调剂；年底执行率低于 90% 的，自评表也要求写原因。

    不对：预计只花七成
    资金表
    | 资金来源 | 年初预算数（万元） | 全年预计支出数（万元） | 调整或执行偏差的原因 |
    | 卫生健康专项 | 200 | 140 | |

    对：写了原因
    资金表
    | 资金来源 | 年初预算数（万元） | 全年预计支出数（万元） | 调整或执行偏差的原因 |
    | 卫生健康专项 | 200 | 140 | 设备招标节约60万元，拟申请调减。 |
    """
    if budget.yuan <= 0 or funding.reason.strip():
        return
    rate = forecast.yuan / budget.yuan
    if measures.rounded(rate) < _NEARLY_ALL:
        yield Problem(
            "reason",
            f"全年预计支出 {forecast}，是预算 {budget} 的 {percent(rate)}，预计结余 {budget - forecast}，没有写原因。",
            "写明为什么花不完，拟结转、收回还是调剂。",
            values={"全年预计支出数": str(forecast), "预算数": str(budget)},
        )
