"""ZJ125: the reason of a budget change names another amount than the two budgets differ by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Sentence, sentences
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import year_of
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.money import quantity_rounds_to

_CHANGED = re.compile(r"追加|调增|调减|核减|核增|收回|压减|增拨|调整")
_OF_ANOTHER = re.compile(r"其中|上年|结转|合计|由|从|预算|共")


@rule(
    "ZJ125",
    title="调整原因里的金额与预算数之差不一样",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("B08", "B02"),
)
def reason_other_amount(
    funding: Funding, facts: Facts, *, initial: Amount, adjusted: Amount, reason: str
) -> Iterator[Problem]:
    """原因里写“追加6万元”“收回30万元”的，应当等于调整后预算数与年初预算数之差。

    几笔加起来等于差数的也对；说预算从多少到多少的、说别的年度的不比。

    为什么：文件上的数和表上的数不一样，多半是预算数多写或少写了一位。

    不对：调整后多了一个零
    资金表
    | 资金来源 | 年初预算数（万元） | 调整后预算数（万元） | 调整或执行偏差的原因 |
    | 县级配套资金 | 90 | 960 | 5月追加应急经费6万元。 |

    对：正好；两笔加起来
    资金表
    | 资金来源 | 年初预算数（万元） | 调整后预算数（万元） | 调整或执行偏差的原因 |
    | 县级配套资金 | 90 | 96 | 5月追加应急经费6万元。 |
    | 中央补助 | 210 | 180 | 6月调减18万元，8月收回12万元。 |
    """
    gap = abs(adjusted.yuan - initial.yuan)
    if not gap:
        return
    told = [
        quantity
        for sentence in sentences(reason, year_of(facts))
        for n, quantity in enumerate(sentence.quantities)
        if _of_the_change(sentence, n)
    ]
    if not told or any(q.about for q in told):
        return
    whole = sum((q.number for q in told), Decimal(0))
    if abs(whole - gap) < 1 or any(quantity_rounds_to(q, Amount(gap)) for q in told):
        return
    shown = "、".join(q.text for q in told)
    yield Problem(
        "reason",
        f"“{funding.source.strip()}”的预算从 {initial} 到 {adjusted}，差 {Amount(gap)}，原因里写的是 {shown}。",
        "按批复文件核对年初、调整后两个预算数和原因里的金额。",
        values={"预算数之差": str(Amount(gap)), "原因": shown},
    )


def _of_the_change(sentence: Sentence, n: int) -> bool:
    quantity: Quantity = sentence.quantities[n]
    clause = sentence.clause(n)
    return (
        quantity.unit == "元"
        and not quantity.per
        and _CHANGED.search(clause) is not None
        and _OF_ANOTHER.search(clause) is None
    )
