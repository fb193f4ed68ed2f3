"""ZJ112: the rates have no denominator."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.policy import Denominator
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "ZJ112",
    title="执行率的分母没有填或者是零",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("B06", "B07"),
)
def no_denominator(facts: Facts) -> Iterator[Problem]:
    """有支出数的，规则集规定的分母（调整后预算、年初预算或到位数）要填，而且不能是零。

    为什么：分母空着或是零，执行率算不出来；有的表印 100%，有的印 0，都是错的。

    不对：有支出没有预算
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | | 43.8 |

    对：分母齐全
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 50 | 43.8 |
    """
    basis = facts.rules.funds.denominator
    field = {Denominator.ADJUSTED: "budget", Denominator.INITIAL: "initial", Denominator.ARRIVED: "arrived"}
    cell = {"budget": "initial"}.get(field[basis], field[basis])
    rows = facts.monitoring.funding
    for row in rows:
        amount = getattr(row, field[basis])
        if row.spent is None or row.spent.yuan == 0 or cell in row.place.faults:
            continue
        if facts.report is not None and any(getattr(r, field[basis]) for r in rows):
            continue  # a report may give the budget by source and the spending as a sum
        if amount is None or amount.yuan == 0:
            state = "没有填" if amount is None else "是零"
            yield Problem(
                cell,
                f"{row.source or '这项资金'}支出了 {row.spent}，{basis.value}{state}，执行率没有分母。",
                f"规则集“{facts.rules.name}”的执行率按{basis.value}算，把它补上。",
                of=row,
                values={"支出数": str(row.spent), basis.value: state},
            )
