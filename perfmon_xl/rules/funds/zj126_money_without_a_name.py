"""ZJ126: an amount in a row of funds or spending that has no name."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.wording import REMARK
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("ZJ126", title="有金额，没有写是什么钱", severity=Severity.WARNING, basis="表内勾稽", covers=("B15",))
def money_without_a_name(facts: Facts) -> Iterator[Problem]:
    """资金表有金额的行要写资金来源，支出明细有金额的行要写支出内容。

    一个来源都没有写的（预算系统导出的总数）不说。

    为什么：合计里算进了这一行，报告里却说不出是哪一项来源、花在哪里。

    不对：来源空着；内容空着
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 100 | 50 |
    | | 20 | 10 |
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 设备购置 | 500000 | |
    | | 100000 | 按合同支付 |
    共报 2 处

    对：只有一个总数的（预算系统的导出）；没有金额的空行
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | | 100000 | 按合同支付 |
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 60 |
    | | | |
    """
    named = any(row.source.strip() for row in facts.monitoring.funding)  # an export has one sum and no source
    for row in facts.monitoring.funding if named else ():
        amounts = [a for a in (row.initial, row.adjusted, row.arrived, row.spent) if a is not None]
        if amounts and not row.source.strip() and "source" not in row.place.faults:
            yield Problem(
                "source",
                f"这一行有金额（{amounts[0]}），没有写资金来源。",
                "写上是哪一级、哪一项资金；不是单独一项来源的，删去这一行。",
                of=row,
                values={"金额": str(amounts[0])},
            )
    named = any(line.item.strip() for line in facts.monitoring.spending)
    for line in facts.monitoring.spending if named else ():
        if line.amount is not None and not line.item.strip() and "item" not in line.place.faults:
            yield Problem(
                "item",
                f"这一行有金额（{line.amount}），没有写支出内容。",
                "写上花在什么上；说明写在" + REMARK + "里的，移过来。",
                of=line,
                values={"金额": str(line.amount)},
            )
