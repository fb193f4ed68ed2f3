"""Runs the catalogue over the facts of one project: what is wrong, and what could not be judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from perfmon_xl.domain.finding import Finding, Result, Severity
from perfmon_xl.domain.model import Declared
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules.causes import OF_THE_BOOK
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.kinds import serves
from perfmon_xl.rules.nameless import in_words
from perfmon_xl.rules.on_report import on_report, unprinted
from perfmon_xl.rules.registry import Problem, Rule, catalogue
from perfmon_xl.rules.severity import ALSO_IN_DECLARED
from perfmon_xl.rules.subjects import subject_of

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def check(facts: Facts, rules: Iterable[Rule] | None = None) -> tuple[Finding, ...]:
    """用 rules（不给就是全部）检查一个项目：有问题的在前、无法判断的在后，各自先错误后提示。"""
    subjects = _Subjects(facts)
    findings: list[Finding] = []
    blocked: dict[Origin, set[str]] = {}
    kind = facts.monitoring.project.document_kind
    for rule in catalogue().values() if rules is None else rules:
        if not serves(rule.code, kind):
            continue
        if facts.report is None or rule.on_report is not None:
            findings += _run(rule, facts, subjects.of(rule), blocked)
    findings = [_with_blocked(f, blocked) for f in findings]
    if facts.report is not None:
        findings = [on_report(f, catalogue().get(f.code)) for f in findings]
    return tuple(sorted(findings, key=_rank))


def _rank(finding: Finding) -> tuple[bool, int]:
    """先是有问题的，后是无法判断的；各自从重到轻；同级的先后照规则和工作表。"""
    return finding.result is Result.CANNOT_JUDGE, _ORDER[finding.severity]


class _Subjects:
    """要查的记录，按类型；要同样几个属性的规则，哪些记录填好了、哪些读不懂，只看一遍。"""

    def __init__(self, facts: Facts) -> None:
        self._records: dict[type[Any], list[Any]] = {}
        report = () if facts.report is None else (facts.report,)
        for record in (facts, *facts.indicators, *report, *facts.monitoring.records()):
            self._records.setdefault(type(record), []).append(record)
        self._sorted: dict[tuple[type[Any], tuple[str, ...]], _Sorted] = {}

    def of(self, rule: Rule) -> _Sorted:
        asked = rule.subject, rule.needs
        if asked not in self._sorted:
            self._sorted[asked] = _sorted(self._records.get(rule.subject, ()), rule.needs)
        return self._sorted[asked]


@dataclass(frozen=True, slots=True)
class _Sorted:
    """一种记录里，填好了的和它们的值，读不懂的和读不懂的属性；空着的不在里面。"""

    ready: tuple[tuple[Any, Mapping[str, Any]], ...]
    unread: tuple[tuple[Any, tuple[str, ...]], ...]


def _sorted(records: Iterable[Any], needs: tuple[str, ...]) -> _Sorted:
    ready: list[tuple[Any, Mapping[str, Any]]] = []
    unread: list[tuple[Any, tuple[str, ...]]] = []
    for record in records:
        given = {name: getattr(record, name) for name in needs}
        faults = () if not needs or isinstance(record, Facts) else record.place.faults
        if faults and (names := tuple(name for name in needs if name in faults)):
            unread.append((record, names))
        elif not any(map(_blank, given.values())):
            ready.append((record, given))
    return _Sorted(tuple(ready), tuple(unread))


def _run(rule: Rule, facts: Facts, subjects: _Sorted, blocked: dict[Origin, set[str]]) -> Iterator[Finding]:
    for record, names in subjects.unread:
        for name in names:
            blocked.setdefault(record.place.at(name), set()).add(rule.code)
    for record, given in subjects.ready:
        for problem in (
            rule.check(record, facts, **given) if rule.takes_facts else rule.check(record, **given)
        ):
            if not unprinted(record, problem):
                yield _finding(
                    rule,
                    record,
                    problem,
                    "" if rule.code in OF_THE_BOOK else subject_of(facts, record, problem),
                )


def _blank(value: object) -> bool:
    if value is None:
        return True
    if isinstance(value, TargetValue):
        return value.is_blank
    return isinstance(value, str) and not value.strip()


def _finding(rule: Rule, record: Any, problem: Problem, subject: str) -> Finding:
    about = problem.of if problem.of is not None else record
    return Finding(
        code=rule.code,
        severity=problem.severity or _severity(rule, about),
        fact=in_words(problem.message),
        origin=problem.at or _origin(problem.of if problem.of is not None else record, problem.field),
        result=problem.result,
        remedy=in_words(problem.hint),
        basis=rule.basis,
        values=problem.values,
        field=problem.field,
        subject=subject,
    )


def _severity(rule: Rule, about: object) -> Severity:
    """表1照申报的原样印，改不得：里面的毛病最重是警告。"""
    if not isinstance(about, Declared) or rule.severity is not Severity.ERROR:
        return rule.severity
    return Severity.ERROR if rule.code in ALSO_IN_DECLARED and not about.place.in_report else Severity.WARNING


def _origin(record: Any, field: str) -> Origin | None:
    return None if isinstance(record, Facts) else record.place.at(field)


def _with_blocked(finding: Finding, blocked: Mapping[Origin, set[str]]) -> Finding:
    """读不懂的一格，说出因为它没有查成的规则：没有查不等于没有问题。"""
    codes = (
        sorted(blocked.get(finding.origin, ())) if finding.origin and finding.code.startswith("GS") else []
    )
    if not codes:
        return finding
    return finding.with_note(f"（因为这一格，{'、'.join(codes)} 没有查成，改好后再查。）")
