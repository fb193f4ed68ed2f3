"""Targets in a sentence: nothing of them is lost in it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from perfmon_xl.domain.target import read_target
from perfmon_xl.report.wording.chinese import target_in_words

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
