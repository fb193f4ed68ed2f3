"""WB506: the text says some indicators are tracked, the table tracks all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_SOME = re.compile(r"(?:部分|若干|个别)(?:的)?(?:绩效)?指标.{0,6}(?:跟踪|监控)|跟踪.{0,4}部分(?:绩效)?指标")


@rule(
    "WB506",
    title="说跟踪部分指标，其实全部跟踪",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H08",),
)
def some_tracked(facts: Facts) -> Iterator[Problem]:
    """文字说跟踪“部分”指标的，表3里应当有不跟踪的。

    为什么：说法照抄模板，读的人以为还有没有监控的指标。

    不对：表3全部跟踪
    项目背景：本次监控对部分指标进行跟踪。
    分解目标调整表
    | 三级指标 | 调整类型 | 是否跟踪 |
    | 新建蓄水池座数 | 原指标 | 是 |
    | 工程验收合格率 | 原指标 | 是 |

    对：有一个不跟踪
    项目背景：本次监控对部分指标进行跟踪。
    分解目标调整表
    | 三级指标 | 调整类型 | 是否跟踪 |
    | 新建蓄水池座数 | 原指标 | 是 |
    | 工程验收合格率 | 原指标 | 否 |
    """
    kept = [a for a in facts.monitoring.adjusted if a.name.strip() and not a.is_deleted]
    if len(kept) < 2 or not all(a.is_tracked for a in kept):
        return
    for passage in facts.passages:
        if (match := _SOME.search(passage.text)) is not None:
            yield Problem(
                passage.field,
                f"写的是“{match[0]}”，表3的 {len(kept)} 个指标全部跟踪。",
                "改成“对全部指标进行跟踪”，或把不跟踪的在表3标“否”。",
                at=passage.origin,
                values={"文字": match[0], "表3": f"{len(kept)} 个全部跟踪"},
            )
