"""The passages of text in a monitoring: where each stands, what it is about, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.origin import Origin

_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?]*")


class Topic(StrEnum):
    """一段文字讲什么。"""

    NAME = "名称"
    BASIS = "政策依据"
    BACKGROUND = "项目背景"
    SCOPE = "项目内容"
    PROGRESS = "项目进展"
    FUND_SOURCE = "资金原因"
    FUND_NOTE = "资金说明"
    GOAL = "绩效目标"
    EXPLANATION = "指标解释"
    REASON = "偏差说明"
    INDICATOR = "指标分析"
    OVERALL = "综合分析"
    PROBLEM = "问题"
    MEASURE = "措施"
    CONCLUSION = "结论"
    OTHER = "其他"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """一段文字：在哪里、讲什么、讲的是谁（指标名称、事项、问题标题）、原文、它来自哪条记录的哪个属性。"""

    origin: Origin
    topic: Topic
    subject: str = ""
    text: str = ""
    record: Any = None
    field: str = ""

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """按句号、分号、换行分开的句子，带着末尾的标点。"""
        return tuple(s for s in _SENTENCE.findall(self.text) if s.strip())


def passages_of(monitoring: Monitoring) -> tuple[Passage, ...]:
    """工作簿里全部有内容的文字，先后照工作表。"""
    return tuple(p for p in _all_passages(monitoring) if p.text.strip())


def _all_passages(monitoring: Monitoring) -> Iterator[Passage]:
    def one(record: Any, field: str, topic: Topic, subject: str = "") -> Passage:
        return Passage(
            origin=record.place.at(field),
            topic=topic,
            subject=subject,
            text=getattr(record, field),
            record=record,
            field=field,
        )

    project = monitoring.project
    yield one(project, "name", Topic.NAME)
    yield one(project, "basis", Topic.BASIS)
    yield one(project, "background", Topic.BACKGROUND)
    yield one(project, "scope", Topic.SCOPE)
    for progress in monitoring.progress:
        yield one(progress, "text", Topic.PROGRESS, progress.subject)
    for funding in monitoring.funding:
        yield one(funding, "reason", Topic.FUND_SOURCE, funding.source)
    for note in monitoring.fund_notes:
        yield one(note, "text", Topic.FUND_NOTE, note.subject)
    yield one(monitoring.goal, "text", Topic.GOAL, "申报")
    for change in monitoring.goal_changes:
        yield one(change, "original", Topic.GOAL, "原申报")
        yield one(change, "revised", Topic.GOAL, "调整后")
    for adjusted in monitoring.adjusted:
        yield one(adjusted, "explanation", Topic.EXPLANATION, adjusted.name)
    for compared in monitoring.compared:
        yield one(compared, "reason", Topic.REASON, compared.name)
        yield one(compared, "measure", Topic.MEASURE, compared.name)
    for paragraph in monitoring.analyses:
        yield one(paragraph, "text", Topic.INDICATOR, paragraph.subject)
    for paragraph in monitoring.overall:
        yield one(paragraph, "text", Topic.OVERALL, paragraph.subject)
    for problem in monitoring.problems:
        yield one(problem, "title", Topic.PROBLEM, problem.title)
        yield one(problem, "text", Topic.PROBLEM, problem.title)
        yield one(problem, "measure_title", Topic.MEASURE, problem.title)
        yield one(problem, "measure", Topic.MEASURE, problem.title)
    for paragraph in monitoring.conclusions:
        yield one(paragraph, "text", Topic.CONCLUSION, paragraph.subject)
