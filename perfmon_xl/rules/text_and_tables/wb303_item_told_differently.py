"""WB303: one line of the spending, told with another amount."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Spending
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.prose import mentions
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "WB303",
    title="文字里一笔支出的金额与支出明细不一样",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("B01", "E07"),
)
def item_told_differently(
    spending: Spending, facts: Facts, *, item: str, amount: Amount
) -> Iterator[Problem]:
    """资金说明里写到的支出内容，金额应当与支出明细表的同一笔相同。

    为什么：明细改过、文字没有跟着改的，加起来就对不上支出合计。

    不对：明细1800元，文字里8100元
    支出明细表
    | 支出内容 | 金额（元） |
    | 专家授课费 | 1800 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 主要用于：专家授课费8100元、材料费300元。 |

    对：相同，换了单位
    支出明细表
    | 支出内容 | 金额（元） |
    | 专家授课费 | 18000 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 主要用于：专家授课费1.8万元、材料费300元。 |
    """
    name = item.strip()
    if len(name) < 3 or sum(s.item.strip() == name for s in facts.monitoring.spending) > 1:
        return
    for passage in facts.written(Topic.FUND_NOTE):
        found = [
            m for m in mentions(passage.text) if m.unit == "元" and m.lead.endswith((name, name + "支出"))
        ]
        found = [m for m in found if not any(_longer(s, m.lead, name) for s in facts.monitoring.spending)]
        if not found or any(m.agrees(amount.yuan) for m in found):
            continue
        told = found[0]
        if any(word in told.clause for word in ("预算", "计划", "标准")):
            continue
        yield Problem(
            "amount",
            f"支出明细里“{name}”是 {amount.in_yuan}，资金说明里写的是“{told.text}”。",
            "按记账凭证核对这一笔，改掉写错的一处。",
            values={"支出明细": amount.in_yuan, "文字": told.text},
        )


def _longer(other: Spending, lead: str, name: str) -> bool:
    """另有一笔支出，名称以这一笔的名称结尾，文字讲的是它。"""
    longer = other.item.strip()
    return len(longer) > len(name) and longer.endswith(name) and lead.endswith(longer)
