"""ZJ116: price times quantity is not the amount."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Spending
from perfmon_xl.domain.wording import REMARK
from perfmon_xl.ledger.products import formula
from perfmon_xl.ledger.reading import sentences
from perfmon_xl.rules import Problem, Severity, rule


@rule("ZJ116", title="单价乘数量不等于金额", severity=Severity.ERROR, basis="表内勾稽", covers=("B18",))
def price_times_quantity(spending: Spending, *, amount: Amount) -> Iterator[Problem]:
    """备注里写着“单价×数量”的，乘出来应等于这一行的金额；写了几个乘积的不比。

    为什么：单价、数量、金额三个数有一个抄错，成本指标也跟着错。

    不对：乘出来对不上
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 校服 | 52000 | 130元/套×420套 |

    不对：数量在前，三个因数
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 管水员补助 | 150000 | 10人×6个月×2000元/人·月 |

    对：乘出来一样
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 校服 | 54600 | 130元/套×420套 |
    | 泵站改造 | 360000 | 12座×3万元/座 |
    """
    for sentence in sentences(spending.note, 2000) or sentences(spending.item, 2000):
        found = formula(sentence)
        if found is None or _more_than_one(spending.note):
            continue
        written, number = found
        product = Amount(number)
        if abs(product.yuan - amount.yuan) >= 1:
            yield Problem(
                "amount",
                f"“{spending.item}”写着 {written}，应为 {product}，金额填的是 {amount}。",
                "核对单价、数量和金额；含别的费用的，在" + REMARK + "里写全。",
                values={"单价×数量": str(product), "金额": str(amount)},
            )


def _more_than_one(note: str) -> bool:
    """备注里有几个算式、几句话都带数的，不比。"""
    return sum(bool(sentence.quantities) for sentence in sentences(note, 2000)) > 1
