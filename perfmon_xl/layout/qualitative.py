"""The grades that a qualitative result is chosen from: the first word of each of the rule set's lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perfmon_xl.domain.policy import RuleSet

GRADES_LIST = "列表_定性档次"


def _first_of(kind: str) -> Callable[[RuleSet], str]:
    def value(rules: RuleSet) -> str:
        words: tuple[str, ...] = getattr(rules.indicators, kind)
        return words[0] if words else ""

    return value


def _formula(parameter: str) -> str:
    return f'IFERROR(LEFT({parameter},FIND("、",{parameter}&"、")-1),"")'


# 哪一档 → 公式，和它现在的结果。
GRADES: Mapping[str, tuple[str, Callable[[RuleSet], str]]] = {
    "达成": (_formula("参数_定性达成"), _first_of("reached")),
    "部分达成": (_formula("参数_定性部分达成"), _first_of("partly")),
    "未达成": (_formula("参数_定性未达成"), _first_of("missed")),
}
