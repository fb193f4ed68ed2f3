"""What the rules look at: the records, the figures, the indicators joined over the tables, the passages of text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, TypeVar

from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.indicators import Indicator, indicators_of
from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.model import Adjusted, Compared, Declared, Monitoring, Paragraph
from perfmon_xl.domain.origin import StoredDifference
from perfmon_xl.domain.passage import Passage, Topic, passages_of
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.report_text import ReportText

_BRACKETED = re.compile(r"[（(][^（()）]{0,8}[)）]")
_T = TypeVar("_T", Declared, Adjusted, Compared, Paragraph)
_R = TypeVar("_R")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """一个项目的全部事实：填的、算的、写的。passages 是各处的文字；读报告时比工作簿多（前言、标题）；report 只在查报告时有。

    missing 是缺的和没有读的各处，gone 是里面记着填报内容的。misfits：读报告的表时对不上的、印着而不存的数。
    """

    figures: Figures
    extra_passages: tuple[Passage, ...] = ()
    differences: tuple[StoredDifference, ...] = ()
    outdated: tuple[StoredDifference, ...] = ()
    missing: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    report: ReportText | None = None
    misfits: tuple[Misfit, ...] = ()

    @property
    def monitoring(self) -> Monitoring:
        return self.figures.monitoring

    @property
    def rules(self) -> RuleSet:
        return self.figures.rules

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
        return indicators_of(self.monitoring)


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
