"""Every rule: a page, a unique code, examples that run, a case at its boundary."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.drawn import cases_in, failed

from perfmon_xl.rules.defects import BEYOND, DEFECTS
from perfmon_xl.rules.pages import readme
from perfmon_xl.rules.registry import Rule, catalogue

CASES = Path(__file__).with_name("cases")
RULES = list(catalogue().values())


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_the_examples_of_the_page_run(rule: Rule) -> None:
    assert "为什么：" in rule.page, f"{rule.code} 没有写为什么"
    cases = list(cases_in(rule.page))
    assert {c.wrong for c in cases} == {True, False}, f"{rule.code} 要有不对和对的例子各一个"
    for case in cases:
        assert not failed(rule, case), f"{rule.code}：{case.title}：{failed(rule, case)}"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda p: p.stem)
def test_the_cases_at_the_boundary(path: Path) -> None:
    rule = catalogue()[path.stem]
    cases = list(cases_in(path.read_text(encoding="utf-8")))
    assert cases
    for case in cases:
        assert not failed(rule, case), f"{case.title}：{failed(rule, case)}"


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_title_and_basis_say_something(rule: Rule) -> None:
    assert len(rule.title) >= 4 and rule.basis


def test_every_known_defect_has_a_rule_or_a_reason_why_not() -> None:
    covered = {defect for rule in RULES for defect in rule.covers}
    assert covered <= set(DEFECTS), covered - set(DEFECTS)
    assert set(DEFECTS) - covered == set(BEYOND)


def test_the_readme_beside_the_rules_is_fresh() -> None:
    import perfmon_xl.rules

    page = Path(perfmon_xl.rules.__file__).with_name("README.md")
    assert page.read_text(encoding="utf-8") == readme(catalogue())
