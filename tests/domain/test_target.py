"""Reading values as people type them: a table of spellings, and properties over all texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.spellings import READ_BY_PROGRAM, SPELLINGS

from perfmon_xl.domain import dates
from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.domain.spelling import (
    LONGEST_UNIT,
    MOST_DIGITS,
    YEARS,
    is_unit,
    looks_like_date,
    number_of,
)
from perfmon_xl.domain.target import (
    SCALES,
    Comparator,
    Kind,
    TargetValue,
    read_plain,
    read_target,
    with_unit_of,
)

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


@pytest.mark.parametrize(
    ("text", "sign", "number", "unit"),
    [
        # numbers written in Chinese
        ("不低于百分之八十八", "≥", "88", "%"),
        ("百分之八十", "未写", "80", "%"),
        ("百分之九十五点五", "未写", "95.5", "%"),
        ("百分之百", "未写", "100", "%"),
        ("百分百", "未写", "100", "%"),
        ("千分之三", "未写", "3", "‰"),
        ("不少于六场", "≥", "6", "场"),
        ("不超过三次", "≤", "3", "次"),
        ("二百余户", "余", "200", "户"),
        ("约三百人", "约", "300", "人"),
        ("三百五十人", "未写", "350", "人"),
        ("一万二千人", "未写", "12000", "人"),
        ("三十万元", "未写", "30", "万元"),
        ("两千余件", "余", "2000", "件"),
        ("十年", "未写", "10", "年"),
        # words that hold a numeral and are no number
        *(
            (text, "定性", None, "")
            for text in ("一般", "统一", "十分满意", "一次性发放", "万无一失", "三级", "第二名", "多次")
        ),
        *((text, "定性", None, "") for text in ("待定", "若干", "半数以上", "全覆盖", "百余人", "三五次")),
        # blanks
        *(
            (text, "", None, "")
            for text in ("暂无", "N/A", "不适用", "未填", "暂缺", "无数据", "待统计", "（空）", "－－")
        ),
        # within, at most, from … to
        ("5个工作日内", "≤", "5", "个工作日"),
        ("30日内", "≤", "30", "日"),
        ("30分钟之内", "≤", "30", "分钟"),
        ("1年内", "≤", "1", "年"),
        ("控制在20万元以内", "≤", "20", "万元"),
        ("控制在5%", "≤", "5", "%"),
        ("不得超过5万元", "≤", "5", "万元"),
        ("不得低于90%", "≥", "90", "%"),
        ("85%（含）以上", "≥", "85", "%"),
        ("80%(含)以上", "≥", "80", "%"),
        ("90%以上（含）", "≥", "90", "%"),
        ("90%以上（含90%）", "≥", "90", "%"),
        ("90%以上（不含）", ">", "90", "%"),
        ("达到95%以上", "≥", "95", "%"),
        ("提高到90%以上", "≥", "90", "%"),
        ("降低至5%以下", "≤", "5", "%"),
        # money
        ("20万元整", "未写", "20", "万元"),
        ("100元整", "未写", "100", "元"),
        ("￥8000元", "未写", "8000", "元"),
        ("≤￥1,500元/亩", "≤", "1500", "元/亩"),
        ("￥12.5万/套", "未写", "12.5", "万元/套"),
        ("¥8,600", "未写", "8600", "元"),
        ("≤￥3万元", "≤", "3", "万元"),
        ("人民币300元", "未写", "300", "元"),
        ("5（万元）", "未写", "5", "万元"),
        # so much for each
        ("每亩1000元", "未写", "1000", "元/亩"),
        ("每人每月1500元", "未写", "1500", "元/人·月"),
        ("每户不超过3万元", "≤", "3", "万元/户"),
        ("不高于每平方米1200元", "≤", "1200", "元/平方米"),
        ("人均1000元", "未写", "1000", "元/人"),
        ("3元每人每天", "未写", "3", "元/人·天"),
        ("800元/生.年", "未写", "800", "元/生·年"),
        ("9元/人.次", "未写", "9", "元/人·次"),
        ("25元/(人·天)", "未写", "25", "元/人·天"),
        # what a spreadsheet leaves behind
        ("0.95000000000000007", "未写", "0.95", ""),
        ("95.00000000000001%", "未写", "95", "%"),
        ("\u200b≥50件", "≥", "50", "件"),
        ("≥\u00ad50件\u200e", "≥", "50", "件"),
        ("≥ 50\u2009件\ufeff", "≥", "50", "件"),
        ("\u202c≥50\u202f件", "≥", "50", "件"),
        # nothing happened
        *((text, "未写", "0", "") for text in ("没有", "未发生", "未发生安全事故", "零事故", "无投诉")),
        ("零起", "未写", "0", "起"),
        # said with something around it
        ("完成158件", "未写", "158", "件"),
        ("累计1,200人次", "未写", "1200", "人次"),
        ("6次（含夜间）", "未写", "6", "次"),
        # two readings, or none
        *(
            (text, "未识别", None, "")
            for text in (
                *(
                    "1 500人",
                    "1  500",
                    "70\n80",
                    "6次（预计）",
                    "提高5%",
                    "每季度1次",
                    "6.30",
                    "11.30",
                    "2024.06",
                ),
                *(
                    "20240630",
                    "2023-2024年",
                    "1-10月",
                    "预计12月完成",
                    "6月30日未完成",
                    "每年12月底前",
                    "95%合格率",
                ),
                *("7×24小时", "30件、20人次", "30/40", "≥≤90%", "≥90%以上", ">0且≤5%", "≥70%且≥90%"),
            )
        ),
    ],
)
def test_other_spellings_are_put_into_one_of_these(
    text: str, sign: str, number: str | None, unit: str
) -> None:
    value = read_target(text)
    assert (value.sign, value.number, value.unit) == (sign, None if number is None else D(number), unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("≥70%且≤90%", "70", "90", "%"),
        ("≤90%且≥70%", "70", "90", "%"),
        ("不低于60%，不高于75%", "60", "75", "%"),
        ("≥3次且≤5次", "3", "5", "次"),
        ("80%≤合格率≤95%", "80", "95", "%"),
        ("80%-95%之间", "80", "95", "%"),
        ("在3到5次之间", "3", "5", "次"),
        ("控制在5%—8%之间", "5", "8", "%"),
        ("三至五次", "3", "5", "次"),
    ],
)
def test_two_bounds_make_a_range(text: str, low: str, high: str, unit: str) -> None:
    value = read_target(text)
    assert (value.kind, value.number, value.upper, value.unit) == (Kind.RANGE, D(low), D(high), unit)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年11月30日", "2024-11-30", "2024-11-30"),
        ("2024-11-30", "2024-11-30", "2024-11-30"),
        ("2024/11/30前", None, "2024-11-30"),
        ("2024.11.30前", None, "2024-11-30"),
        ("2024-05-24 00:00:00", "2024-05-24", "2024-05-24"),
        ("11月30日（含）前", None, "2024-11-30"),
        ("11月底前", None, "2024-11-30"),
        ("2月末", "2024-02-21", "2024-02-29"),
        ("2023年2月末", "2023-02-21", "2023-02-28"),
        ("12月上旬", "2024-12-01", "2024-12-10"),
        ("12月中旬", "2024-12-11", "2024-12-20"),
        ("2月下旬", "2024-02-21", "2024-02-29"),
        ("2025年10月下旬前", None, "2025-10-31"),
        ("6月", "2024-06-01", "2024-06-30"),
        ("2024年6月份", "2024-06-01", "2024-06-30"),
        ("第三季度末", "2024-09-01", "2024-09-30"),
        ("二季度", "2024-04-01", "2024-06-30"),
        ("2025年第一季度前", None, "2025-03-31"),
        ("上半年", "2024-01-01", "2024-06-30"),
        ("下半年末", "2024-12-01", "2024-12-31"),
        ("年底前", None, "2024-12-31"),
        ("年末", "2024-12-01", "2024-12-31"),
        ("年内", "2024-01-01", "2024-12-31"),
        ("2023年", "2023-01-01", "2023-12-31"),
        ("2025年度", "2025-01-01", "2025-12-31"),
        ("2025年底", "2025-12-01", "2025-12-31"),
        ("六月三十日前", None, "2024-06-30"),
        ("二〇二四年六月底", "2024-06-21", "2024-06-30"),
        ("4月22日完成竣工验收", "2024-04-22", "2024-04-22"),
        ("2024年6月30日前完成主体工程", None, "2024-06-30"),
    ],
)
def test_a_date_is_a_span_of_days(text: str, first: str | None, last: str) -> None:
    span = read_target(text).days(2024)
    assert span is not None
    assert (span.first, span.last) == (date.fromisoformat(first) if first else None, date.fromisoformat(last))


@pytest.mark.parametrize("text", ["13月5日", "2024年2月30日", "2024-6-31", "0月", "2024年13月"])
def test_a_day_that_is_none_has_no_span(text: str) -> None:
    assert (read_target(text).kind, read_target(text).days(2024)) == (Kind.DATE, None)


@pytest.mark.parametrize(
    ("body", "there"),
    [
        ("1900年1月1日", True),
        ("1899年12月31日", False),
        ("2100年12月31日", True),
        ("2101年1月1日", False),
        ("12月1日起12月10日止", True),
        ("12月40日起12月10日止", False),
        ("12月1日起12月40日止", False),
    ],
)
def test_the_ends_of_a_span_are_days_there_are(body: str, there: bool) -> None:
    assert (dates.span(body, 2024) is not None) is there


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二百二十", "220"),
        ("一千零五", "1005"),
        ("两万", "20000"),
        ("十", "10"),
        ("", None),
        ("万", None),
        ("零万", None),
        ("一百一百", None),
        ("一百二千", None),
        ("百十", None),
        ("三五", None),
        ("九十点", None),
    ],
)
def test_a_chinese_numeral_is_a_number_or_none(text: str, number: str | None) -> None:
    assert chinese_number(text) == (None if number is None else D(number))


def test_a_day_without_a_year_needs_the_budget_year() -> None:
    assert read_target("4月22日").days(None) is None
    assert read_target("2024年4月22日").days(None) is not None


@pytest.mark.parametrize(
    ("text", "targets", "unit"),
    [
        ("50", ("≥60件", ""), "件"),
        ("50", ("≥60件", "≥40件"), "件"),
        ("50件", ("≥60人", ""), "件"),
        ("3.5", ("≤5万元", "≤40000元"), ""),
        ("96.3", ("≥95%", ""), "%"),
        ("1.01", ("≥95%", ""), "%"),
        ("1", ("≥95%", ""), ""),
        ("0.95", ("≥95%", ""), ""),
        ("0", ("≤5%", ""), "%"),
        ("-1", ("≥-5%", ""), ""),
        ("3-5", ("2-6次", ""), "次"),
        ("6.30", ("≤7万元", ""), "万元"),
        ("没有", ("0起", ""), "起"),
        ("50", ("提升", ""), ""),
        ("50", ("≥60", ""), ""),
    ],
)
def test_a_bare_figure_takes_the_unit_of_its_target(text: str, targets: tuple[str, str], unit: str) -> None:
    value = with_unit_of(read_target(text), *map(read_target, targets))
    assert (value.unit, value.taken) == (unit, unit != "" and unit not in text)
    assert value.raw == text


def test_what_looks_like_a_date_is_a_figure_only_beside_figures() -> None:
    day = read_target("6.30")
    assert with_unit_of(day, read_target("6月底前")).kind is Kind.UNREAD
    figure = with_unit_of(day, read_target("≥6"))
    assert (figure.kind, figure.number) == (Kind.NUMBER, D("6.30"))
    assert with_unit_of(figure, read_target("6月底前")).kind is Kind.UNREAD
    assert with_unit_of(read_target("6.30件"), read_target("6月底前")).kind is Kind.NUMBER
    assert (
        read_target("4.22").kind is Kind.NUMBER
        and with_unit_of(read_target("4.22"), read_target("提升")).is_number
    )
    assert with_unit_of(read_target("4.22"), read_target("4月底前")).kind is Kind.UNREAD
    assert with_unit_of(read_target("4.32"), read_target("4月底前")).kind is Kind.NUMBER


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
    if not unit and not comparator and looks_like_date(format(number, "f")) == 2:
        comparator = Comparator.AT_LEAST  # 6.15 alone may be a day
    about = draw(st.sampled_from(("", "余", "约", "近"))) if not comparator else ""
    return TargetValue("", Kind.NUMBER, comparator, number, None, unit, about)


@pytest.mark.slow
@settings(max_examples=400)
@given(values())
def test_a_value_survives_being_written_and_read(value: TargetValue) -> None:
    assert replace(read_target(str(value)), raw="") == value


_ALPHABET = st.sampled_from(
    list("0123456789.,-%≥≤><= 余多约近至万元件人次以上内左右年月日前底（）()/$\\~～—。提升") + list(SCALES)
)
_WORDY = st.lists(
    st.sampled_from(
        (
            *"一二三五十百千零两次件户元年月日旬季度底前末上下半每人亩内整含且≥≤5 80%\u200b￥",
            *("百分之", "不低于", "控制在", "以内", "（含）", "第", "2024", "没有", "事故"),
        )
    ),
    max_size=8,
).map("".join)
_TEXTS = st.one_of(st.text(), st.text(_ALPHABET, max_size=14), _WORDY, st.sampled_from((*SPELLINGS, *READ_BY_PROGRAM)).flatmap(
    lambda s: st.integers(0, max(0, len(s) - 1)).map(lambda i: s[:i] + s[i + 1 :] + s[i : i + 1])
))  # fmt: skip


@pytest.mark.slow
@settings(max_examples=10_000)
@given(_TEXTS)
@pytest.mark.long
def test_no_text_raises_and_none_is_lost(text: str) -> None:
    value = read_target(text)
    assert value.raw == text
    assert (value.number is not None) == (value.kind in (Kind.NUMBER, Kind.RANGE))


@pytest.mark.slow
@settings(max_examples=5_000)
@given(_TEXTS)
def test_the_formulas_read_as_the_program_does_or_not_at_all(text: str) -> None:
    """公式读得了的，程序读得一样；读不了的，程序换一个写法，公式照那个写法读得一样。"""
    value, plain = read_target(text), read_plain(text)
    if not value.reading:
        assert plain == value
        return
    assert plain.kind is Kind.UNREAD
    if value.kind not in (Kind.WORDS, Kind.BLANK):
        assert replace(read_plain(value.reading), raw=text, reading=value.reading) == value


@pytest.mark.parametrize(
    ("text", "like"),
    [
        (f"{YEARS[0]}.06", 2), (f"{YEARS[1]}.06", 2), (f"{YEARS[0] - 1}.06", 0), (f"{YEARS[1] + 1}.06", 0),
        ("2024.01", 2), ("2024.12", 2), ("2024.00", 0), ("2024.13", 0), ("1.01", 1), ("1.31", 1), ("1.32", 0), ("1.00", 0),
        ("12.31", 2), ("12.01", 2), ("0.31", 0), ("20240101", 2), ("20241231", 2), ("20240100", 0), ("20241301", 0),
        (f"{YEARS[0]}0101", 2), (f"{YEARS[1]}1231", 2), (f"{YEARS[0] - 1}0101", 0),
    ],
)  # fmt: skip
def test_what_looks_like_a_date_at_its_bounds(text: str, like: int) -> None:
    assert looks_like_date(text) == like


def test_units_and_numbers_at_their_bounds() -> None:
    """The longest unit, the first and the last year, fifteen digits; one more is none."""
    assert is_unit("甲" * LONGEST_UNIT, Decimal(3)) and not is_unit("甲" * (LONGEST_UNIT + 1), Decimal(3))
    assert not is_unit("年", Decimal(YEARS[0])) and not is_unit("年", Decimal(YEARS[1]))
    assert is_unit("年", Decimal(YEARS[0] - 1)) and is_unit("年", Decimal(YEARS[1] + 1))
    assert number_of("1" * MOST_DIGITS, "") is not None and number_of("1" * (MOST_DIGITS + 1), "") is None


def test_years_are_dates_from_the_first_to_the_last() -> None:
    kinds = {year: read_target(f"{year}年").kind for year in (YEARS[0] - 1, *YEARS, YEARS[1] + 1)}
    assert [kinds[y] for y in YEARS] == [Kind.DATE, Kind.DATE]
    assert Kind.DATE not in (kinds[YEARS[0] - 1], kinds[YEARS[1] + 1])


def test_numbers_that_no_cell_holds_stay_as_they_are() -> None:
    assert read_target(Decimal("NaN")).raw == "NaN"
    assert read_target(Decimal("1e41")).raw == "1E+41" and "E" not in read_target(Decimal("1e40")).raw
    assert str(read_target("70余件")) == "70余件" and str(read_target("5余万件")) == str(
        read_target("5万余件")
    )
