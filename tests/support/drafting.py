"""A project drafted in memory, as `fill` would: the texts by record and subject, the problems by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from perfmon_xl.app.checking import criticisms
from perfmon_xl.data import from_data
from perfmon_xl.domain.figures import Figures, figures_of
from perfmon_xl.domain.model import Monitoring, Paragraph
from perfmon_xl.domain.origin import RowPlace
from perfmon_xl.policy import get
from perfmon_xl.report.wording.phrases import drafts
from perfmon_xl.report.wording.problems import problem_drafts
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts

SHEETS = {"fund_notes": "资金说明", "analyses": "指标分析", "overall": "指标分析", "conclusions": "指标分析"}


def drafted(data: Mapping[str, Any] | Monitoring) -> Figures:
    """项目的数，各段和问题都是草稿。"""
    monitoring = data if isinstance(data, Monitoring) else from_data(dict(data))
    rules = get(monitoring.project.rule_set)
    texts = drafts(figures_of(monitoring, rules))
    monitoring = replace(
        monitoring,
        **{
            record: tuple(
                Paragraph(subject=s, text=t, draft=t, place=RowPlace(sheet=SHEETS[record], row=n))
                for n, (s, t) in enumerate(found.items(), 1)
            )
            for record, found in texts.items()
        },
    )
    figures = figures_of(monitoring, rules)
    problems = problem_drafts(figures, criticisms(check(Facts(figures=figures))))
    return figures_of(replace(monitoring, problems=problems), rules)


def paragraphs(figures: Figures) -> list[str]:
    """各段草稿，先后照报告。"""
    monitoring = figures.monitoring
    told = [p.text for name in SHEETS for p in getattr(monitoring, name)]
    return [*told, *(text for p in monitoring.problems for text in (p.text, p.measure))]
