"""ZJ103: more spent than arrived."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.rules import Problem, Severity, rule


@rule("ZJ103", title="支出数大于到位数", severity=Severity.WARNING, basis="表内勾稽", covers=("B10",))
def spent_over_arrived(funding: Funding, *, arrived: Amount, spent: Amount) -> Iterator[Problem]:
    """支出数不应大于到位数。

    为什么：钱没有到就花了，不是垫付，就是两栏里有一栏填错或漏记。

    不对：支出比到位多
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 水利发展资金 | 300 | 180 | 206.5 |

    对：到位的都花了
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 水利发展资金 | 300 | 180 | 180 |
    """
    if spent > arrived:
        yield Problem(
            "spent",
            f"支出数 {spent} 比到位数 {arrived} 多 {spent - arrived}。",
            "核对到位数是不是漏记了后到的款；垫付的，在原因一栏写明垫付的钱从哪来。",
            values={"支出数": str(spent), "到位数": str(arrived)},
        )
