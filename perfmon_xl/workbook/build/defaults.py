"""What a fresh workbook already holds: the rows whose subjects are fixed."""

from __future__ import annotations

from dataclasses import replace

from perfmon_xl.domain.model import GoalChange, Monitoring, Paragraph
from perfmon_xl.layout import monitoring as layout

DEFAULT_RULE_SET = "通用"


def with_defaults(monitoring: Monitoring) -> Monitoring:
    """补上固定的事项：资金说明、综合分析、结论各段，表2的年度绩效目标，规则集。已有的不动。"""
    project = monitoring.project
    return replace(
        monitoring,
        project=project if project.rule_set else replace(project, rule_set=DEFAULT_RULE_SET),
        fund_notes=_with_missing(monitoring.fund_notes, "资金", layout.FUND_NOTE_SUBJECTS),
        overall=_with_missing(monitoring.overall, "综合分析", layout.OVERALL_SUBJECTS),
        conclusions=_with_missing(monitoring.conclusions, "结论", layout.CONCLUSION_SUBJECTS),
        goal_changes=monitoring.goal_changes or (GoalChange(subject="年度绩效目标"),),
    )


def _with_missing(
    have: tuple[Paragraph, ...], level1: str, subjects: tuple[str, ...]
) -> tuple[Paragraph, ...]:
    known = {paragraph.subject for paragraph in have}
    return have + tuple(Paragraph(level1=level1, subject=s) for s in subjects if s not in known)
