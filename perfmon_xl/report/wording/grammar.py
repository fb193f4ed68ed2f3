"""The grammar of drafting: patterns kept as data in sentences/*.md, a few rules that put values into them.

A pattern is Chinese text with ｛slots｝; a [part] in square brackets stands only if all its slots have a value.
One situation may have several patterns: which one is taken follows from the name of what is told and from what
has been said before, never from chance, so the same data always give the same words.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

FOLDER = Path(__file__).with_name("sentences")
LATER = "再说"
_PART = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"｛([^｛｝]+)｝")
_OFTEN = 2  # how often one pattern may stand in one report before the next is taken

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Situation:
    """一种情形的说法：先轮着用 first，都用过了用 later。"""

    first: tuple[str, ...]
    later: tuple[str, ...] = ()

    @property
    def patterns(self) -> tuple[str, ...]:
        return self.first + self.later


@cache
def situations() -> Mapping[str, Situation]:
    """sentences 里的全部说法：“数量.达到” → 各种说法。"""
    found: dict[str, Situation] = {}
    for path in sorted(FOLDER.glob("*.md")):
        for key, situation in _read(path.read_text(encoding="utf-8")):
            if key in found:
                raise ValueError(f"{path.name}：“{key}”写了两次。")
            found[key] = situation
    return found


def _read(text: str) -> Iterable[tuple[str, Situation]]:
    """## 是一组，### 是一种情形，- 开头的是说法，“再说：”以后的是再说的说法，其余的是给人看的。"""
    group = key = ""
    first: list[str] = []
    later: list[str] = []
    into = first
    for line in [*text.split("\n"), "## "]:
        if line.startswith(("## ", "### ")):
            if first:
                yield f"{group}.{key}", Situation(tuple(first), tuple(later))
            first, later = [], []
            into = first
            if line.startswith("## "):
                group = line[3:].strip()
            else:
                key = line[4:].strip()
        elif line.startswith(LATER):
            into = later
        elif line.startswith("- "):
            into.append(line[2:].strip())


@cache
def words() -> Mapping[str, Any]:
    """words.toml：按词选的动词、要补的东西等。"""
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


def slots(pattern: str) -> frozenset[str]:
    """一个说法里要填的值。"""
    return frozenset(_SLOT.findall(pattern))


class _PatternParts(NamedTuple):
    """一个说法拆开了的：要写的各段，每段是文字和值的名称轮着来；required：少了就不能用这个说法的值。"""

    parts: tuple[tuple[bool, tuple[str, ...]], ...]
    required: tuple[str, ...]


@cache
def _taken_apart(pattern: str) -> _PatternParts:
    """方括号里的（可以不写的，True）和外面的轮着来。"""
    parts = []
    for number, text in enumerate(_PART.split(pattern)):
        if text:
            parts.append((number % 2 == 1, tuple(_SLOT.split(text))))
    required = [name for optional, pieces in parts if not optional for name in pieces[1::2]]
    return _PatternParts(tuple(parts), tuple(required))


def filled_pattern(pattern: str, values: Values) -> str:
    """把值填进说法；[ ] 里缺了值的一段不写。

    >>> filled_pattern("已完成｛实际｝[，比应完成的多｛差｝]。", {"实际": "60间", "差": ""})
    '已完成60间。'
    """
    out: list[str] = []
    for optional, pieces in _taken_apart(pattern).parts:
        if not optional or all(values.get(name) for name in pieces[1::2]):
            out += [values[piece] if number % 2 else piece for number, piece in enumerate(pieces)]
    return "".join(out)


def _possible(situation: Situation, values: Values) -> Situation:
    """只留下要的值都有的说法；一个也没有的，照旧。"""

    def ready(pattern: str) -> bool:
        return all(values.get(name) for name in _taken_apart(pattern).required)

    first, later = (tuple(filter(ready, some)) for some in (situation.first, situation.later))
    if first:
        return Situation(first, later)
    return Situation(later) if later else situation


class Speaker:
    """说一份报告的话：记着哪些说法用过几次、上一段用了哪些，免得连着两段一个样。

    turn 给出时一律用第几种说法：看一份草稿还可能写成什么样时用。
    """

    def __init__(self, turn: int | None = None) -> None:
        self._turn = turn
        self._used: Counter[str] = Counter()
        self._before: set[str] = set()
        self._now: set[str] = set()

    def begin(self) -> None:
        """另起一段。"""
        self._before, self._now = self._now, set()

    def say(self, key: str, values: Values, name: str = "") -> str:
        """一句话：情形、要填的值；name 是说的是谁，决定从哪种说法开始轮。"""
        chosen = self._chosen(_possible(situations()[key], values), name)
        self._used[chosen] += 1
        self._now.add(chosen)
        return filled_pattern(chosen, values)

    def _chosen(self, situation: Situation, name: str) -> str:
        first = situation.first
        if self._turn is not None:
            return situation.patterns[self._turn % len(situation.patterns)]
        start = crc32(name.encode("utf-8")) % len(first)
        order = first[start:] + first[:start]
        fresh = [p for p in order if p not in self._before and p not in self._now]
        for pattern in fresh:
            if self._used[pattern] < (_OFTEN if len(first) > 1 else 1):
                return pattern
        rest = situation.later or order
        return min(rest, key=lambda p: (p in self._before or p in self._now, self._used[p]))
