"""ZJ107: the lines of spending do not add up to the spent amount."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.totals import is_total


@rule("ZJ107", title="支出明细合计与支出数不一致", severity=Severity.ERROR, basis="表内勾稽", covers=("B01",))
def spending_lines_total(facts: Facts) -> Iterator[Problem]:
    """支出明细各行之和应等于各项资金来源的支出数之和；差在四舍五入以内的不报。

    为什么：两张表说的是同一笔钱，对不上就有一边漏记或填错。

    不对：明细少了一笔
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 100 | 86.5 |
    支出明细表
    | 支出内容 | 金额（元） |
    | 设备购置 | 365000 |
    | 培训费 | 300000 |

    对：正好对上
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 100 | 86.5 |
    支出明细表
    | 支出内容 | 金额（元） |
    | 设备购置 | 365000 |
    | 培训费 | 500000 |
    """
    detail, spent = facts.figures.funds.detail, facts.figures.funds.spent
    if detail is None or spent is None:
        return
    lines, funding = facts.monitoring.spending, facts.monitoring.funding
    if any(is_total(f.source) for f in funding) or any(is_total(line.item) for line in lines):
        return  # counted twice, which ZJ111 says
    gap = spent - detail
    if abs(gap.yuan) <= sum((_slack(f.spent) for f in funding if f.spent is not None), Decimal(0)):
        return
    values = {"支出数": str(spent), "明细合计": str(detail)}
    blank = [line for line in lines if line.amount is None]
    if blank or any(f.spent is None for f in funding):
        yield unsure(
            "amount",
            f"支出明细合计 {detail}，支出数合计 {spent}，两边有没有填或读不懂的金额，比不了。",
            "先把空着的金额补上；没有支出的填 0。",
            of=blank[0] if blank else lines[-1],
            values=values,
        )
        return
    yield Problem(
        "amount",
        f"支出明细合计 {detail}，支出数合计 {spent}，"
        f"明细{'少' if gap.yuan > 0 else '多'}了 {Amount(abs(gap.yuan))}。",
        "先看明细有没有漏行、合计行有没有算进去，再看支出数的单位是不是万元。",
        of=lines[-1],
        values=values,
    )


def _slack(amount: Amount) -> Decimal:
    """万元数写到几位小数，就容许末位的半个；至少按两位算，即 50 元。"""
    exponent = amount.wan_number.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return Decimal(5000).scaleb(-places)
