"""Money in 元 and 万元, and totals in which a blank is no zero."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfmon_xl.domain.amount import Amount, half_up, percent, plain, total
from perfmon_xl.domain.category import category, level1

D = Decimal


@pytest.mark.parametrize(
    ("yuan", "shown"), [("50000", "5万元"), ("43816.1", "43816.1元"), ("0", "0元"), ("9999", "9999元")]
)
def test_whole_ten_thousands_are_shown_as_wan(yuan: str, shown: str) -> None:
    assert str(Amount(D(yuan))) == shown


def test_a_blank_is_no_zero() -> None:
    assert total([]) is None
    assert total([None]) is None
    assert total([None, Amount(D(0))]) == Amount(D(0))
    assert total([Amount(D(3)), None, Amount(D(4))]) == Amount(D(7))


def test_numbers_are_written_plainly_and_rounded_half_up() -> None:
    assert [plain(D(n)) for n in ("4.3800", "5E+1", "-0.0", "100")] == ["4.38", "50", "0", "100"]
    assert half_up(D("0.125"), 2) == D("0.13") and percent(D("0.876350"), 1) == "87.6%"


def test_categories_are_known_by_their_usual_names_and_never_guessed() -> None:
    known, unknown = category("产出 数量"), category("规模指标")
    assert known is not None and known.name == "数量指标" and unknown is None
    names = ("产出目标", "效果指标", "管理")
    assert [one.value if one else None for one in map(level1, names)] == ["产出指标", "效益指标", None]
