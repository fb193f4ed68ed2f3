"""ZJ108: the budget was adjusted and nobody says why."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Funding
from perfmon_xl.rules import Problem, Severity, rule


@rule("ZJ108", title="预算调整了没有写原因", severity=Severity.WARNING, basis="通行做法", covers=("B08",))
def adjusted_without_reason(funding: Funding, *, initial: Amount, adjusted: Amount) -> Iterator[Problem]:
    """调整后预算数与年初预算数不同的，要写调整原因。

    为什么：预算调整要有依据；监控表的填表说明要求凡调整的写明原因。

    不对：调减了没有说
    资金表
    | 资金来源 | 年初预算数（万元） | 调整后预算数（万元） | 调整或执行偏差的原因 |
    | 教育专项 | 500 | 420 | |

    对：写了原因
    资金表
    | 资金来源 | 年初预算数（万元） | 调整后预算数（万元） | 调整或执行偏差的原因 |
    | 教育专项 | 500 | 420 | 两所学校的维修推迟到明年，7月调减80万元。 |
    """
    if adjusted != initial and not funding.reason.strip():
        more = adjusted > initial
        gap = adjusted - initial if more else initial - adjusted
        yield Problem(
            "reason",
            f"预算从 {initial} 调{'增' if more else '减'}到 {adjusted}（{gap}），没有写原因。",
            "写明什么时候、因为什么、按哪份文件调整。",
            values={"年初预算数": str(initial), "调整后预算数": str(adjusted)},
        )
