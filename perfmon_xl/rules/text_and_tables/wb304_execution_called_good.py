"""WB304: the execution is called good, and there is no yardstick."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.amount import half_up, percent
from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_GOOD = re.compile(
    r"(?:执行率|使用率|支出进度|执行进度|使用进度|执行情况|支出率)[^，。；、]{0,12}(?:良好|较好|较高|正常|理想|合理|达到预期)"
)
_YARDSTICK = re.compile(r"序时|时序|时间进度|进度要求|[快慢高低]于|同期|\d{1,2}/12|达到.{0,8}(?:要求|标准)")


@rule(
    "WB304",
    title="说执行率良好，没有与序时进度比",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("B12",),
)
def execution_called_good(facts: Facts) -> Iterator[Problem]:
    """资金说明里说执行进度“良好”“正常”的，要写出序时进度，让人看得出好在哪里。

    为什么：87%在10月底是正常，在6月底是超前，在12月底是滞后；不写序时进度，“良好”没有依据。

    不对：没有比较
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 截至2024年10月31日，执行率87.6%，使用进度良好。 |

    对：写了序时进度
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 截至2024年10月31日，执行率87.6%，序时进度为83.33%，快于序时进度4.27个百分点，使用进度良好。 |
    """
    for passage in facts.passages:
        if passage.topic is not Topic.FUND_NOTE:
            continue
        match = _GOOD.search(passage.text)
        if match is None or _YARDSTICK.search(passage.text):
            continue
        pace = facts.figures.funds.pace
        rate = facts.figures.funds.execution_rate
        shown = f"序时进度是 {percent(pace)}" if pace is not None else "序时进度要先填监控截止日期才算得出"
        if pace is not None and rate is not None:
            gap = (rate - pace) * 100
            shown += f"，执行率 {percent(rate)} {'快' if gap >= 0 else '慢'} {half_up(abs(gap), 2)} 个百分点"
        yield Problem(
            passage.field,
            f"写了“{match[0]}”，没有写与什么比；{shown}。",
            "在这句话里补上序时进度和差多少个百分点。",
            at=passage.origin,
            values={"文字": match[0], "序时进度": percent(pace) if pace is not None else "未知"},
        )
