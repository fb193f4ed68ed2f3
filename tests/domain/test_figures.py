"""The figures of a project: computed once, from the records, and the same wherever they are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.figures import Figures, figures_of
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.model import Adjusted, Compared, Declared, Funding, Monitoring, Paragraph, Project
from perfmon_xl.domain.policy import Denominator, Light
from perfmon_xl.domain.target import read_target
from perfmon_xl.policy import get
from perfmon_xl.workbook.computed import compute_book


def row(name: str, annual: str = "", stage: str = "", actual: str = "") -> Compared:
    values = {"annual": read_target(annual), "stage": read_target(stage), "actual": read_target(actual)}
    return Compared(level2="数量指标", name=name, **values)


def book(*rows: Compared, spent: str = "60") -> Monitoring:
    money = Funding(source="财政拨款", initial=Amount.wan(Decimal(100)), spent=Amount.wan(Decimal(spent)))
    return Monitoring(project=Project(cutoff=date(2024, 6, 30)), funding=(money,), compared=rows)


REACHED, MISSED = row("修渠", "≥10公里", "≥5公里", "6公里"), row("栽树", "≥900株", "≥450株", "300株")


@pytest.mark.parametrize(
    ("rows", "spent", "light", "behind"),
    [
        ((REACHED,), "60", Light.GREEN, False),
        ((REACHED, MISSED), "60", Light.YELLOW, False),  # the money is there, a goal is not
        ((REACHED, MISSED), "40", Light.RED, True),
        ((REACHED, row("开会")), "60", Light.GREEN, False),  # nothing typed yet is no goal missed
        ((REACHED, row("", "≥5场", "≥5场", "1场")), "60", Light.YELLOW, False),  # a row without a name counts
    ],
)
def test_there_is_one_light_of_the_funds(
    rows: tuple[Compared, ...], spent: str, light: Light, behind: bool
) -> None:
    figures = figures_of(book(*rows, spent=spent), get("合肥"))
    assert (figures.funds.light, figures.funds.is_behind) == (light, behind)
    assert compute_book(figures).cells["资金预警"] == light.value


@pytest.mark.parametrize(
    ("denominator", "whole", "rate"),
    [
        (Denominator.ADJUSTED, 120, "0.5"),
        (Denominator.INITIAL, 100, "0.6"),
        (Denominator.ARRIVED, 80, "0.75"),
    ],
)
def test_the_divisor_is_known_with_the_rate(denominator: Denominator, whole: int, rate: str) -> None:
    rules = replace(get(), funds=replace(get().funds, denominator=denominator))
    source = replace(book().funding[0], adjusted=Amount.wan(Decimal(120)), arrived=Amount.wan(Decimal(80)))
    figures = figures_of(replace(book(), funding=(source,)), rules)
    for money in (figures.funds, *figures.sources):
        assert (money.denominator, money.execution_rate) == (Amount.wan(Decimal(whole)), Decimal(rate))


def test_the_outcome_counts_the_rows_with_a_name() -> None:
    figures = figures_of(book(REACHED, MISSED, row("开会"), row("", "≥5场", "≥5场", "5场")), get())
    outcome = figures.outcome
    assert (outcome.count, outcome.met, outcome.unmet, outcome.unknown) == (3, 1, 1, 1)
    assert outcome.average_completion == (Decimal(6) / 10 + Decimal(300) / 900) / 2
    assert [n for n, _, _ in figures.named()] == [0, 1, 2]
    assert figures.of(figures.monitoring.compared[3]).met is True


def kept(before: Figures, monitoring: Monitoring) -> bool:
    again = figures_of(monitoring, before.rules, before)
    assert again.monitoring is monitoring and again == figures_of(monitoring, before.rules)
    return again.indicators is before.indicators


def test_what_nothing_depends_on_does_not_ask_for_new_figures() -> None:
    before = figures_of(book(REACHED, MISSED), get())
    same = replace(before.monitoring, analyses=(Paragraph(subject="修渠", text="修好了。"),))
    assert kept(before, same)
    assert not kept(before, replace(same, compared=(REACHED,)))
    assert not kept(before, replace(same, project=Project(cutoff=date(2024, 7, 31))))
    assert not kept(before, replace(same, funding=()))
    other = figures_of(same, get("合肥"), before)
    assert other == figures_of(same, get("合肥"))


def test_the_rows_of_three_tables_answer_the_same_questions() -> None:
    target = read_target(" ≥10公里 ")
    rows = (
        Declared(level2="数量指标", name=" 修渠 ", target=target),
        Adjusted(level2="数量指标", name=" 修渠 ", target=target, change=" 删除 ", tracked="是"),
        Compared(level2="数量指标", name=" 修渠 ", annual=target),
    )
    assert [r.table for r in rows] == ["表1", "表3", "表4"]
    assert [getattr(r, r.target_field) for r in rows] == [r.annual_target for r in rows] == [target] * 3
    assert {(r.title, r.target_text, r.is_named) for r in rows} == {("修渠", "≥10公里", True)}
    assert [r.is_deleted for r in rows] == [False, True, False] and not rows[1].is_tracked
    assert replace(rows[1], change="调整").is_tracked and not replace(rows[1], tracked="否").is_tracked


def test_the_indicators_that_hold_are_those_of_the_last_table() -> None:
    declared, adjusted = Declared(name="甲"), Adjusted(name="乙")
    gone, unnamed = Adjusted(name="丙", change="删除"), Adjusted(level1="产出指标")
    compared = Compared(name="丁")
    everything = Monitoring(declared=(declared,), adjusted=(adjusted, gone), compared=(compared,))
    assert everything.current_rows == (adjusted,)
    assert replace(everything, adjusted=(gone, unnamed)).current_rows == (compared,)
    assert Monitoring(declared=(declared,)).current_rows == (declared,)
    assert Monitoring(adjusted=(unnamed,)).current_rows == (unnamed,)
    assert Monitoring().current_rows == ()


@pytest.mark.parametrize("kind", [Declared, Adjusted, Compared])
def test_a_question_is_no_entry(kind: type[IndicatorRow]) -> None:
    """指纹数的是填写的栏目：多出表名这样的，以前出的报告就都成了“改过”的。"""
    entries = getattr(kind, "__dataclass_fields__")  # noqa: B009
    assert {"name", "level2", "place"} <= set(entries) and {"table", "target_field"}.isdisjoint(entries)
