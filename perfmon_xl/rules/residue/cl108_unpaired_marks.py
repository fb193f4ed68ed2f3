"""CL108: brackets or quotation marks that do not pair."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_PAIRS = (("（", "）"), ("“", "”"), ("《", "》"), ("〔", "〕"), ("【", "】"))


@rule("CL108", title="括号、引号、书名号不成对", severity=Severity.INFO, basis="通行做法", covers=("I02",))
def unpaired_marks(facts: Facts) -> Iterator[Problem]:
    """括号、引号、书名号成对出现。

    为什么：缺了一半，引的是哪几个字、文件名到哪里为止，读不出来。

    不对：书名号缺右边
    项目背景：根据《农村供水条例的要求，实施本项目。

    对：成对；半角和全角括号混用不在这里查
    项目背景：根据《农村供水条例》（2023年修订）的要求，实施本项目（一期)。
    """
    for passage in facts.passages:
        text = passage.text.replace("(", "（").replace(")", "）")
        if any(line[1:2] == "）" or line[2:3] == "）" for line in text.splitlines()):
            text = text.replace("）", "").replace("（", "")  # “1）”是编号
        for left, right in _PAIRS:
            if text.count(left) != text.count(right):
                yield Problem(
                    passage.field,
                    f"“{left}”有 {text.count(left)} 个，“{right}”有 {text.count(right)} 个。",
                    "补上缺的一半，或者删去多的。",
                    at=passage.origin,
                    values={left: str(text.count(left)), right: str(text.count(right))},
                )
