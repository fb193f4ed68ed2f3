"""测度在边界上的取值：零、空、0/0、反向、门槛正好相等。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from perfmon_xl import policy
from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import Amount, percent
from perfmon_xl.domain.policy import (
    Denominator,
    FundMethod,
    FundRules,
    IndicatorMethod,
    IndicatorRules,
    Light,
    PaceBasis,
)
from perfmon_xl.domain.target import read_target

PLATFORM = policy.get("平台通用")
OCTOBER = measures.pace(date(2023, 10, 31))


def wan(number: str | None) -> Amount | None:
    return None if number is None else Amount.wan(Decimal(number))


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def word(light: Light | None) -> str:
    return "" if light is None else light.value


@pytest.mark.parametrize(
    ("arrived", "budget", "rate"),
    [
        ("5", "5", "1"),
        ("0", "5", "0"),
        ("6", "5", "1.2"),
        ("5", "0", None),
        ("0", "0", None),
        (None, "5", None),
        ("5", None, None),
    ],
)
def test_arrival_rate(arrived: str | None, budget: str | None, rate: str | None) -> None:
    assert measures.arrival_rate(wan(arrived), wan(budget)) == number(rate)


@pytest.mark.parametrize(
    ("denominator", "rate"),
    [(Denominator.ADJUSTED, "0.5"), (Denominator.INITIAL, "0.4"), (Denominator.ARRIVED, "0.8")],
)
def test_execution_rate_has_three_denominators(denominator: Denominator, rate: str) -> None:
    found = measures.execution_rate(
        wan("2"), adjusted=wan("4"), initial=wan("5"), arrived=wan("2.5"), denominator=denominator
    )
    assert found == Decimal(rate)


@pytest.mark.parametrize(("spent", "adjusted"), [(None, "5"), ("1", None), ("1", "0"), ("0", "0")])
def test_there_is_no_execution_rate_of_nothing(spent: str | None, adjusted: str | None) -> None:
    assert measures.execution_rate(wan(spent), adjusted=wan(adjusted), initial=wan("9"), arrived=None) is None


@pytest.mark.parametrize(
    ("cutoff", "basis", "elapsed"),
    [
        (date(2023, 10, 31), PaceBasis.MONTH, Decimal(10) / 12),
        (date(2023, 10, 1), PaceBasis.MONTH, Decimal(10) / 12),
        (date(2023, 10, 31), PaceBasis.DAY, Decimal(304) / 365),
        (date(2024, 10, 31), PaceBasis.DAY, Decimal(305) / 366),
        (date(2024, 2, 29), PaceBasis.DAY, Decimal(60) / 366),
        (date(2023, 1, 1), PaceBasis.DAY, Decimal(1) / 365),
        (date(2023, 12, 31), PaceBasis.DAY, Decimal(1)),
        (None, PaceBasis.DAY, None),
    ],
)
def test_pace(cutoff: date | None, basis: PaceBasis, elapsed: Decimal | None) -> None:
    assert measures.pace(cutoff, basis) == elapsed


def test_pace_is_shown_as_published() -> None:
    by_day = measures.pace(date(2023, 10, 31), PaceBasis.DAY)
    assert OCTOBER is not None and by_day is not None
    assert (percent(OCTOBER), percent(by_day)) == ("83.33%", "83.29%")


def test_the_funds_of_the_known_report_are_green() -> None:
    rate = measures.execution_rate(
        Amount(Decimal("43816.1")), adjusted=wan("5"), initial=wan("5"), arrived=wan("5")
    )
    ratio = measures.pace_ratio(rate, OCTOBER)
    assert rate is not None and ratio is not None
    assert (percent(rate), percent(ratio, 1)) == ("87.63%", "105.2%")
    assert measures.fund_light(PLATFORM.funds, rate=rate, elapsed=OCTOBER, month=10) is Light.GREEN


@pytest.mark.parametrize(
    ("rate", "light"),
    [
        (Decimal("0.4999"), "红"),
        (Decimal("0.5"), "黄"),  # 0.5÷(10/12) 正好 60%
        (Decimal(2) / 3 - Decimal("0.00001"), "黄"),
        (Decimal(2) / 3, "绿"),  # 正好 80%
        (Decimal(3), "绿"),
        (None, ""),
    ],
)
def test_fund_light_by_pace(rate: Decimal | None, light: str) -> None:
    assert word(measures.fund_light(PLATFORM.funds, rate=rate, elapsed=OCTOBER, month=10)) == light


@pytest.mark.parametrize(
    ("month", "rate", "light"),
    [
        (3, "0", ""),  # 4 月以前没有底线
        (4, "0.2499", "黄"),
        (4, "0.25", "绿"),
        (7, "0.3999", "黄"),  # 7 月沿用 6 月的 40%
        (7, "0.4", "绿"),
        (10, "0.8", "绿"),
        (12, "0.79", "黄"),
        (None, "0.9", ""),
    ],
)
def test_fund_light_by_monthly_floor(month: int | None, rate: str, light: str) -> None:
    rules = policy.get("四川2025").funds
    assert word(measures.fund_light(rules, rate=Decimal(rate), elapsed=OCTOBER, month=month)) == light


@pytest.mark.parametrize(
    ("rate", "goals", "light"),
    [
        ("0.9", [True, True], "绿"),
        ("0.9", [True, False, None], "黄"),
        ("0.9", [True, None], ""),
        ("0.9", [], ""),
        ("0.5", [True, True], "红"),
    ],
)
def test_fund_light_by_plan_and_goal(rate: str, goals: list[bool | None], light: str) -> None:
    rules = policy.get("合肥").funds
    found = measures.fund_light(rules, rate=Decimal(rate), elapsed=OCTOBER, month=10, goals=goals)
    assert word(found) == light


def test_no_method_no_light() -> None:
    rules = FundRules(method=FundMethod.NONE)
    assert measures.fund_light(rules, rate=Decimal(0), elapsed=OCTOBER, month=10) is None


@pytest.mark.parametrize(
    ("actual", "annual", "rate"),
    [
        ("158件", "≥70件", Decimal(158) / 70),
        ("=158件", "≥70件", Decimal(158) / 70),
        ("5000余人次", "≥0.1万人次", Decimal(5)),
        ("43816.1元", "≤5万元", Decimal("0.876322")),
        ("0件", "≥70件", Decimal(0)),
        ("≥90%", "≥90%", None),  # 抄了一遍目标
        ("158人", "≥70人次", None),
        ("158", "≥70件", None),
        ("1件", "0件", None),
        ("", "≥70件", None),
        ("158件", "", None),
        ("75件", "70-80件", None),
        ("提升", "提升", None),
    ],
)
def test_completion_rate(actual: str, annual: str, rate: Decimal | None) -> None:
    assert measures.completion_rate(read_target(actual), read_target(annual)) == rate


@pytest.mark.parametrize(
    ("actual", "stage", "deviation", "rate"),
    [
        ("170件", "=158件", "12", Decimal(12) / 158),
        ("4.3816万元", "4万元", "0.3816", Decimal("0.0954")),
        ("43816元", "4万元", "0.3816", Decimal("0.0954")),
        ("85%", "≥90%", "-5", Decimal(-5) / 90),
        ("75件", "70-80件", "0", Decimal(0)),
        ("60件", "70-80件", "-10", Decimal(-10) / 70),
        ("90件", "70-80件", "10", Decimal("0.125")),
        ("-3%", "≥-5%", "2", Decimal("0.4")),  # 比应完成的高，是正数
        ("3件", "0件", "3", None),
        ("0件", "0件", "0", None),
        ("0件", "0-3件", "0", Decimal(0)),
        ("≥90%", "≥90%", None, None),
        ("", "4万元", None, None),
        ("4人", "4人次", None, None),
        ("提升", "提升", None, None),
    ],
)
def test_deviation(actual: str, stage: str, deviation: str | None, rate: Decimal | None) -> None:
    pair = read_target(actual), read_target(stage)
    assert (measures.deviation(*pair), measures.deviation_rate(*pair)) == (number(deviation), rate)


@pytest.mark.parametrize(
    ("annual", "stage", "actual", "met"),
    [
        ("≥70件", "", "70件", True),
        ("≥70件", "", "69.9件", False),
        (">70件", "", "70件", False),
        ("<5万元", "", "5万元", False),
        ("≤5万元", "", "5万元", True),
        ("≤5万元", "4万元", "4.3816万元", False),  # 阶段没写比较符，随全年的 ≤
        ("≤5万元", "4万元", "39999元", True),
        ("≥70件", "=158件", "170件", True),
        ("70件", "60件", "60件", True),
        ("=0件", "", "0件", True),
        ("=0件", "", "1件", False),
        ("70-80件", "", "80件", True),
        ("70-80件", "", "80.1件", False),
        ("≥90%", "≥90%", "≥90%", None),
        ("≥1000人次", "", "5000人", None),
        ("≥70件", "60件", "", None),
        ("", "", "5件", None),
        ("提升", "提升", "提升", True),
        ("提升", "提升", "部分达成", False),
        ("提升", "提升", "较好", None),
        ("提升", "提升", "12%", None),
        ("≥90%", "", "完成", None),
    ],
)
def test_is_met(annual: str, stage: str, actual: str, met: bool | None) -> None:
    found = measures.is_met(read_target(actual), read_target(stage), read_target(annual), PLATFORM.indicators)
    assert found is met


@pytest.mark.parametrize(
    ("annual", "actual", "light"),
    [
        ("≥70件", "158件", "蓝"),  # 270.9%
        ("≥120件", "120件", "蓝"),  # 正好 120%
        ("≥120件", "119.9件", "绿"),
        ("≥120件", "80件", "绿"),  # 正好 80%
        ("≥120件", "79.9件", "黄"),
        ("=120件", "60件", "黄"),  # 正好 60%
        ("120件", "59.9件", "红"),
        ("≤5万元", "4.3816万元", "绿"),
        ("≤5万元", "5万元", "绿"),
        ("≤5万元", "50001元", "红"),
        ("<5万元", "5万元", "红"),
        ("70-80件", "75件", "绿"),
        ("70-80件", "81件", "红"),
        ("=0件", "0件", "绿"),
        ("=0件", "1件", "红"),
        ("提升", "提升", "绿"),
        ("提升", "部分达成", "黄"),
        ("提升", "未达成", "红"),
        ("提升", "较好", ""),
        ("≥90%", "≥90%", ""),
        ("≥70件", "", ""),
        ("≥70件", "70人", ""),
    ],
)
def test_indicator_light(annual: str, actual: str, light: str) -> None:
    found = measures.indicator_light(
        read_target(actual),
        read_target(annual),
        level2="数量指标",
        elapsed=OCTOBER,
        rules=PLATFORM.indicators,
    )
    assert word(found) == light


@pytest.mark.parametrize(
    ("level2", "light"),
    [("数量指标", "蓝"), ("产出数量", "蓝"), ("质量指标", "绿"), ("别的", ""), ("", "")],
)
def test_some_rule_sets_do_not_prorate_quality(level2: str, light: str) -> None:
    rules = policy.get("山西").indicators
    found = measures.indicator_light(
        read_target("100%"), read_target("≥98%"), level2=level2, elapsed=OCTOBER, rules=rules
    )
    assert word(found) == light


def test_not_prorated_and_short_is_red_even_when_on_pace() -> None:
    rules = policy.get("山西").indicators
    found = measures.indicator_light(
        read_target("97.9%"), read_target("≥98%"), level2="质量指标", elapsed=OCTOBER, rules=rules
    )
    assert found is Light.RED


def test_an_indicator_has_no_light_without_a_date_or_a_method() -> None:
    actual, annual = read_target("1件"), read_target("≥70件")
    no_date = measures.indicator_light(
        actual, annual, level2="数量指标", elapsed=None, rules=PLATFORM.indicators
    )
    no_method = measures.indicator_light(
        actual,
        annual,
        level2="数量指标",
        elapsed=OCTOBER,
        rules=IndicatorRules(method=IndicatorMethod.NONE),
    )
    assert (no_date, no_method) == (None, None)


@pytest.mark.parametrize(
    ("lights", "worst"),
    [("绿蓝", "绿"), ("绿黄蓝", "黄"), ("黄红绿", "红"), ("蓝", "蓝"), ("", "")],
)
def test_the_worst_light_wins(lights: str, worst: str) -> None:
    assert word(measures.project_light([None, *map(Light, lights)])) == worst


def test_numbers_beyond_a_spreadsheet_do_not_raise() -> None:
    huge = read_target("≥" + "9" * 15 + "亿元")
    assert measures.reached(huge, huge, PLATFORM.indicators) is None
    assert measures.rounded(Decimal(10) ** 40) == Decimal(10) ** 40
