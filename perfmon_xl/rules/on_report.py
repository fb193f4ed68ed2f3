"""The rules held against a Word report: what it need not print, and remedies that speak of the report."""

from __future__ import annotations

from typing import Any

from perfmon_xl.domain.finding import Finding
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.registry import Problem, Rule

# Columns that a report's tables seldom have: a column that is not there is not a blank cell.
_SELDOM_PRINTED = frozenset({"cause", "likelihood", "forecast", "previous", "state"})


def unprinted(record: Any, problem: Problem) -> bool:
    """报告的表里没有这一栏，说不上空着。"""
    about = record if problem.of is None else problem.of
    if isinstance(about, Facts) or not about.place.in_report:
        return False
    return problem.field in _SELDOM_PRINTED and problem.field not in about.place.cells


def on_report(finding: Finding, rule: Rule | None) -> Finding:
    """说的是报告，不是工作簿：各用报告的叫法，规则另有“怎么改”的用它。"""
    return finding.on_report((rule.on_report if rule is not None else "") or "")
