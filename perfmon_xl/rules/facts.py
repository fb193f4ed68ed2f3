"""What the rules look at: the records, the figures, the indicators joined over the tables, the passages of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from typing import Any, TypeVar

from perfmon_xl.domain.figures import FundFigures, IndicatorFigures, fund_figures, indicator_figures
from perfmon_xl.domain.model import Adjusted, Compared, Declared, Monitoring, Paragraph
from perfmon_xl.domain.names import name_key
from perfmon_xl.domain.origin import NOWHERE, Difference, RowPlace
from perfmon_xl.domain.passage import Passage, Topic, passages_of
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.report_text import ReportText

_BRACKETED = re.compile(r"[（(][^（()）]{0,8}[)）]")
_T = TypeVar("_T", Declared, Adjusted, Compared, Paragraph)
_R = TypeVar("_R")


@lru_cache(maxsize=16384)
def indicator_key(name: str) -> str:
    """指标名称去掉空白、全角半角的差别和括号里的单位：“办案数量 (件)”与“办案数量（件）”“办案数量”是同一个。

    >>> indicator_key("培训人数 （人）") == indicator_key("培训人数")
    True
    """
    text = name_key(name)
    return _BRACKETED.sub("", text) or text


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
        found = self.paragraph
        return found if found is not None and found.text.strip() and not found.is_draft else None

    @property
    def place(self) -> RowPlace:
        first = self.compared or self.adjusted or self.declared or self.removed or self.paragraph
        return first.place if first is not None else NOWHERE


@dataclass(frozen=True, kw_only=True)
class Facts:
    """一个项目的全部事实。passages 是各处的文字；读报告时比工作簿多（前言、标题）；report 只在查报告时有。"""

    monitoring: Monitoring
    rules: RuleSet
    extra_passages: tuple[Passage, ...] = ()
    differences: tuple[Difference, ...] = ()
    outdated: tuple[Difference, ...] = ()
    missing: tuple[str, ...] = ()
    report: ReportText | None = None

    @cached_property
    def funds(self) -> FundFigures:
        return fund_figures(self.monitoring, self.rules)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return (*passages_of(self.monitoring), *self.extra_passages)

    @cached_property
    def _by_topic(self) -> dict[Topic, tuple[Passage, ...]]:
        found: dict[Topic, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.topic, []).append(passage)
        return {topic: tuple(passages) for topic, passages in found.items()}

    def about(self, topic: Topic) -> tuple[Passage, ...]:
        """讲某一件事的各段文字。"""
        return self._by_topic.get(topic, ())

    def written(self, *topics: Topic) -> tuple[Passage, ...]:
        """讲这几件事的各段文字，先后照工作簿；还是程序草稿的不算。"""
        return tuple(
            p for p in self.passages if p.topic in topics and not getattr(p.record, "is_draft", False)
        )

    @cached_property
    def _shared(self) -> dict[Callable[[Facts], Any], Any]:
        return {}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return joined(self.monitoring)

    @cached_property
    def _figures(self) -> dict[int, IndicatorFigures]:
        return {id(c): indicator_figures(c, self.rules, self.funds.pace) for c in self.monitoring.compared}

    def figures(self, record: Compared) -> IndicatorFigures:
        """表4一行的完成率、偏差、是否达成、灯。"""
        found = self._figures.get(id(record))
        return found if found is not None else indicator_figures(record, self.rules, self.funds.pace)


def once_per_project(compute: Callable[[Facts], _R]) -> Callable[[Facts], _R]:
    """几条规则都要看的，一个项目只算一遍，记在 Facts 上；算出来的不要改。"""

    @wraps(compute)
    def once(facts: Facts) -> _R:
        known = facts._shared
        if compute not in known:
            known[compute] = compute(facts)
        found: _R = known[compute]
        return found

    return once


def joined(monitoring: Monitoring) -> tuple[Indicator, ...]:
    """把各表里同一个指标放到一起，先后照表3、表4、表1。"""
    declared = _by_key(monitoring.declared)
    kept = _by_key([a for a in monitoring.adjusted if a.change.strip() != "删除"])
    removed = _by_key([a for a in monitoring.adjusted if a.change.strip() == "删除"])
    compared = _by_key(monitoring.compared)
    paragraphs = {indicator_key(p.subject): p for p in monitoring.analyses if p.subject.strip()}
    aliases = _renamed(list(kept), list(compared))
    found: list[Indicator] = []
    used: set[str] = set()
    for key in dict.fromkeys([*kept, *compared, *declared, *removed]):
        if key in used:
            continue
        there = aliases.get(key, key)
        used |= {key, there}
        first = kept.get(key) or compared.get(there) or declared.get(key) or removed[key]
        found.append(
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
    return tuple(found)


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
