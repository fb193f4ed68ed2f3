"""错误、警告、提示 mean what rules/severity.py says."""

from __future__ import annotations

import re

import pytest
from support.drawn import cases_in, facts, found_by

from perfmon_xl.domain.finding import Finding, Severity
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.registry import Rule, catalogue
from perfmon_xl.rules.severity import GROUNDS, MEANINGS

RULES = list(catalogue().values())


def test_every_error_has_its_ground_and_nothing_else_has_one() -> None:
    assert {rule.code for rule in RULES if rule.severity is Severity.ERROR} == set(GROUNDS)


def test_every_level_is_explained() -> None:
    assert set(MEANINGS) == {*(level.chinese for level in Severity), "无法判断"}


@pytest.mark.parametrize("rule", [r for r in RULES if r.severity is Severity.INFO], ids=lambda r: r.code)
def test_a_remark_of_style_speaks_of_no_contradiction(rule: Rule) -> None:
    assert rule.basis in ("通行做法", "文内勾稽", "文表勾稽", "表间勾稽")


def test_faults_of_table_1_are_at_most_warnings() -> None:
    drawn = """
        目标申报表
        | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
        | 效益指标 | 质量指标 | 设备合格率 | ≥120% |
        | 产出指标 | 数量指标 | 培训人数 | |
        """
    found = [f for f in check(facts(drawn)) if f.origin is not None and "表1" in str(f.origin)]
    assert found and all(f.severity is not Severity.ERROR for f in found), [f.as_text() for f in found]


def test_a_placeholder_in_table_1_is_an_error_of_the_workbook() -> None:
    drawn = """
        目标申报表
        | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
        | 产出指标 | 数量指标 | 苗木栽植数量 | ≥**株 |
        """
    assert Severity.ERROR in {f.severity for f in found_by(catalogue()["XM109"], drawn)}


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_no_two_rules_give_contradictory_orders_for_one_cell(rule: Rule) -> None:
    """All rules over every wrong example: one cell is never to be written in two ways."""
    for case in cases_in(rule.page):
        if not case.wrong:
            continue
        asked: dict[str, list[Finding]] = {}
        for finding in check(facts(case.text)):
            asked.setdefault(str(finding.origin), []).append(finding)
        for place, findings in asked.items():
            wanted = {value for f in findings for value in _written(f)}
            assert len(wanted) <= 1, (place, [f.as_text() for f in findings])


def _written(finding: Finding) -> set[str]:
    """What the remedy tells to write into the cell itself, word for word: 写成“=100%”。"""
    return set(re.findall(r"(?:写成|改成|改为|选)“([^”]{1,20})”", finding.hint))
