"""ZJ122: a total typed over its formula, and not the sum of the sources."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.totals import typed_totals


@rule(
    "ZJ122",
    title="合计与各项相加不一样",
    severity=Severity.ERROR,
    basis="表内勾稽",
    covers=("B01",),
    on_report=None,
)
def total_other_than_sum(facts: Facts) -> Iterator[Problem]:
    """预算、到位、支出的合计，要等于各项资金来源相加。

    为什么：合计手工填在公式上，又与各项相加不同，到位率、执行率就有两个；印出去的一个一定是错的。
    手工填了而数一样的，由 GS104 提醒恢复公式。

    不对：270加150是420
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） |
    | 省级资金 | 300 | 270 |
    | 县级资金 | 180 | 150 |
    到位合计：430

    对：公式算出来的
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） |
    | 省级资金 | 300 | 270 |
    | 县级资金 | 180 | 150 |
    """
    for total in typed_totals(facts.differences):
        yield Problem(
            "",
            f"“{total.origin.label}”填的是 {total.stored}，各项相加是 {total.expected}。",
            "核对是哪一项写错了；改好以后删去手填的合计，恢复公式。",
            at=total.origin,
            values={"合计": total.stored, "各项相加": total.expected},
        )
