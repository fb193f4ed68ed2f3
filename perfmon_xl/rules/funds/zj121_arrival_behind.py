"""ZJ121: the money arrives far behind the months."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_FAR = Decimal("0.5")  # 到位率不到序时进度的一半
_MENTIONED = (
    "未到位",
    "没有到位",
    "到位慢",
    "到位较慢",
    "到位进度",
    "尚未下达",
    "未下达",
    "分期拨付",
    "按进度拨付",
    "分批拨付",
)


@rule("ZJ121", title="资金到位远落后于序时进度", severity=Severity.WARNING, basis="通行做法", covers=("B09",))
def arrival_behind(facts: Facts) -> Iterator[Problem]:
    """资金到位率不到序时进度一半的，要写为什么没有到位、什么时候能到。

    为什么：钱没有到，事情做不了；只看支出看不出慢在拨款还是慢在用款。在原因、资金说明或问题里写了的不提。

    不对：六月底只到了12%
    监控截止日期：2024-06-30
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 农田建设资金 | 100 | 12 | 11 |

    对：写了原因；到了一半以上
    监控截止日期：2024-06-30
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） | 调整或执行偏差的原因 |
    | 农田建设资金 | 100 | 12 | 11 | 上级资金未下达，预计8月到位。 |
    """
    funds, rows = facts.figures.funds, facts.monitoring.funding
    if funds.arrival_rate is None or funds.pace is None or funds.arrival_rate >= funds.pace * _FAR:
        return
    texts = [row.reason for row in rows] + [p.text for p in facts.written(Topic.FUND_NOTE, Topic.PROBLEM)]
    if any(row.reason.strip() for row in rows) or any(word in text for text in texts for word in _MENTIONED):
        return
    rate, pace = percent(funds.arrival_rate), percent(funds.pace)
    yield Problem(
        "arrived",
        f"资金到位率 {rate}，序时进度 {pace}，到位落后一半以上，没有写原因。",
        "写明没有到位的是哪一笔、为什么、什么时候能到；按进度拨付的，写明约定。",
        of=rows[0],
        values={"资金到位率": rate, "序时进度": pace},
    )
