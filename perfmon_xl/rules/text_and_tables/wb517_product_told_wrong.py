"""WB517: so many, at so much each, and a total that is another."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.ledger.relations import Relation
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import problems
from perfmon_xl.rules.facts import Facts


@rule("WB517", title="文字里数量乘单价不等于金额", severity=Severity.ERROR, basis="文内勾稽", covers=("B18",))
def product_told_wrong(facts: Facts) -> Iterator[Problem]:
    """一句话里写了数量、单价（或平均数）和金额的，乘起来要相等；几个因数、先后次序都不管。

    为什么：三个数有一个抄错，成本指标也跟着错。一句里有几个单价、几个金额，或者写了“另有”“等”的，不比。

    不对：12座乘3万元是36万元
    进展表
    | 事项 | 进展情况 |
    | 书屋 | 修建书屋12座，每座3万元，共40万元。 |

    不对：平均数
    进展表
    | 事项 | 进展情况 |
    | 管网 | 延伸管网62公里，支出186万元，平均每公里3.1万元。 |

    对：三个因数
    进展表
    | 事项 | 进展情况 |
    | 补助 | 80名管水员1月至9月共发放补助36万元，每人每月500元。 |
    """
    yield from problems(
        facts, Relation.PRODUCT, hint="核对数量、单价和金额，改掉写错的一个；还有别的费用的，写出来。"
    )
