"""ZJ118: one source of funds on two lines."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.target import normalise
from perfmon_xl.domain.wording import REMARK
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("ZJ118", title="资金来源或支出填了两遍", severity=Severity.WARNING, basis="表内勾稽", covers=("B01",))
def source_twice(facts: Facts) -> Iterator[Problem]:
    """名称和金额都一样的两行，多半是重复填了。

    为什么：同一笔钱算两遍，预算、支出都会多。

    不对：同一笔支出两行
    支出明细表
    | 支出内容 | 金额（元） |
    | 设备购置 | 365000 |
    | 设备购置 | 365000 |

    对：分两次付款，备注写明了
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 设备购置 | 365000 | 第一批 |
    | 设备购置 | 365000 | 第二批 |
    """
    sources: set[tuple[object, ...]] = set()
    for row in facts.monitoring.funding:
        key = (normalise(row.source), row.initial, row.adjusted, row.arrived, row.spent)
        if row.source.strip() and any(key[1:]) and key in sources:
            yield Problem(
                "source",
                f"“{row.source.strip()}”填了两行，金额也一样。",
                "重复的删去一行；确实是两笔的，把名称写得不一样（如第一批、第二批）。",
                of=row,
            )
        sources.add(key)
    lines: set[tuple[object, ...]] = set()
    for line in facts.monitoring.spending:
        what = (normalise(line.item), line.amount, normalise(line.note))
        if line.item.strip() and line.amount is not None and what in lines:
            yield Problem(
                "item",
                f"“{line.item.strip()}”{line.amount} 填了两行。",
                "重复的删去一行；确实是两笔的，在" + REMARK + "里写明（如第一批、第二批）。",
                of=line,
                values={"金额": str(line.amount)},
            )
        lines.add(what)
