"""与上期相比: what can be compared, in the unit of this period; nothing is said of the rest."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.projects import project

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.rollover import Period, roll
from perfmon_xl.domain.since_last import Trend, change_text, comparable_text, since_last, trend
from perfmon_xl.domain.target import read_target


def row(actual: str, previous: str, annual: str = "") -> Compared:
    return Compared(annual=read_target(annual), actual=read_target(actual), previous=read_target(previous))


@pytest.mark.parametrize(
    ("actual", "previous", "told"),
    [
        ("120件", "90件", "+30件"),
        ("90件", "120件", "-30件"),
        ("90件", "90件", "没有变化"),
        ("86.5%", "90%", "-3.5个百分点"),
        ("1.5万元", "9000元", "+0.6万元"),
        ("0起", "2起", "-2起"),
        ("120件", "90人", ""),  # not the same thing
        ("120件", "", ""),
        ("", "90件", ""),
        ("≥90%", "85%", ""),  # a requirement, copied
        ("90%", ">=90%", ""),
        ("2024年5月", "2024年4月", ""),
        ("提升", "提升", ""),
    ],
)
def test_what_is_said_of_a_change(actual: str, previous: str, told: str) -> None:
    assert change_text(row(actual, previous)) == told


def test_a_number_without_a_unit_takes_the_target_s() -> None:
    assert change_text(row("120", "90", "≥150件")) == "+30件"


@given(st.decimals(0, 10**7, places=3), st.decimals(0, 10**7, places=3))
def test_there_and_back(one: Decimal, other: Decimal) -> None:
    there = since_last(row(f"{one}件", f"{other}件"))
    back = since_last(row(f"{other}件", f"{one}件"))
    assert there is not None and back is not None and there == -back == one - other


@given(st.decimals(0, 10**7, places=4))
def test_what_the_formula_reads_is_the_number(number: Decimal) -> None:
    written, unit = comparable_text(row("", f"{number}件")).split("|")
    assert (Decimal(written), unit) == (number, "件")


def test_a_trend_counts_what_can_be_compared() -> None:
    rows = [row("3件", "2件"), row("2件", "3件"), row("2件", "2件"), row("2件", ""), row("好", "好")]
    assert trend(rows) == Trend(more=1, less=1, same=1)


@pytest.mark.parametrize("period", ["2024-10", "2025-07"])
def test_what_adds_up_within_a_year_begins_anew_in_the_next(period: str) -> None:
    old = replace(project(6), adjusted=())
    rolled = roll(old, Period.parse(period))
    brought = {c.name: not c.previous.is_blank for c in rolled.monitoring.compared}
    assert any(c.accumulates for c in old.compared) and not all(c.accumulates for c in old.compared)
    assert brought == {c.name: period == "2024-10" or not c.accumulates for c in old.compared}
    assert any("从零算起" in note for note in rolled.notes) is (period == "2025-07")
