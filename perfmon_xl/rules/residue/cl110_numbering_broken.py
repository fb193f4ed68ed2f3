"""CL110: an enumeration inside a text that skips, repeats or mixes its numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_ORDINALS = "一二三四五六七八九十"
_POINTS = re.compile(r"(?:^|[：:；;。，\s])([一二三四五六七八九十])是")
_BRACKETED = re.compile(r"[（(](\d{1,2})[)）](?=\D)")
_CIRCLED = re.compile(r"[①-⑩]")
_STOPPED = re.compile(r"(?m)^[ \t\u3000]{0,8}(\d{1,2})([.．、])(?!\d)")


@rule("CL110", title="编号不连续或写法不一", severity=Severity.INFO, basis="通行做法", covers=("I04",))
def numbering_broken(facts: Facts) -> Iterator[Problem]:
    """一段文字里列举的编号从一数起、不跳不重，同一级的写法一样。

    为什么：编号断了，多半是删了一条忘了改后面的，或者漏抄了一条。

    不对：少了“三是”
    指标分析表
    | 事项 | 内容 |
    | 公厕改造 | 主要做法：一是统一设计；二是集中采购；四是按月验收。 |

    不对：同一级写法不一样
    指标分析表
    | 事项 | 内容 |
    | 公厕改造 | 1.统一设计。⏎2、集中采购。 |

    对：连续
    指标分析表
    | 事项 | 内容 |
    | 公厕改造 | 主要做法：一是统一设计；二是集中采购；三是按月验收。 |

    对：只提到其中一条
    指标分析表
    | 事项 | 内容 |
    | 公厕改造 | 按实施方案第（3）条，公厕改造分两批验收。 |
    """
    for passage in facts.passages:
        stops = [(int(n), mark) for n, mark in _STOPPED.findall(passage.text)]
        series = {
            "一是": [_ORDINALS.index(n) + 1 for n in _POINTS.findall(passage.text)],
            "（1）": [int(n) for n in _BRACKETED.findall(passage.text)],
            "①": [ord(c) - ord("①") + 1 for c in _CIRCLED.findall(passage.text)],
            "1.": [n for n, _ in stops],
        }
        for style, numbers in series.items():
            if numbers[:1] == [1] and _broken(numbers):
                shown = "、".join(map(str, numbers))
                yield Problem(
                    passage.field,
                    f"“{style}”这样的编号排成了 {shown}，不连续。",
                    "补上漏的一条，或把后面的编号顺下来。",
                    at=passage.origin,
                    values={"编号": shown},
                )
        if len({mark for _, mark in stops}) > 1:
            shown = "、".join(f"{n}{mark}" for n, mark in stops)
            yield Problem(
                passage.field,
                f"同一段里的编号写法不一样：{shown}。",
                "统一成一种，如“1.”。",
                at=passage.origin,
                values={"编号": shown},
            )


def _broken(numbers: Sequence[int]) -> bool:
    """从一数起、每次加一，或重新从一数起；其余都是断了。"""
    return any(b not in (a + 1, 1) for a, b in itertools.pairwise(numbers))
