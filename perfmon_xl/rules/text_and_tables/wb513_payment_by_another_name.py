"""WB513: the payment an indicator measures goes by another name in its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts

_PAYMENTS = ("补贴", "补助", "津贴", "救助金", "奖励金", "补偿款", "抚恤金")


@rule("WB513", title="同一笔款项叫法不一", severity=Severity.INFO, basis="文表勾稽", covers=("A04",))
def payment_by_another_name(indicator: Indicator, facts: Facts) -> Iterator[Problem]:
    """指标考核“补贴”，分析里写“补助”，支出明细里又没有这一项的，要说明是不是一回事。

    为什么：补贴、补助、津贴是不同的支出科目；叫法一变，对不上账。

    不对：指标是补贴，分析里是补助，明细里都没有
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 护林员补贴发放合规率 | 100% | 100% |
    指标分析表
    | 事项 | 内容 |
    | 护林员补贴发放合规率 | 各类补助按月发放到人，合规率为100%。 |
    支出明细表
    | 支出内容 | 金额（元） |
    | 巡护费用 | 296000 |

    对：叫法一致
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 护林员补贴发放合规率 | 100% | 100% |
    指标分析表
    | 事项 | 内容 |
    | 护林员补贴发放合规率 | 补贴按月发放到人，合规率为100%。 |
    支出明细表
    | 支出内容 | 金额（元） |
    | 护林员补贴 | 296000 |
    """
    paragraph = indicator.paragraph
    if indicator.compared is None or paragraph is None or paragraph.is_draft:
        return
    own = next((w for w in _PAYMENTS if w in indicator.name), "")
    lines = [s.item for s in facts.monitoring.spending if s.item.strip()]
    other = next((w for w in _PAYMENTS if w != own and re.search(w, paragraph.text)), "")
    if not own or not other or not lines or any(own in line for line in lines):
        return
    yield unsure(
        "text",
        f"“{indicator.name}”考核的是{own}，分析里写“{other}”，支出明细里没有“{own}”，看不出是不是一笔钱。",
        "照支出科目用一个名称；是几笔不同的钱，各写各的数。",
        of=paragraph,
        values={"指标": own, "文字": other, "支出明细": "、".join(lines)},
    )
