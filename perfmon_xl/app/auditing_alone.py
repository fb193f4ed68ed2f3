"""A report held against itself: tables against text, text against text, and the text as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perfmon_xl.app.checking import summary_of
from perfmon_xl.app.facts_of_report import report_facts
from perfmon_xl.app.importing import read_report
from perfmon_xl.domain.finding import Finding, Result, Severity
from perfmon_xl.domain.origin import ReportPlace
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.report_text import LineKind, ReportText
from perfmon_xl.importing.found import Imported, Leftover
from perfmon_xl.importing.table_result import UNREAD


@dataclass(frozen=True, slots=True)
class AuditedReport:
    """一份报告查自己的结果：问题、用的规则集、没有读懂的地方、报告全文。"""

    findings: tuple[Finding, ...]
    rule_set: RuleSet
    unread: tuple[Leftover, ...]
    text: ReportText

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.ERROR and f.result is Result.FAIL)

    @property
    def verdict(self) -> str:
        """一句话：几处错误、警告、提示，几处判断不了。"""
        counts = summary_of(self.findings)
        if not self.findings:
            return "没有发现问题。"
        return (
            f"错误 {counts['errors']} 处，警告 {counts['warnings']} 处，提示 {counts['infos']} 处，"
            f"无法判断 {counts['cannot_judge']} 处（预警按“{self.rule_set.name}”）。"
        )

    def as_data(self, report: str) -> dict[str, Any]:
        """JSON 的样子：report、rule_set、summary、findings；每条的 report 是在报告里的位置。"""
        return {
            "report": report,
            "rule_set": self.rule_set.name,
            "summary": {"verdict": self.verdict, **summary_of(self.findings)},
            "findings": [f.as_data() | {"report": _report_place(f)} for f in self.findings],
        }


def _report_place(finding: Finding) -> Mapping[str, object]:
    """报告里的位置：标题和第几段，或者表、行、栏。"""
    return finding.origin.as_data() if isinstance(finding.origin, ReportPlace) else {}


def audit_alone(path: Path) -> AuditedReport:
    """用检查工作簿的那些规则检查一份 Word 报告，再查报告才有的：编号、目录、表题、前后叫法。"""
    return audit_imported(read_report(path))


def audit_imported(imported: Imported) -> AuditedReport:
    """检查已经读出来的报告。"""
    from perfmon_xl.rules.engine import check

    facts = report_facts(imported)
    pictures = {line.origin for line in imported.text.of(LineKind.PICTURE)}
    unread = tuple(x for x in imported.leftovers if x.place in pictures or x.why.startswith(UNREAD))
    return AuditedReport(check(facts), facts.rules, unread, imported.text)
