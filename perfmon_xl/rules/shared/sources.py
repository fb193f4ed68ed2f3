"""The sources of funds by the names that texts give them: the whole name, or the level that one of them alone has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from perfmon_xl.domain.model import Funding
from perfmon_xl.rules.facts import Facts, once_per_project

_LEVELS = (
    "中央", "上级", "省级", "省补", "市级", "县级", "区级", "镇级", "乡级", "街道", "专项债", "债券", "自筹", "配套", "彩票公益金", "社会捐赠",
)  # fmt: skip
_ONE_LETTER = ("省", "市", "县", "区", "镇", "乡", "州", "旗")
_CALLED = r"(?:财政|级|里|补|本级|拨付|配套|追加|收回|安排|下达)"


@dataclass(frozen=True, slots=True)
class NamedSource:
    """一项来源和认得出它的叫法。"""

    record: Funding
    names: tuple[str, ...]
    letter: str = ""

    def is_in(self, words: str) -> bool:
        """这句话里提到了它。"""
        if any(name in words for name in self.names):
            return True
        return (
            bool(self.letter) and self.letter in words and re.search(self.letter + _CALLED, words) is not None
        )


@once_per_project
def named_sources(facts: Facts) -> tuple[NamedSource, ...]:
    """各项来源和认得出它的叫法：全名，或者只有它有的级别（市级、县财政、专项债）。"""
    rows = [f for f in facts.monitoring.funding if f.source.strip()]
    found = []
    for row in rows:
        name = row.source.strip()
        levels = [w for w in _LEVELS if w in name and sum(w in other.source for other in rows) == 1]
        letter = next((c for c in _ONE_LETTER if _has(name, c)), "")
        alone = letter and sum(_has(other.source, letter) for other in rows) == 1
        found.append(NamedSource(row, (name, *levels), letter if alone else ""))
    return tuple(found)


def _has(name: str, letter: str) -> bool:
    return re.search(rf"{letter}(?:级|财政|本级|补|配套)", name) is not None


def source_in(words: str, sources: Sequence[NamedSource]) -> NamedSource | None:
    """这几个字里提到的那一项来源；没有提到、提到两项的没有。"""
    named = [s for s in sources if s.is_in(words)]
    return named[0] if len(named) == 1 else None
