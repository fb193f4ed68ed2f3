"""One difference that an audit found: a finding with a place in the report beside the cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from perfmon_xl.domain.finding import Finding, Severity
from perfmon_xl.domain.origin import ChartPlace, Origin, ParagraphPlace, ReportPlace, TablePlace


class DifferenceKind(Enum):
    """一处不同的编号和叫法。"""

    EDITED = ("HD101", "改过", Severity.ERROR)
    MISSING = ("HD102", "缺了", Severity.ERROR)
    STALE = ("HD103", "过时", Severity.ERROR)
    UNTRACKED = ("HD104", "没有来历", Severity.WARNING)
    ROWS = ("HD105", "工作簿的行增减", Severity.ERROR)
    WORDING = ("HD106", "文字改过", Severity.WARNING)
    ORDER = ("HD107", "行的先后变了", Severity.WARNING)
    CHART = ("HD108", "图的数改过", Severity.ERROR)
    DIFFERS = ("HD109", "与工作簿不一样", Severity.ERROR)  # in a report without a record of its sources

    @property
    def code(self) -> str:
        return self.value[0]

    @property
    def title(self) -> str:
        return self.value[1]

    @property
    def severity(self) -> Severity:
        return self.value[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """一处不同：在报告的哪里、同工作簿的哪一格有关、几方各写的什么。paragraph 是第几段（从 0 数），写批注用。"""

    kind: DifferenceKind
    message: str
    hint: str
    place: ReportPlace
    origin: Origin | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    paragraph: int = -1

    @property
    def finding(self) -> Finding:
        return Finding(
            code=self.kind.code,
            severity=self.kind.severity,
            fact=self.message,
            origin=self.origin,
            remedy=self.hint,
            values=self.values,
        )

    @property
    def where(self) -> str:
        """报告 “二、资金情况”第3段；表里的说到行和栏，图说到图题。"""
        place = self.place
        section = f"“{place.headings[-1]}”" if place.headings else "报告开头"
        match place:
            case TablePlace():
                column = f"“{place.label}”栏" if place.label else ""
                return f"报告 {section}的“{place.table}”第{place.row}行{column}"
            case ChartPlace():
                return f"报告 {section}的“{place.name}”"
            case ParagraphPlace(number=0):
                return f"报告 标题{section}"
            case ParagraphPlace():
                return f"报告 {section}第{place.number}段"
        return str(place)

    def as_data(self) -> dict[str, Any]:
        """JSON 里的一条：和检查的一样，另有 report。"""
        return {**self.finding.as_data(), "report": {"heading": "", **self.place.as_data()}}

    def as_text(self) -> str:
        """错误 HD101  报告 …第3段 ← 表4!F7（…）⏎ 事实 ⏎ 怎么改。"""
        cell = f" ← {self.origin}" if self.origin is not None and self.origin.sheet else ""
        lines = [f"{self.kind.severity.chinese} {self.kind.code}  {self.where}{cell}", f"    {self.message}"]
        if self.hint:
            lines.append(f"    怎么改：{self.hint}")
        return "\n".join(lines)
