"""Thousands of digits in a value, a date or a heading: a value, or none, and never a fault."""

from __future__ import annotations

import pytest

from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.domain.report_text import ordinal
from perfmon_xl.domain.spelling import looks_like_date
from perfmon_xl.domain.target import read_target

DIGITS = "9" * 6000


@pytest.mark.parametrize(
    "text",
    [
        DIGITS,
        f"{DIGITS}.{DIGITS}",
        f"≥{DIGITS}个",
        f"{DIGITS}.30",
        f"2024.{DIGITS}",
        f"2024年{DIGITS}月",
        f"{DIGITS}年{DIGITS}月{DIGITS}日",
        f"1-{DIGITS}月",
        f"{DIGITS}-{DIGITS}个",
        f"{DIGITS}/{DIGITS}",
        f"{DIGITS}万亿元",
        f"百分之{DIGITS}",
        f"第{DIGITS}季度",
        "零" * 6000 + "个",
        "十" * 6000,
        "九" * 6000 + "%",
    ],
)
@pytest.mark.parametrize("percent", [False, True])
def test_a_value_of_any_length_is_read_or_left_as_text(text: str, percent: bool) -> None:
    assert read_target(text, percent=percent) is not None


def test_what_is_too_long_is_no_number_date_or_mark() -> None:
    assert looks_like_date(DIGITS) == 0 and looks_like_date("20240630") == 2
    assert ordinal(f"第{DIGITS}部分") is None and ordinal("第12部分") == 12
    assert chinese_number("九" * 6000) is None and chinese_number("一万二千") == 12000
