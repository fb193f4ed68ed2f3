"""ZJ102: more arrived than the budget provides."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.rules import Problem, Severity, rule


@rule("ZJ102", title="到位数大于预算数", severity=Severity.WARNING, basis="表内勾稽", covers=("B10",))
def arrived_over_budget(funding: Funding, *, budget: Amount, arrived: Amount) -> Iterator[Problem]:
    """到位数不应大于预算数（有调整的按调整后预算数）。

    为什么：多到的钱没有预算；常见的是追加了预算没有填，或者把上年结转算进了本年到位。

    不对：追加了没有填
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） |
    | 财政拨款 | 1077.56 | 1130.71 |

    对：全部到位
    资金表
    | 资金来源 | 年初预算数（万元） | 调整后预算数（万元） | 到位数（万元） |
    | 财政拨款 | 1000 | 1130.71 | 1130.71 |
    """
    if arrived > budget:
        yield Problem(
            "arrived",
            f"到位数 {arrived} 比预算数 {budget} 多 {arrived - budget}。",
            "追加了预算的，填调整后预算数；含上年结转的，单列一行资金来源。",
            values={"到位数": str(arrived), "预算数": str(budget)},
        )
