"""Drafts for the paragraphs of the report: what the figures show, and nothing that they do not show."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perfmon_xl.domain.figures import Figures
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.analyses import overall_drafts
from perfmon_xl.report.wording.conclusions import conclusion_drafts
from perfmon_xl.report.wording.funds import fund_drafts
from perfmon_xl.report.wording.grammar import Speaker
from perfmon_xl.report.wording.indicators import indicator_drafts
from perfmon_xl.report.wording.material import Material

Drafts = Mapping[str, Mapping[str, str]]  # record → subject → text


WRITERS: Mapping[str, Callable[[Material], Mapping[str, str]]] = {
    "fund_notes": fund_drafts,
    "analyses": indicator_drafts,
    "overall": overall_drafts,
    "conclusions": conclusion_drafts,
}


def drafts(figures: Figures, mark: Mark = unmarked) -> Drafts:
    """可以起草的各段：资金说明、各指标、综合分析、结论。mark 给每个值做记号，写进报告时用。"""
    material = Material(figures=figures, mark=mark, speaker=Speaker())
    return {record: write(material) for record, write in WRITERS.items()}
