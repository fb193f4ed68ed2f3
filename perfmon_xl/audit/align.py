"""Two versions of a text side by side: which stretch became which; numbers are never cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from perfmon_xl.domain.text_keys import text_key
from perfmon_xl.report.tracing.numbers import NUMBER

_TOKEN = re.compile(rf"{NUMBER.pattern}|\s+|.", re.S)


def same_text(one: str, other: str) -> bool:
    """两段文字是不是一样，不管全角半角、空白，和引号是单是双。"""
    return one == other or text_key(one.translate(_QUOTES)) == text_key(other.translate(_QUOTES))


# A name in quotes that itself has quotes is printed with ‘’ inside “”.
_QUOTES = str.maketrans("‘’", "“”")


def alike(one: str, other: str, more_than: float) -> float:
    """两段文字有多像，0 到 1；到不了 more_than 的，只是个大概。"""
    most = 2 * min(len(one), len(other)) / (len(one) + len(other) or 1)
    if most <= more_than:
        return most
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    quick = matcher.quick_ratio()
    return matcher.ratio() if quick > more_than else quick


@dataclass(frozen=True, slots=True)
class Change:
    """一处改动：原文从哪到哪、改成了新文字里的从哪到哪。"""

    start: int
    end: int
    new_start: int
    new_end: int


class Alignment:
    """原文和现在的文字，逐字逐数对上。"""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        left, right = list(_tokens(old)), list(_tokens(new))
        starts = [*(at for _, at in left), len(old)]
        new_starts = [*(at for _, at in right), len(new)]
        matcher = SequenceMatcher(None, [t for t, _ in left], [t for t, _ in right], autojunk=False)
        self._blocks = [
            (kind == "equal", Change(starts[a], starts[b], new_starts[c], new_starts[d]))
            for kind, a, b, c, d in matcher.get_opcodes()
        ]

    def now(self, start: int, end: int) -> str:
        """原文的一段现在是什么：没有动的照旧，动过的取对上的新文字；紧挨着插入的不算在内。"""
        begin = finish = 0
        for equal, at in self._blocks:
            if at.start <= start < at.end:
                begin = at.new_start + (start - at.start if equal else 0)
            if at.start < end <= at.end:
                finish = at.new_end - (at.end - end if equal else 0)
        return self.new[begin:finish]

    def changes(self, besides: Iterable[tuple[int, int]] = ()) -> Iterator[Change]:
        """各处改动；碰到 besides 里哪一段的不算，只差空白和全角半角的也不算。"""
        known = list(besides)
        for equal, at in self._blocks:
            if equal or same_text(self.old[at.start : at.end], self.new[at.new_start : at.new_end]):
                continue
            if not any((at.start < end and start < at.end) or start < at.start < end for start, end in known):
                yield at


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    for match in _TOKEN.finditer(text):
        yield match[0], match.start()
