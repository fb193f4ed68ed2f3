"""Runs the catalogue over the facts of one project: findings, and what was passed, not judged, not applicable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from perfmon_xl.domain.finding import Finding, Result, Severity
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.report_text import ReportText
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules.facts import Facts, Indicator
from perfmon_xl.rules.on_report import told_of_report, unprinted
from perfmon_xl.rules.registry import Problem, Rule, catalogue

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Outcome:
    """一条规则在这个项目上的结果：查了几处、过了几处、错几处、判断不了几处；applicable 是假的，没有可查的。"""

    looked: int = 0
    failed: int = 0
    unsure: int = 0
    blocked: int = 0

    @property
    def passed(self) -> int:
        return self.looked - self.failed - self.unsure - self.blocked

    @property
    def applicable(self) -> bool:
        return self.looked > 0


@dataclass(frozen=True, slots=True)
class Checked:
    """检查的结果：问题（先错误后提示），和每条规则的结果。"""

    findings: tuple[Finding, ...]
    outcomes: Mapping[str, Outcome]

    def count(self, severity: Severity) -> int:
        """这一级、判定为有问题的有几条；“无法判断”的不算在内。"""
        return sum(f.severity is severity and f.result is Result.FAIL for f in self.findings)

    @property
    def unsure(self) -> int:
        return sum(f.result is Result.CANNOT_JUDGE for f in self.findings)


def check(facts: Facts, rules: Iterable[Rule] | None = None) -> Checked:
    """用 rules（不给就是全部）检查一个项目。"""
    chosen = tuple(catalogue().values() if rules is None else rules)
    subjects = _subjects(facts, chosen)
    findings: list[Finding] = []
    outcomes: dict[str, Outcome] = {}
    blocked: dict[Origin, set[str]] = {}
    for rule in chosen:
        if facts.report is not None and rule.on_report is None:
            outcomes[rule.code] = Outcome()
            continue
        found, outcome = _run(rule, facts, subjects.get(rule.subject, ()), blocked)
        findings += found
        outcomes[rule.code] = outcome
    findings = [_with_blocked(f, blocked) for f in findings]
    if facts.report is not None:
        findings = [told_of_report(f, catalogue().get(f.code)) for f in findings]
    return Checked(tuple(sorted(findings, key=_rank)), outcomes)


def _rank(finding: Finding) -> tuple[bool, int]:
    """先是有问题的，后是无法判断的；各自从重到轻；同级的先后照规则和工作表。"""
    return finding.result is Result.CANNOT_JUDGE, _ORDER[finding.severity]


@dataclass(frozen=True, slots=True)
class _Subject:
    """要查的一条记录，和规则要的属性里空着的、读不懂的：看一遍，全部规则都用得上。"""

    record: Any
    blank: frozenset[str]
    faulty: frozenset[str]


def _subjects(facts: Facts, rules: Sequence[Rule]) -> Mapping[type[Any], list[_Subject]]:
    needs: dict[type[Any], set[str]] = {}
    for rule in rules:
        needs.setdefault(rule.subject, set()).update(rule.needs)
    records = [facts, *facts.indicators, *facts.monitoring.records()]
    if facts.report is not None:
        records.append(facts.report)
    found: dict[type[Any], list[_Subject]] = {}
    for record in records:
        names = needs.get(type(record), ())
        blank = frozenset(name for name in names if _blank(getattr(record, name)))
        faulty = frozenset(record.place.faults) if names and not isinstance(record, Facts) else frozenset()
        found.setdefault(type(record), []).append(_Subject(record, blank, faulty))
    return found


def _run(
    rule: Rule, facts: Facts, subjects: Iterable[_Subject], blocked: dict[Origin, set[str]]
) -> tuple[list[Finding], Outcome]:
    findings: list[Finding] = []
    looked = failed = unsure = unread = 0
    for subject in subjects:
        record = subject.record
        if not subject.faulty.isdisjoint(rule.needs):
            looked += 1
            unread += 1
            for name in subject.faulty.intersection(rule.needs):
                blocked.setdefault(record.place.at(name), set()).add(rule.code)
            continue
        if not subject.blank.isdisjoint(rule.needs):
            continue
        looked += 1
        found = [p for p in _problems(rule, facts, record) if not unprinted(record, p)]
        if not found:
            continue
        findings += [_finding(rule, record, problem) for problem in found]
        fails = any(p.result is Result.FAIL for p in found)
        failed += fails
        unsure += not fails
    return findings, Outcome(looked, failed, unsure, unread)


def _problems(rule: Rule, facts: Facts, record: Any) -> Iterable[Problem]:
    given = {name: getattr(record, name) for name in rule.needs}
    return rule.check(record, facts, **given) if rule.takes_facts else rule.check(record, **given)


def _blank(value: object) -> bool:
    if value is None:
        return True
    if isinstance(value, TargetValue):
        return value.is_blank
    return isinstance(value, str) and not value.strip()


def _finding(rule: Rule, record: Any, problem: Problem) -> Finding:
    return Finding(
        code=rule.code,
        severity=rule.severity,
        message=problem.message,
        origin=problem.at or _origin(problem.of if problem.of is not None else record, problem.field),
        result=problem.result,
        hint=problem.hint,
        basis=rule.basis,
        values=problem.values,
        field=problem.field,
    )


def _origin(record: Any, field: str) -> Origin | None:
    return None if isinstance(record, Facts) else record.place.at(field)


def _with_blocked(finding: Finding, blocked: Mapping[Origin, set[str]]) -> Finding:
    """读不懂的一格，说出因为它没有查成的规则：没有查不等于没有问题。"""
    codes = (
        sorted(blocked.get(finding.origin, ())) if finding.origin and finding.code.startswith("GS") else []
    )
    if not codes:
        return finding
    note = f"{finding.hint}（因为这一格，{'、'.join(codes)} 没有查成，改好后再查。）"
    return finding.with_hint(note)
