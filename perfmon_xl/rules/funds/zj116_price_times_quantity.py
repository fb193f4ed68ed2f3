"""ZJ116: price times quantity is not the amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Spending
from perfmon_xl.rules import Problem, Severity, rule

_PRODUCT = re.compile(r"(\d+(?:\.\d+)?)\s*元[^\d×xX*+＋、，,；;。]{0,8}[×xX*]\s*(\d+(?:\.\d+)?)(?![\d.%])")


@rule("ZJ116", title="单价乘数量不等于金额", severity=Severity.WARNING, basis="表内勾稽", covers=("B18",))
def price_times_quantity(spending: Spending, *, amount: Amount) -> Iterator[Problem]:
    """备注里写着“单价×数量”的，乘出来应等于这一行的金额；写了几个乘积的不比。

    为什么：单价、数量、金额三个数有一个抄错，成本指标也跟着错。

    不对：乘出来对不上
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 校服 | 52000 | 130元/套×420套 |

    对：乘出来一样
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 校服 | 54600 | 130元/套×420套 |
    """
    text = f"{spending.item} {spending.note}"
    found = _PRODUCT.findall(text)
    if len(found) != 1 or len(re.findall(r"[×xX*+＋]", text)) != 1:
        return
    product = Amount(Decimal(found[0][0]) * Decimal(found[0][1]))
    if abs(product.yuan - amount.yuan) >= 1:
        yield Problem(
            "amount",
            f"“{spending.item}”写着 {found[0][0]}元×{found[0][1]}，应为 {product}，金额填的是 {amount}。",
            "核对单价、数量和金额；含别的费用的，在备注里写全。",
            values={"单价×数量": str(product), "金额": str(amount)},
        )
