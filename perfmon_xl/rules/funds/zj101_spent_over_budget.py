"""ZJ101: more spent than the budget allows."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.rules import Problem, Severity, rule


@rule("ZJ101", title="支出数大于预算数", severity=Severity.ERROR, basis="表内勾稽", covers=("B10",))
def spent_over_budget(funding: Funding, *, budget: Amount, spent: Amount) -> Iterator[Problem]:
    """支出数不应大于预算数（有调整的按调整后预算数）。

    为什么：超预算支出没有指标来源；多半是把“元”当“万元”填了。

    不对：把元当成了万元
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 1003200 |

    对：支出等于预算
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 120 |
    """
    if spent > budget:
        yield Problem(
            "spent",
            f"支出数 {spent} 比预算数 {budget} 多 {spent - budget}。",
            "先看单位是不是万元；确有追加的，把调整后预算数补上。",
            values={"支出数": str(spent), "预算数": str(budget)},
        )
