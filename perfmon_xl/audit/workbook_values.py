"""What the workbook says now, by identity: every value that a report could print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from perfmon_xl import __version__
from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.fingerprint import fingerprint, rules_fingerprint
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.report.drawing.charts import charts_of
from perfmon_xl.report.tracing.provenance import Record
from perfmon_xl.report.tracing.sources import RecordedPoint, Source, Sources, recorded_points
from perfmon_xl.report.tracing.tracked import CLOSE, clean, marked, marked_text, values_in
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.report.wording.phrases import drafts

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


class CurrentValue(NamedTuple):
    """一个值现在在工作簿里的文字和来历。"""

    text: str
    source: Source


def current_values(figures: Figures, *, draft: bool = False) -> Mapping[str, CurrentValue]:
    """身份 → 现在的值；草稿里的数也算，哪怕段落已经改写。draft：报告是征求意见稿。"""
    sources = Sources(figures.monitoring)
    values: dict[str, CurrentValue] = {}
    texts = [text for group in drafts(figures, marked).values() for text in group.values()]
    _collect(compose(figures, draft=draft), texts)
    for text in texts:
        if CLOSE in text:
            whole = clean(text)
            for value in values_in(text):
                source = sources.of(value.key)
                values[source.identity] = CurrentValue(whole[value.start : value.end], source)
    return values


def recorded_values(record: Record) -> Mapping[str, CurrentValue]:
    """填写内容、规则集、程序都没有变的，工作簿现在的值就是记下的值。"""
    return {v.source.identity: CurrentValue(v.text, v.source) for v in record.values}


def is_unchanged(record: Record, monitoring: Monitoring, rules: RuleSet) -> bool:
    """出报告以后，填写的内容、规则集和程序版本有没有变。"""
    made = record.made
    return (made.program, made.entries, made.rules) == (
        __version__,
        fingerprint(monitoring),
        rules_fingerprint(rules),
    )


def current_points(figures: Figures) -> Mapping[str, RecordedPoint]:
    """身份 → 图上的数现在该是多少。"""
    return {
        point.source.identity: point
        for charts in charts_of(figures).values()
        for chart in charts
        for point in recorded_points(chart)
    }


def _collect(value: Any, texts: list[str]) -> None:
    """各处的文字，带着记号的写法，先后照内容。"""
    if isinstance(value, str):
        texts.append(marked_text(value))
    elif isinstance(value, tuple):
        for one in value:
            _collect(one, texts)
    else:
        for name in getattr(value, "__dataclass_fields__", ()):
            _collect(getattr(value, name), texts)


def row_of(identity: str) -> tuple[str, str] | None:
    """值属于哪张表的哪一行；不是表里的是 None。"""
    match = ROW.match(identity)
    return (match[1], match[2]) if match and match[1] in TABLES else None
