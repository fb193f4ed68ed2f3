"""The rules held against a Word report: what it need not print, and remedies that speak of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from perfmon_xl.domain.finding import Finding
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.registry import Problem, Rule

# Columns that a report's tables seldom have: a column that is not there is not a blank cell.
_SELDOM_PRINTED = frozenset({"cause", "likelihood", "forecast", "previous", "state"})
_WORDS = (
    ("“问题与措施”", "“主要问题”"),
    ("问题与措施", "主要问题"),
    ("指标分析里", "分析段落里"),
    ("指标分析", "分析段落"),
    ("项目进展里", "项目内容里"),
    ("进展表", "进展的文字"),
    ("处理意见", "正文"),
    ("在备注里", "在文字里"),
    ("备注", "说明"),
    ("单元格", "表格的格子"),
    ("工作簿", "报告"),
)


def unprinted(record: Any, problem: Problem) -> bool:
    """报告的表里没有这一栏，说不上空着。"""
    about = record if problem.of is None else problem.of
    if isinstance(about, Facts) or not about.place.in_report:
        return False
    return problem.field in _SELDOM_PRINTED and problem.field not in about.place.cells


def told_of_report(finding: Finding, rule: Rule | None) -> Finding:
    """“怎么改”说的是报告，不是工作簿的格子。"""
    hint = (rule.on_report if rule is not None else "") or finding.hint
    return replace(finding, message=_reworded(finding.message), hint=_reworded(hint))


def _reworded(text: str) -> str:
    for old, new in _WORDS:
        text = text.replace(old, new)
    return text
