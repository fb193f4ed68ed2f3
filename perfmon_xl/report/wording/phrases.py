"""Drafts for the paragraphs of the report: what the figures show, and nothing that they do not show."""

from __future__ import annotations

from collections.abc import Mapping

from perfmon_xl.domain.figures import Figures
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.analyses import overall_drafts
from perfmon_xl.report.wording.conclusions import conclusion_drafts
from perfmon_xl.report.wording.funds import fund_drafts
from perfmon_xl.report.wording.grammar import Speaker
from perfmon_xl.report.wording.indicators import indicator_drafts
from perfmon_xl.report.wording.material import Material

Drafts = Mapping[str, Mapping[str, str]]  # record → subject → text


def drafts(figures: Figures, mark: Mark = unmarked, *, speaker: Speaker | None = None) -> Drafts:
    """可以起草的各段：资金说明、各指标、综合分析、结论。mark 给每个值做记号，写进报告时用。

    speaker 给出时用它说话：看一份草稿还可能写成什么样。
    """
    material = Material(figures=figures, mark=mark, speaker=speaker or Speaker())
    return {
        "fund_notes": fund_drafts(material),
        "analyses": indicator_drafts(material),
        "overall": overall_drafts(material),
        "conclusions": conclusion_drafts(material),
    }
