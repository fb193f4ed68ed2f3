"""ZJ108: the budget was adjusted and nobody says why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import sentences_of_people
from perfmon_xl.rules.facts import Facts


@rule("ZJ108", title="预算调整了没有写原因", severity=Severity.WARNING, basis="通行做法", covers=("B08",))
def adjusted_without_reason(
    funding: Funding, facts: Facts, *, initial: Amount, adjusted: Amount
) -> Iterator[Problem]:
    """调整后预算数与年初预算数不同的，要写调整原因。

    为什么：预算调整要有依据；监控表的填表说明要求凡调整的写明原因。

    不对：调减了没有说
    资金表
    | 资金来源 | 年初预算数（万元） | 调整后预算数（万元） | 调整或执行偏差的原因 |
    | 教育专项 | 500 | 420 | |

    对：原因写在资金说明里
    资金表
    | 资金来源 | 年初预算数（万元） | 调整后预算数（万元） | 调整或执行偏差的原因 |
    | 教育专项 | 100 | 112 | |
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 因防汛搬迁书屋，5月追加12万元（柳财预〔2024〕18号）。 |

    对：写了原因
    资金表
    | 资金来源 | 年初预算数（万元） | 调整后预算数（万元） | 调整或执行偏差的原因 |
    | 教育专项 | 500 | 420 | 两所学校的维修推迟到明年，7月调减80万元。 |
    """
    if (
        adjusted != initial
        and not funding.reason.strip()
        and not _reason_given(facts, funding, adjusted, initial)
    ):
        more = adjusted > initial
        gap = adjusted - initial if more else initial - adjusted
        yield Problem(
            "reason",
            f"预算从 {initial} 调{'增' if more else '减'}到 {adjusted}（{gap}），没有写原因。",
            "写明什么时候、因为什么、按哪份文件调整。",
            values={"年初预算数": str(initial), "调整后预算数": str(adjusted)},
        )


_CHANGED = re.compile(r"追加|调增|调减|核减|收回|压减|调整|增加|减少|结转")
_WHY = re.compile(
    r"因|由于|为|按照?|根据|经[^，。]{0,20}(?:批准|批复|同意)|批复|文件|〔|减少|推迟|节约|中标|用于|用作"
)


def _reason_given(facts: Facts, funding: Funding, adjusted: Amount, initial: Amount) -> bool:
    """资金说明里写了这个差数和它的原因。"""
    gap = abs(adjusted.yuan - initial.yuan)
    return any(
        quantity.unit == "元"
        and quantity.number == gap
        and _CHANGED.search(statement.sentence.text)
        and _WHY.search(statement.sentence.text)
        for statement in sentences_of_people(facts)
        if statement.passage.topic
        in (
            Topic.FUND_NOTE,
            Topic.FUND_SOURCE,
            Topic.BACKGROUND,
            Topic.OTHER,
            Topic.OVERALL,
            Topic.SCOPE,
            Topic.CONCLUSION,
        )
        for quantity in statement.sentence.quantities
    )
