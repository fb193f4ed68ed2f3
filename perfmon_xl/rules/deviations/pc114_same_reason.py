"""PC114: one explanation pasted under several indicators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from perfmon_xl.domain.target import normalise
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_SEE = re.compile("原因与[“”\"'].{1,60}[”\"'](?:相同|一样)|原因同")  # says whose reason it is


@rule(
    "PC114",
    title="几个指标的原因说明一字不差",
    severity=Severity.INFO,
    basis="通行做法",
    covers=("G02",),
)
def same_reason(facts: Facts) -> Iterator[Problem]:
    """三个以上指标的原因说明不应一字不差。

    为什么：各个指标落后的程度不同，原因一样就是套话。

    不对：都是“受天气影响”
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 原因说明 |
    | 清淤河道 | ≥12公里 | 受天气影响，进度较慢。 |
    | 栽植苗木 | ≥5000株 | 受天气影响，进度较慢。 |
    | 群众满意度 | ≥90% | 受天气影响，进度较慢。 |

    对：各写各的
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 原因说明 |
    | 清淤河道 | ≥12公里 | 汛期停工35天。 |
    | 栽植苗木 | ≥5000株 | 秋季栽植，10月开始。 |
    | 群众满意度 | ≥90% | 12月统一调查。 |
    """
    rows = [c for c in facts.monitoring.compared if c.reason.strip() and not _SEE.search(c.reason)]
    counts = Counter(normalise(c.reason) for c in rows)
    for text, count in counts.items():
        if count >= 3:
            first = next(c for c in rows if normalise(c.reason) == text)
            yield Problem(
                "reason",
                f"有 {count} 个指标的原因说明都是“{first.reason.strip()[:30]}”。",
                "按每个指标的情况分别写：差多少、为什么、什么时候补上。",
                of=first,
                values={"指标数": str(count)},
            )
