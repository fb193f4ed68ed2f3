"""ZJ113: one amount is ten thousand times another: yuan in a column of ten thousand yuan."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount, half_up
from perfmon_xl.domain.model import Funding
from perfmon_xl.rules import Problem, Severity, rule


@rule(
    "ZJ113", title="金额像是元当成了万元", severity=Severity.WARNING, basis="表内勾稽", covers=("B02", "B03")
)
def unit_slip(funding: Funding, *, budget: Amount) -> Iterator[Problem]:
    """同一项资金的预算数不应是到位数、支出数的上万倍；差一万倍的多半是单位填错。

    为什么：表头是万元，照账上的元抄进来，就大了一万倍。

    不对：预算填了元，支出填了万元
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 卫生健康专项 | 1200000 | 120 | 86.5 |

    对：单位一致
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 卫生健康专项 | 120 | 120 | 86.5 |
    """
    for field, name, other in (("arrived", "到位数", funding.arrived), ("spent", "支出数", funding.spent)):
        if other is not None and other.yuan > 0 and budget.yuan / other.yuan >= 9500:
            yield Problem(
                field,
                f"预算数 {budget.in_wan} 是{name} {other.in_wan} 的 {half_up(budget.yuan / other.yuan, 0)} 倍。",
                "表头的单位是万元，看看是不是有一栏按元填了。",
                values={"预算数": budget.in_wan, name: other.in_wan},
            )
            return
