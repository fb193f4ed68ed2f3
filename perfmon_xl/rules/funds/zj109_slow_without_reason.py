"""ZJ109: spending behind the rule set's standard, without a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("ZJ109", title="资金预警没有写原因", severity=Severity.WARNING, basis="规则集", covers=("B09",))
def slow_without_reason(facts: Facts) -> Iterator[Problem]:
    """预算执行率低到规则集亮红灯、黄灯的，要写执行慢的原因。

    为什么：亮了灯又没有原因，财政部门看不出是进度问题还是不再需要这笔钱。

    不对：七月底只花了三成
    监控截止日期：2024-07-31
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） | 调整或执行偏差的原因 |
    | 农田建设资金 | 800 | 240 | |

    对：写了原因
    监控截止日期：2024-07-31
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） | 调整或执行偏差的原因 |
    | 农田建设资金 | 800 | 240 | 汛期停工，9月恢复施工后集中支付。 |
    """
    funds, rules = facts.figures.funds, facts.rules
    if not funds.is_behind or funds.light is None or funds.execution_rate is None or funds.pace is None:
        return
    rows = facts.monitoring.funding
    if any(row.reason.strip() for row in rows) or _told(facts):
        return
    rate, pace = percent(funds.execution_rate), percent(funds.pace)
    yield Problem(
        "reason",
        f"预算执行率 {rate}，序时进度 {pace}，按“{rules.name}”亮{rules.styles[funds.light].name}，没有写原因。",
        "在“调整或执行偏差的原因”写明慢在哪个环节、什么时候能支出。",
        of=rows[0],
        values={"预算执行率": rate, "序时进度": pace},
    )


_BECAUSE = re.compile("原因|由于|因为|主要是|导致|影响(?!后续)|因(?=[^此而])")


def _told(facts: Facts) -> bool:
    """报告没有原因这一栏：资金的文字里说了原因就算，与工作簿里填了那一栏一样。"""
    return facts.report is not None and any(_BECAUSE.search(p.text) for p in facts.about(Topic.FUND_NOTE))
