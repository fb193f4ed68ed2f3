"""Every rule belongs to a cause, and findings become matters in the order in which one mends."""

from __future__ import annotations

from perfmon_xl.domain.finding import Finding, Severity
from perfmon_xl.domain.matters import OTHER, WHOLE_BOOK, matters
from perfmon_xl.domain.origin import CellPlace
from perfmon_xl.rules.causes import ACTUAL, CAUSES, ORDER, STAGE, TIME
from perfmon_xl.rules.registry import catalogue


def test_every_rule_has_a_cause_of_the_order_of_work() -> None:
    without = [code for code, rule in catalogue().items() if rule.cause is OTHER]
    assert without == [], "put these codes into rules/causes.py, or say cause=… in @rule"
    assert {rule.cause for rule in catalogue().values()} == set(ORDER)
    assert set(CAUSES) <= set(catalogue())


def one(code: str, severity: Severity, cell: str, subject: str = "") -> Finding:
    return Finding(
        code=code,
        severity=severity,
        fact=f"{code} {cell}",
        origin=CellPlace("表4 目标对比表", cell[0], int(cell[1:])),
        subject=subject,
    )


def test_a_matter_is_one_subject_and_one_cause_the_gravest_first() -> None:
    causes = {"JD101": STAGE, "JD110": STAGE, "SJ101": ACTUAL, "XM101": TIME, "XM104": TIME}
    found = matters(
        [
            one("XM104", Severity.WARNING, "B1", "甲"),
            one("JD110", Severity.INFO, "E4", "甲"),
            one("XM101", Severity.ERROR, "B2", "乙"),
            one("SJ101", Severity.ERROR, "F4", "甲"),
            one("JD101", Severity.ERROR, "E4", "甲"),
            one("JD110", Severity.INFO, "E5", "乙"),
        ],
        causes,
        ORDER,
    )
    assert [(m.number, m.title, m.level) for m in found] == [
        (1, "甲：阶段目标值要核对（2 处）", "错误"),
        (2, "甲：实际值、预计要核实", "错误"),
        (3, f"{WHOLE_BOOK}：年份和时间（2 处）", "错误"),
        (4, "乙：阶段目标值要核对", "提示"),
    ]
    assert [f.code for f in found[0].findings] == ["JD101", "JD110"]
    assert found[0].places == "表4!E4" and found[2].places == "表4!B2、表4!B1"


def test_nothing_is_lost_and_nothing_counted_twice() -> None:
    findings = [one(code, rule.severity, f"A{n}") for n, (code, rule) in enumerate(catalogue().items())]
    grouped = [f for m in matters(findings, CAUSES, ORDER) for f in m.findings]
    assert sorted(f.code for f in grouped) == sorted(catalogue())
