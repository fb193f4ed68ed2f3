"""错误、警告、提示 mean what rules/severity.py says."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from rules.test_unseen import Case, _cases
from support.drawn import cases_in, facts, found_by

from perfmon_xl.domain.finding import Finding, Severity
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.registry import Rule, catalogue
from perfmon_xl.rules.severity import GROUNDS, MEANINGS

RULES = list(catalogue().values())
UNSEEN = _cases()


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
        if case.wrong:
            _no_contradiction(check(facts(case.text)))


@pytest.mark.slow
@pytest.mark.parametrize("case", UNSEEN, ids=lambda c: c.title[:30])
def test_no_contradictory_orders_over_whole_projects(case: Case) -> None:
    """The same over whole projects with a fault in each: many rules look at one cell there."""
    _no_contradiction(check(facts(case.project)))


def _no_contradiction(found: Iterable[Finding]) -> None:
    asked: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.origin is not None:
            asked.setdefault(str(finding.origin), []).append(finding)
    for place, findings in asked.items():
        orders = {order for f in findings for order in _orders(f)}
        for kind in ("写成", "归到"):
            assert len({value for k, value in orders if k == kind}) <= 1, _shown(place, findings)
        kinds = {k for k, _ in orders}
        assert not {"删去", "归到"} <= kinds, _shown(place, findings)
        assert not {"调高", "调低"} <= kinds, _shown(place, findings)


def _shown(place: str, findings: list[Finding]) -> str:
    return place + "：" + "；".join(f.as_text() for f in findings)


_ORDERS = (
    ("写成", r"(?:写成|改成|改为|选)“([^”]{1,20})”"),
    ("归到", r"(?:改归|移到|归到|放到)“([^”]{1,20})”"),
    ("删去", r"(?<!不要)(?<!确实)(?:删去|删掉)(?:这一行|这一条|它)()"),
    ("调高", r"(?:调高|提高)(?:目标|阶段)()"),
    ("调低", r"(?:调低|降低)(?:目标|阶段)()"),
)


def _orders(finding: Finding) -> set[tuple[str, str]]:
    """What the remedy tells to do with the cell itself, as data: 写成“=100%” is (写成, =100%)."""
    return {(kind, found[1]) for kind, pattern in _ORDERS for found in re.finditer(pattern, finding.hint)}
