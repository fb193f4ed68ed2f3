"""WB306: a sum said again in brackets in another unit, and not the same."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.ledger.relations import Relation
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import problems
from perfmon_xl.rules.facts import Facts


@rule("WB306", title="元和万元换算不相等", severity=Severity.ERROR, basis="文内勾稽", covers=("B03",))
def sum_in_two_units(facts: Facts) -> Iterator[Problem]:
    """“369万元（3,690,000元）”：一个数换个单位再写一遍，换算后要相等（四舍五入合得上的算）。

    为什么：多一个零、两位数字颠倒，读者不知道哪个是真的。

    不对：差了27万元
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 合同总价3,860,000元（368.00万元）。 |

    对：相等
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 合同总价3,680,000元（368.00万元）。 |
    """
    yield from problems(facts, Relation.RESTATED, hint="按合同、凭证核对，改掉写错的一个。")
