"""What a rule set wants explained, at the line where it begins to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfmon_xl.domain.explaining import causes, demands, likelihood
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Compared, Monitoring
from perfmon_xl.domain.policy import ExplainRules, IndicatorMethod, IndicatorRules, Light, RuleSet
from perfmon_xl.domain.target import read_target

D = Decimal


def wanted(
    annual: str, actual: str, explain: ExplainRules, *, cause: str = "", chosen: str = "", light: bool = False
) -> list[tuple[str, str]]:
    record = Compared(
        name="走访企业",
        level2="数量指标",
        annual=read_target(annual),
        actual=read_target(actual),
        cause=cause,
        likelihood=chosen,
    )
    method = IndicatorMethod.PACE if light else IndicatorMethod.NONE
    indicators = IndicatorRules(method=method, reached=("达成",), partly=("部分达成",), missed=("未达成",))
    rules = RuleSet(code="x", name="x", source="x", indicators=indicators, explain=explain)
    return [(d.field, d.why) for d in demands(figures_of(Monitoring(compared=(record,)), rules))]


@pytest.mark.parametrize(
    ("annual", "actual", "why"),
    [
        ("≥100家", "130家", "实际是全年目标的 130.00%"),
        ("≥100家", "129家", ""),
        ("≥100家", "130户", ""),
        ("≥-5%", "-10%", ""),
        ("提升", "130家", ""),
        ("≥100家", "未完成", ""),
        ("100-120家", "200家", ""),
        ("≤0件", "30件", "目标为零，实际 30件"),
        ("≤0件", "29件", ""),
    ],
)
def test_so_many_times_the_target(annual: str, actual: str, why: str) -> None:
    found = wanted(annual, actual, ExplainRules(over_ratio=D("1.3"), over_zero_target=D(30)))
    assert found == ([("cause", why), ("reason", why)] if why else [])


@pytest.mark.parametrize(
    ("annual", "actual", "why"),
    [
        ("=10所", "11所", "实际 11所 超过了目标 =10所"),
        ("=-5%", "-3%", "实际 -3% 超过了目标 =-5%"),
        ("=10所", "10所", ""),
        ("=10所", "9所", ""),
        ("≥10所", "11所", ""),
        ("≥100亩", "116亩", "实际比全年目标高 16.00%"),
        ("≥100亩", "115亩", ""),
        (">100亩", "116亩", "实际比全年目标高 16.00%"),
        ("100亩", "116亩", "实际比全年目标高 16.00%"),
        ("≤100亩", "116亩", ""),
        ("≥0亩", "116亩", ""),
    ],
)
def test_more_than_exactly_or_by_so_much(annual: str, actual: str, why: str) -> None:
    found = wanted(annual, actual, ExplainRules(over_equal=True, over_target_deviation=D("0.15")))
    assert found == ([("cause", why), ("reason", why)] if why else [])


@pytest.mark.parametrize(("annual", "actual"), [("=10所", "12所"), ("≥10所", "90所"), ("≤0件", "90件")])
def test_a_rule_set_that_says_nothing_wants_nothing(annual: str, actual: str) -> None:
    assert wanted(annual, actual, ExplainRules()) == []


@pytest.mark.parametrize(
    ("chosen", "fields"),
    [
        ("确定能", []),
        ("有可能", ["cause", "measure"]),
        ("完全不可能", ["cause", "measure"]),
        ("不 可能", ["cause", "measure"]),
        ("大概", []),
        ("", []),
    ],
)
def test_doubt_wants_a_cause_and_a_measure(chosen: str, fields: list[str]) -> None:
    assert [field for field, _ in wanted("≥10所", "9所", ExplainRules(), chosen=chosen)] == fields


def test_a_rule_set_may_want_more_of_the_doubtful() -> None:
    explain = ExplainRules(likelihood=("有可能",))
    found = wanted("≥10所", "9所", explain, chosen="有可能")
    assert [field for field, _ in found] == ["forecast", "cause", "reason", "measure"]


def test_a_cause_wants_a_reason() -> None:
    assert wanted("≥10所", "9所", ExplainRules(), cause="人员保障") == [("reason", "选了偏差原因“人员保障”")]


def test_a_light_wants_a_cause_and_a_reason_once() -> None:
    explain = ExplainRules(lights=(Light.RED,))
    found = wanted("提升", "未达成", explain, light=True)
    assert found == [("cause", "亮红灯"), ("reason", "亮红灯")]
    assert wanted("提升", "部分达成", explain, light=True) == []


def test_causes_are_taken_apart_and_known_by_their_usual_names() -> None:
    assert causes("经费保障、硬件保障；天气/其它\n经费保障") == (
        ("经费保障", "硬件条件保障", "其他"),
        ("天气",),
    )
    assert (likelihood("不可能"), likelihood("确定 能"), likelihood("能")) == ("完全不可能", "确定能", "")
