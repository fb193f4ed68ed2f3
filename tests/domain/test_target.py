"""Reading values as people type them: a table of spellings, and properties over all texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.spellings import SPELLINGS

from perfmon_xl.domain.target import SCALES, Comparator, Kind, TargetValue, read_target

D = Decimal


@pytest.mark.parametrize(
    ("text", "sign", "number", "unit"),
    [
        (">=70 件", "≥", "70", "件"),
        ("≧ 735 人次", "≥", "735", "人次"),
        ("═ 100 %", "=", "100", "%"),
        ("＞＝７０件", "≥", "70", "件"),
        ("=170件", "=", "170", "件"),
        ("不低于90%", "≥", "90", "%"),
        ("91%以上", "≥", "91", "%"),
        ("5天以内", "≤", "5", "天"),
        ("不超过5万元", "≤", "5", "万元"),
        ("至少3次", "≥", "3", "次"),
        ("最多3次", "≤", "3", "次"),
        ("超过80%", ">", "80", "%"),
        ("低于3%", "<", "3", "%"),
        ("70余件", "余", "70", "件"),
        ("200余万元", "余", "200", "万元"),
        ("约40%", "约", "40", "%"),
        ("40%左右", "约", "40", "%"),
        ("近5000人", "近", "5000", "人"),
        ("≥100百分比", "≥", "100", "%"),
        ("$\\geq 90\\%$", "≥", "90", "%"),
        ("1,234.56万元", "未写", "1234.56", "万元"),
        ("300元/人·月", "未写", "300", "元/人·月"),
        ("-0.5", "未写", "-0.5", ""),
        ("1234567890123456", "未识别", None, ""),
        ("1,23,4", "未识别", None, ""),
        ("1234,567", "未识别", None, ""),
        ("5.", "未识别", None, ""),
        ("1e5", "未识别", None, ""),
        ("--5", "未识别", None, ""),
        ("约5左右", "未识别", None, ""),
        ("≥70-80件", "未识别", None, ""),
        ("完成3项任务中的2项", "未识别", None, ""),
        ("≥90%且≤100%", "未识别", None, ""),
        ("158件（含行政2件）", "未识别", None, ""),
        ("≥", "未识别", None, ""),
        ("提升", "定性", None, ""),
        ("不低于上年", "定性", None, ""),
        ("12月底前完成", "日期", None, ""),
        ("---", "", None, ""),
        ("——", "", None, ""),
        ("/", "", None, ""),
        ("无", "", None, ""),
        ("　", "", None, ""),
    ],
)
def test_a_value_is_read_as_written(text: str, sign: str, number: str | None, unit: str) -> None:
    value = read_target(text)
    assert (value.sign, value.number, value.unit) == (sign, None if number is None else D(number), unit)
    assert value.raw == text


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("70-80件", "70", "80", "件"),
        ("70%～80%", "70", "80", "%"),
        ("70至80件", "70", "80", "件"),
        ("1万-2万元", None, None, ""),
        ("80-70件", None, None, ""),
        ("70件-80人", None, None, ""),
    ],
)
def test_a_range_has_one_unit_and_rises(text: str, low: str | None, high: str | None, unit: str) -> None:
    value = read_target(text)
    if low is None:
        assert value.kind is Kind.UNREAD
    else:
        assert (value.kind, value.number, value.upper, value.unit) == (
            Kind.RANGE,
            D(low),
            D(high or ""),
            unit,
        )


def test_a_full_date_is_a_day() -> None:
    assert read_target("2023年12月31日前").day == date(2023, 12, 31)
    assert read_target("2023年2月30日").day is None


def test_numbers_and_percent_cells_arrive_as_numbers() -> None:
    assert str(read_target(D("0.95"), percent=True)) == "95%"
    assert read_target(D("70")).number == 70
    assert read_target(D("NaN")).kind is Kind.WORDS


def test_base_units_scale_wan_and_yi() -> None:
    assert read_target("4.3816万元").base() == (D("43816.0000"), "元")
    assert read_target("1.2亿元").base() == (D("120000000"), "元")
    assert read_target("95%").base() == (D(95), "%")


_NUMBERS = st.decimals(min_value=-(10**8), max_value=10**8, places=4, allow_nan=False).map(
    lambda n: n.normalize() + 0
)
_UNITS = st.sampled_from(("", "件", "人次", "万元", "元", "%", "平方米", "元/人·月", "万人次", "亿元"))


@st.composite
def values(draw: st.DrawFn) -> TargetValue:
    number, unit = draw(_NUMBERS), draw(_UNITS)
    number = D(0) if number == 0 else D(format(number, "f"))
    if draw(st.booleans()):
        upper = number + draw(st.integers(0, 1000))
        if number >= 0:
            return TargetValue("", Kind.RANGE, Comparator.UNSTATED, number, upper, unit)
    comparator = draw(st.sampled_from(list(Comparator)))
    about = draw(st.sampled_from(("", "余", "约", "近"))) if not comparator else ""
    return TargetValue("", Kind.NUMBER, comparator, number, None, unit, about)


@settings(max_examples=400)
@given(values())
def test_a_value_survives_being_written_and_read(value: TargetValue) -> None:
    assert replace(read_target(str(value)), raw="") == value


_ALPHABET = st.sampled_from(
    list("0123456789.,-%≥≤><= 余多约近至万元件人次以上内左右年月日前底（）()/$\\~～—。提升") + list(SCALES)
)


@pytest.mark.slow
@settings(max_examples=10_000)
@given(st.one_of(st.text(), st.text(_ALPHABET, max_size=14), st.sampled_from(SPELLINGS).flatmap(
    lambda s: st.integers(0, max(0, len(s) - 1)).map(lambda i: s[:i] + s[i + 1 :] + s[i : i + 1])
)))  # fmt: skip
def test_no_text_raises_and_none_is_lost(text: str) -> None:
    value = read_target(text)
    assert value.raw == text
    assert (value.number is not None) == (value.kind in (Kind.NUMBER, Kind.RANGE))
