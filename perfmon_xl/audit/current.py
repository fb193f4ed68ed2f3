"""What the workbook says now, by identity: every value that a report could print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.report.charts import charts_of
from perfmon_xl.report.compose import compose
from perfmon_xl.report.phrases import drafts
from perfmon_xl.report.sources import RecordedPoint, Source, Sources, recorded_points
from perfmon_xl.report.tracked import clean, marked, marked_text, values_in

ROW = re.compile(r"([a-z_]+)\[(.*)\]\.", re.S)
TABLES = {
    "progress": "项目进展",
    "funding": "资金来源",
    "spending": "支出明细",
    "declared": "表1",
    "goal_changes": "表2",
    "adjusted": "表3",
    "compared": "表4",
    "problems": "问题与措施",
}


@dataclass(frozen=True, slots=True)
class Now:
    """一个值现在在工作簿里的文字（带着里面各个值的记号）和来历。"""

    marked: str
    source: Source

    @property
    def text(self) -> str:
        return clean(self.marked)


def current_values(monitoring: Monitoring, rules: RuleSet) -> Mapping[str, Now]:
    """身份 → 现在的值；草稿里的数也算，哪怕段落已经改写。"""
    sources = Sources(monitoring)
    found: dict[str, Now] = {}
    texts = [text for group in drafts(monitoring, rules, marked).values() for text in group.values()]
    for text in [*texts, *_texts(compose(monitoring, rules))]:
        whole = clean(text)
        for value in values_in(text):
            source = sources.of(value.token)
            inner = _inner(text) if value.depth == 0 and value.end - value.start == len(whole) else ""
            found[source.identity] = Now(inner or whole[value.start : value.end], source)
    return found


def current_points(monitoring: Monitoring, rules: RuleSet) -> Mapping[str, RecordedPoint]:
    """身份 → 图上的数现在该是多少。"""
    return {
        point.source.identity: point
        for charts in charts_of(monitoring, rules).values()
        for chart in charts
        for point in recorded_points(chart)
    }


def _inner(text: str) -> str:
    """去掉最外一层记号。"""
    from perfmon_xl.report.tracked import CLOSE, KEY_END, OPEN

    if text.startswith(OPEN) and text.endswith(CLOSE):
        return text[text.index(KEY_END) + 1 : -1]
    return text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield marked_text(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))


def row_of(identity: str) -> tuple[str, str] | None:
    """值属于哪张表的哪一行；不是表里的是 None。"""
    found = ROW.match(identity)
    return (found[1], found[2]) if found and found[1] in TABLES else None
