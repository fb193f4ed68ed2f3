"""ZJ119: money spent, and no lines of what on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("ZJ119", title="有支出数没有支出明细", severity=Severity.WARNING, basis="通行做法", covers=("B15",))
def no_spending_lines(facts: Facts) -> Iterator[Problem]:
    """填了支出数的，要填支出明细。

    为什么：报告要写钱用在哪里，没有明细写不出来，也查不出非项目的支出。

    不对：没有明细
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 86.5 |

    对：还没有支出
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 0 |
    """
    spent = facts.figures.funds.spent
    if spent is not None and spent.yuan > 0 and not facts.monitoring.spending and not _listed(facts):
        row = next(f for f in facts.monitoring.funding if f.spent is not None)
        yield Problem(
            "source",
            f"已支出 {spent}，支出明细一行也没有填。",
            "按用途列出各笔支出，金额用元，合计与支出数一致。",
            of=row,
            values={"支出数": str(spent)},
        )


def _listed(facts: Facts) -> bool:
    """报告的文字里列了用途，只是读不成明细：“累计支出305.54万元，其中设备购置费87.28万元”。"""
    return facts.report is not None and any(
        re.search("支出[^。]{0,40}(?:其中|用于|包括|构成)", p.text) for p in facts.about(Topic.FUND_NOTE)
    )
