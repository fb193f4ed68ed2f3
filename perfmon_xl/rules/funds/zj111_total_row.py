"""ZJ111: a total typed as one more line, counted twice."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.totals import is_total


@rule("ZJ111", title="合计行填在了明细里", severity=Severity.ERROR, basis="表内勾稽", covers=("B01",))
def total_row(facts: Facts) -> Iterator[Problem]:
    """资金表和支出明细表里不填合计行，合计由工作簿自动算。

    为什么：合计当作一行填进去，预算、支出都会多算一倍，执行率、到位率跟着错。

    不对：照监控表抄了“年度资金总额”
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 年度资金总额： | 120 | 86.5 |
    | 其中：本年一般公共预算拨款 | 100 | 70 |
    | 其他资金 | 20 | 16.5 |

    对：只填各项来源
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 本年一般公共预算拨款 | 100 | 70 |
    | 其他资金 | 20 | 16.5 |
    """
    funding, spending = facts.monitoring.funding, facts.monitoring.spending
    for record in funding if len(funding) > 1 else ():
        if is_total(record.source):
            yield Problem(
                "source",
                f"“{record.source.strip()}”是合计行，合计里会算两遍。",
                "删去这一行，只留各项资金来源；合计在表上方自动算出。",
                of=record,
            )
    for line in spending if len(spending) > 1 else ():
        if is_total(line.item):
            yield Problem(
                "item",
                f"“{line.item.strip()}”是合计行，支出明细里会算两遍。",
                "删去这一行；合计在表上方自动算出。",
                of=line,
            )
