"""One indicator over the tables: its rows of 表1, 表3 and 表4 and its paragraph, joined by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.model import Adjusted, Compared, Declared, Monitoring, Paragraph
from perfmon_xl.domain.origin import NOWHERE, RowPlace
from perfmon_xl.domain.text_keys import indicator_key

_T = TypeVar("_T", Declared, Adjusted, Compared, Paragraph)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """一个指标在各表里的样子，没有的是 None；removed 是表3里“删除”的那一行。

    renamed：表3和表4的名称不一样，一个含着另一个，而且两边都只有这一对对得上，才认作同一个。
    """

    name: str
    declared: Declared | None = None
    adjusted: Adjusted | None = None
    removed: Adjusted | None = None
    compared: Compared | None = None
    paragraph: Paragraph | None = None
    renamed: bool = False

    @property
    def written(self) -> Paragraph | None:
        """人写的分析段；没有写的、还是程序的草稿的没有。"""
        paragraph = self.paragraph
        return (
            paragraph if paragraph is not None and paragraph.text.strip() and not paragraph.is_draft else None
        )

    @property
    def rows(self) -> tuple[IndicatorRow, ...]:
        """表1、表3、表4里的行，没有的不在里面；表3里删去的不算。"""
        rows: tuple[IndicatorRow | None, ...] = (self.declared, self.adjusted, self.compared)
        return tuple(row for row in rows if row is not None)

    @property
    def current_rows(self) -> tuple[IndicatorRow, ...]:
        """还管用的行：到了表3、表4的，表1只是申报时的样子，不再要它改。"""
        later = tuple(row for row in self.rows if row is not self.declared)
        return later if later or self.removed else self.rows

    @property
    def place(self) -> RowPlace:
        first = self.compared or self.adjusted or self.declared or self.removed or self.paragraph
        return first.place if first is not None else NOWHERE


def indicators_of(monitoring: Monitoring) -> tuple[Indicator, ...]:
    """把各表里同一个指标放到一起，先后照表3、表4、表1。"""
    declared = _by_key(monitoring.declared)
    kept = _by_key(monitoring.kept)
    removed = _by_key([row for row in monitoring.adjusted if row.is_deleted])
    compared = _by_key(monitoring.compared)
    paragraphs = {indicator_key(p.subject): p for p in monitoring.analyses if p.subject.strip()}
    aliases = _renamed(list(kept), list(compared))
    indicators: list[Indicator] = []
    used: set[str] = set()
    for key in dict.fromkeys([*kept, *compared, *declared, *removed]):
        if key in used:
            continue
        there = aliases.get(key, key)
        used |= {key, there}
        first = kept.get(key) or compared.get(there) or declared.get(key) or removed[key]
        indicators.append(
            Indicator(
                name=first.name,
                declared=declared.get(key) or declared.get(there),
                adjusted=kept.get(key),
                removed=removed.get(key),
                compared=compared.get(there),
                paragraph=paragraphs.get(there) or paragraphs.get(key),
                renamed=there != key,
            )
        )
    return tuple(indicators)


def _by_key(records: Sequence[_T]) -> dict[str, _T]:
    found: dict[str, _T] = {}
    for record in records:
        name = record.subject if isinstance(record, Paragraph) else record.name
        if name.strip():
            found.setdefault(indicator_key(name), record)
    return found


def _renamed(here: Sequence[str], there: Sequence[str]) -> dict[str, str]:
    """两边都对不上、一个含着另一个、又只有一种配法的名称。"""
    known_here, known_there = set(here), set(there)
    left = [k for k in here if k not in known_there]
    right = [k for k in there if k not in known_here]
    pairs = [(a, b) for a in left for b in right if len(min(a, b, key=len)) >= 4 and (a in b or b in a)]
    ours, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    return {a: b for a, b in pairs if ours[a] == 1 and theirs[b] == 1}
