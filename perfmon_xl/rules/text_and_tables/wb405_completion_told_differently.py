"""WB405: a printed completion rate that the table does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared, Paragraph
from perfmon_xl.domain.prose import mentions
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_RATE = re.compile(r"(?:完成率(?:已)?(?:为|达到?|是)*|(?:全年|年度|项目)?目标值?的|年度任务的|全年任务的)$")


@rule(
    "WB405",
    title="文字里的完成率与表4算出来的不一样",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("B05", "E07"),
)
def completion_told_differently(
    indicator: Indicator, facts: Facts, *, compared: Compared, written: Paragraph
) -> Iterator[Problem]:
    """指标分析里的完成率，应当等于表4的实际完成值除以全年目标值（或本阶段目标值）。

    为什么：完成率写错，读者照它判断快慢；实际数改过、完成率没有跟着改的最常见。

    不对：45÷80=56.25%，写成65%
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 救助站床位数 | ≥80张 | ≥40张 | 45张 |
    指标分析表
    | 事项 | 内容 |
    | 救助站床位数 | 已增加床位45张，完成全年目标的65%。 |

    对：除以全年目标，或者除以本阶段目标
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 救助站床位数 | ≥80张 | ≥40张 | 45张 |
    指标分析表
    | 事项 | 内容 |
    | 救助站床位数 | 已增加床位45张，完成全年目标的56.3%；按本阶段目标，完成率为112.5%。 |
    """
    record = compared
    whole = facts.figures.of(record).completion
    if whole is None:
        return
    allowed = [whole * 100, min(whole, Decimal(1)) * 100]  # 有的单位超额完成只写100%
    both = measures.same_unit(record.actual, record.stage)
    if both is not None and both[1]:
        allowed.append(both[0] / both[1] * 100)
    for mention in mentions(written.text):
        lead = without_spaces(mention.clause)
        if mention.unit != "%" or not _RATE.search(lead):
            continue
        # 指标本身就是“××完成率”的，写的是实际值，不是这里算的完成率。
        if "完成率" in indicator.name or any(mention.agrees(a) for a in allowed):
            continue
        yield Problem(
            "text",
            f"文字写“{mention.said}”；按表4，实际 {record.actual.raw.strip()}、全年目标 "
            f"{record.annual.raw.strip()}，完成率是 {percent(whole)}。",
            "核对实际数，再改完成率。",
            of=written,
            values={"文字": mention.text, "算出来的": percent(whole)},
        )
