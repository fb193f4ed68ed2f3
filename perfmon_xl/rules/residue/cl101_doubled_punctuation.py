"""CL101: a punctuation mark twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_DOUBLED = re.compile(r"(?=[。，、；：？！])(?:([。，、；：？！])\s*\1+|[，、；：][。；，、：]|。[，、；])")


@rule("CL101", title="标点重复", severity=Severity.INFO, basis="通行做法", covers=("I02",))
def doubled_punctuation(facts: Facts) -> Iterator[Problem]:
    """句末一个句号，不写“。。”“，。”“；。”。

    为什么：拼接句子留下的痕迹，印出来难看，也说明没有人通读。

    不对：两个句号
    指标分析表
    | 事项 | 内容 |
    | 档案归档率 | 已按规定归档。。 |

    对：一个句号；省略号不算
    指标分析表
    | 事项 | 内容 |
    | 档案归档率 | 已按规定归档。包括合同、台账……等。 |
    """
    for passage in facts.passages:
        matches = list(_DOUBLED.finditer(passage.text))
        if not matches:
            continue
        at = matches[0].start()
        more = f"，共 {len(matches)} 处" if len(matches) > 1 else ""
        yield Problem(
            passage.field,
            f"标点重复：“{passage.text[max(0, at - 8) : matches[0].end()].strip()}”{more}。",
            f"把“{matches[0][0]}”留一个。",
            at=passage.origin,
            values={"标点": matches[0][0]},
        )
