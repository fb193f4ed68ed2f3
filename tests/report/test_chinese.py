"""Wording: targets in a sentence, and that nothing of them is lost in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.figures import figures_of, indicator_figures
from perfmon_xl.domain.measures import pace
from perfmon_xl.domain.model import Compared, Funding, Monitoring, Project
from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.target import read_target
from perfmon_xl.policy import get
from perfmon_xl.report.wording.chinese import target_in_words
from perfmon_xl.report.wording.phrases import drafts, indicator

SIGNS = ["", "≥", ">=", "≧ ", "＞＝", "$\\geq$", "≤", "<=", ">", "＜", "=", "＝", "═ ", "不低于", "至少"]
NUMBERS = ["0", "95", "1,234.5", "８５", "-3"]
UNITS = ["", "%", "％", "件", " 人次", "万元", "天", "分", "元/人·月"]


@given(st.sampled_from(SIGNS), st.sampled_from(NUMBERS), st.sampled_from(UNITS))
@example("", "提升", "")
@example("", "70-80", "件")
@example("", "2025年6月底", "前")
def test_a_target_in_words_is_read_as_the_same_target(sign: str, number: str, unit: str) -> None:
    typed = read_target(sign + number + unit)
    said = read_target(target_in_words(typed))
    if typed.comparator == "=":  # in a sentence “158件” is what “=158件” says
        typed = replace(typed, comparator=said.comparator)
    assert replace(said, raw="") == replace(typed, raw="")


@pytest.mark.parametrize(
    ("annual", "stage", "actual", "sentence"),
    [
        ("≥95%", "≥60%", "70%", "全年目标值不低于95%，本阶段应完成不低于60%，实际完成70%，"),
        ("=158件", "＝79件", "=80件", "全年目标值158件，本阶段应完成79件，实际完成80件，"),
        (">=60 件", "≤3天", "", "全年目标值不少于60 件，本阶段应完成不超过3天，实际完成情况尚未填报。"),
        ("提升", "有所提升", "已提升", "全年目标为“提升”，本阶段目标为“有所提升”，实际完成情况为“已提升”；"),
        (
            "2025年12月底前",
            "6月底",
            "2025年6月20日",
            "全年目标为2025年12月底前，本阶段目标为6月底，实际完成情况为2025年6月20日；",
        ),
    ],
)
def test_an_indicator_is_told_in_a_sentence(annual: str, stage: str, actual: str, sentence: str) -> None:
    record = Compared(
        name="指标", annual=read_target(annual), stage=read_target(stage), actual=read_target(actual)
    )
    assert indicator(record, indicator_figures(record, get().indicators, None)).startswith(sentence)


@pytest.mark.parametrize(
    ("spent", "sentence"),
    [
        ("60100", "预算执行率为75.13%（支出数÷调整后预算数），序时进度为75.00%，快于序时进度0.13个百分点。"),
        ("59900", "预算执行率为74.88%（支出数÷调整后预算数），序时进度为75.00%，慢于序时进度0.13个百分点。"),
        ("60000", "预算执行率为75.00%（支出数÷调整后预算数），序时进度为75.00%，与序时进度持平。"),
    ],
)
def test_a_gap_is_rounded_half_up_like_the_rates_beside_it(spent: str, sentence: str) -> None:
    monitoring = Monitoring(
        project=Project(cutoff=date(2024, 9, 30)),
        funding=(Funding(source="财政拨款", initial=Amount.wan(Decimal(8)), spent=Amount(Decimal(spent))),),
    )
    assert drafts(figures_of(monitoring, get()))["fund_notes"]["预算执行率"].endswith(sentence)


@pytest.mark.parametrize(
    ("annual", "actual", "far"),
    [("100%", "100%", False), ("≥90%", "96.2%", False), ("≥70件", "83件", False), ("≥70件", "84件", True)],
)
def test_a_blue_light_by_the_calendar_alone_is_not_called_far_over_the_target(
    annual: str, actual: str, far: bool
) -> None:
    """按序时折算亮蓝灯的，完成率到了规则集的倍数才说远超目标。"""
    record = Compared(name="指标", annual=read_target(annual), actual=read_target(actual))
    project = Project(cutoff=date(2024, 10, 31))
    rules = get()
    figures = indicator_figures(record, rules.indicators, pace(project.cutoff, rules.funds.pace))
    assert figures.light is Light.BLUE
    text = drafts(figures_of(Monitoring(project=project, compared=(record,)), rules))["analyses"]["指标"]
    assert ("远超目标" in text) is far
