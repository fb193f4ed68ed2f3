"""CL107: half-width punctuation between Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_HALF = re.compile(r"(?<=[\u4e00-\u9fff”》）])[,;:?!](?=\s*[\u4e00-\u9fff“《（])")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


@rule("CL107", title="中文里用了半角标点", severity=Severity.INFO, basis="通行做法", covers=("I02",))
def half_width_punctuation(facts: Facts) -> Iterator[Problem]:
    """汉字之间用全角标点；数字里的逗号、英文里的标点不算。

    为什么：一段里全角半角混着，排版不齐，比对文字时也会当成不同。

    不对：半角逗号
    年度绩效目标：完成校舍维修12栋,改善办学条件。

    对：全角
    年度绩效目标：完成校舍维修12栋，改善办学条件，投入1,200,000元。
    """
    found = [(p, m) for p in facts.passages for m in _HALF.finditer(p.text)]
    if not found:
        return
    passage, first = found[0]
    at, mark = first.start(), first[0]
    others = len({id(p) for p, _ in found})
    yield Problem(
        passage.field,
        f"{others} 段文字里有 {len(found)} 个半角标点，如“{passage.text[max(0, at - 6) : at + 7].strip()}”。",
        f"用查找替换把汉字之间的“{mark}”改成“{_FULL[mark]}”，别的半角标点也一样。",
        at=passage.origin,
        values={"半角": mark, "全角": _FULL[mark]},
    )
