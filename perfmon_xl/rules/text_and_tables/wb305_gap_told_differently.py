"""WB305: how far spending is ahead or behind, told differently from what the figures give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, percent
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_GAP = re.compile(
    r"(?=[快慢高低超滞落])(?P<way>快|慢|高|低|超|超前|滞后|落后)(?:于|出|过)?(?:序时进度|时间进度|序时)?\s*(?P<number>\d+(?:\.\d+)?)\s*个?百分点"
)
_AHEAD = ("快", "高", "超", "超前")
_PACE = re.compile(r"序时|时间进度")


@rule("WB305", title="与序时进度的差距写得不对", severity=Severity.ERROR, basis="文表勾稽", covers=("B05",))
def gap_told_differently(facts: Facts) -> Iterator[Problem]:
    """文字里“快于（慢于）序时进度几个百分点”，应当等于预算执行率减序时进度。

    只看同一句里说到执行率和序时进度的；按写出的小数位四舍五入后比。

    为什么：数改了，差距忘了跟着改。

    不对：算出来快 6.67 个百分点
    监控截止日期：2024-09-30
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 98 |
    资金说明表
    | 事项 | 内容 |
    | 预算执行率 | 预算执行率为81.67%，序时进度为75.00%，快16.67个百分点。 |

    不对：方向反了
    监控截止日期：2024-09-30
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 98 |
    资金说明表
    | 事项 | 内容 |
    | 预算执行率 | 预算执行率为81.67%，慢于序时进度6.67个百分点。 |

    对：一致
    监控截止日期：2024-09-30
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 98 |
    资金说明表
    | 事项 | 内容 |
    | 预算执行率 | 预算执行率为81.67%，快于序时进度6.7个百分点。 |
    """
    rate, pace = facts.figures.funds.execution_rate, facts.figures.funds.pace
    if rate is None or pace is None:
        return
    gap = (rate - pace) * 100
    for passage in facts.passages:
        for sentence in passage.sentences:
            if "执行率" not in sentence or not _PACE.search(sentence):
                continue
            for found in _GAP.finditer(sentence):
                places = len(found["number"].partition(".")[2])
                told = Decimal(found["number"]) * (1 if found["way"] in _AHEAD else -1)
                if told == half_up(gap, places):
                    continue
                way = "快" if gap >= 0 else "慢"
                yield Problem(
                    passage.field,
                    f"写的是“{found[0]}”，预算执行率{percent(rate)}减序时进度{percent(pace)}，"
                    f"应当是{way}{abs(half_up(gap, 2))}个百分点。",
                    "核对执行率和序时进度，改成算出来的差距。",
                    at=passage.origin,
                    values={"文字": found[0], "算出": f"{way}{abs(half_up(gap, 2))}个百分点"},
                )
