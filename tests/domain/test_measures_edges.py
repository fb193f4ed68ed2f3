"""Measures at the very edge: both ends of a range, zero targets, a target copied as the result."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfmon_xl.domain.measures import progress_ratio, reached
from perfmon_xl.domain.policy import IndicatorRules
from perfmon_xl.domain.target import read_target

HALF = Decimal("0.5")


@pytest.mark.parametrize(("actual", "met"), [("69", False), ("70", True), ("80", True), ("81", False)])
def test_a_range_includes_both_ends(actual: str, met: bool) -> None:
    assert reached(read_target(f"{actual}件"), read_target("70-80件"), IndicatorRules()) is met


@pytest.mark.parametrize("annual", ["0件", "-5件", "70人", "", "提升"])
def test_there_is_no_progress_ratio_without_a_positive_target(annual: str) -> None:
    assert progress_ratio(read_target("30件"), read_target(annual), HALF) is None


def test_there_is_no_progress_ratio_without_time() -> None:
    assert progress_ratio(read_target("30件"), read_target("60件"), None) is None
    assert progress_ratio(read_target("30件"), read_target("60件"), Decimal(0)) is None
    assert progress_ratio(read_target("30件"), read_target("60件"), HALF) == 1
