"""Every rule belongs to a cause, and findings become matters in the order in which one mends."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("found", "titles"),
    [
        ([("SJ116", "甲"), ("SJ116", "乙"), ("SJ116", "丙")], ["多个指标：没有样本（3 处）"]),
        ([("SJ116", "甲"), ("SJ116", "乙")], [f"甲：{ACTUAL.words}", f"乙：{ACTUAL.words}"]),
        (
            [("SJ116", "甲"), ("SJ114", "甲"), ("SJ116", "乙"), ("SJ116", "丙"), ("SJ116", "丁")],
            [f"甲：{ACTUAL.words}（2 处）", "多个指标：没有样本（3 处）"],
        ),
        (
            [("SJ101", "甲"), ("SJ101", "乙"), ("SJ101", "丙")],
            [f"甲：{ACTUAL.words}", f"乙：{ACTUAL.words}", f"丙：{ACTUAL.words}"],
        ),
    ],
    ids=["三个指标一样的提示", "只有两个", "还有别的话的那一个不合", "错误一个一个改，不合"],
)
def test_the_same_light_remark_on_several_indicators_is_one_matter(
    found: list[tuple[str, str]], titles: list[str]
) -> None:
    light = {"SJ116": Severity.INFO, "SJ114": Severity.INFO, "SJ101": Severity.ERROR}
    findings = [one(code, light[code], f"F{n}", subject) for n, (code, subject) in enumerate(found, 4)]
    named = {"SJ116": "没有样本", "SJ101": "照抄目标"}
    assert [m.title for m in matters(findings, CAUSES, ORDER, (), named)] == titles


def test_nothing_is_lost_and_nothing_counted_twice() -> None:
    findings = [one(code, rule.severity, f"A{n}") for n, (code, rule) in enumerate(catalogue().items())]
    grouped = [f for m in matters(findings, CAUSES, ORDER) for f in m.findings]
    assert sorted(f.code for f in grouped) == sorted(catalogue())
