"""CL102: a word twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,6})\1|([的了在和与为是])\2(?![的了])")
_RIGHT = re.compile(
    r"^(?:一[一二三四五六七八九十]|许多|很多|非常|慢慢|多多|千千|万万|点点|个个|层层|步步)|^[一二三四五六七八九十百千万两零〇]+$"
)


@rule("CL102", title="词语重复", severity=Severity.WARNING, basis="通行做法", covers=("I02",))
def doubled_word(facts: Facts) -> Iterator[Problem]:
    """同一个词不连写两遍，如“维护维护”“的的”。

    为什么：改句子时留下的，通读一遍就能看出来。

    不对：维护维护
    指标分析表
    | 事项 | 内容 |
    | 灌区设施完好率 | 有效维护维护了灌区设施。 |

    对：没有重复
    指标分析表
    | 事项 | 内容 |
    | 灌区设施完好率 | 有效维护了灌区设施，层层落实管护责任。 |
    """
    for passage in facts.passages:
        for match in _DOUBLED.finditer(passage.text):
            word = match[1] or match[2]
            if _RIGHT.search(word):
                continue
            at = match.start()
            yield Problem(
                passage.field,
                f"“{word}”连写了两遍：“…{passage.text[max(0, at - 6) : match.end() + 6].strip()}…”。",
                f"看是不是多写了一个“{word}”；本来就该这样的不用改。",
                at=passage.origin,
                values={"词语": match[0]},
            )
