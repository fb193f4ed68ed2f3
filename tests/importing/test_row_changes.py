"""A row of a form against its own columns: the change on the same months of last year."""

from __future__ import annotations

import pytest

from perfmon_xl.domain.origin import TablePlace
from perfmon_xl.importing.row_changes import row_changes


def found(head: str, said: str, then: str = "2600户次", now: str = "2880户次") -> list[str]:
    heads = {0: "三级指标", 1: "上年同期完成值", 2: "本期完成值", 3: head}
    cells = ["走访样本户次", then, now, said]
    misfits = row_changes(heads, cells, {"actual": 2}, "走访样本户次", TablePlace(table="监控表"))  # type: ignore[arg-type]
    return [str(m.fact) if hasattr(m, "fact") else str(m) for m in misfits]


@pytest.mark.parametrize(
    ("head", "said"),
    [("同比变化", "增长15.77%"), ("同比", "持平"), ("同比增减", "减少280户次"), ("同比增幅", "5.77%")],
)
def test_a_change_on_last_year_is_reckoned_from_the_row(head: str, said: str) -> None:
    assert len(found(head, said)) == 1


@pytest.mark.parametrize(
    ("head", "said"),
    [("同比变化", "增长10.77%"), ("同比增减", "增加280户次"), ("同比变化", "/"), ("环比变化", "增长15.77%")],
)
def test_what_fits_or_has_no_column_beside_it_is_left_alone(head: str, said: str) -> None:
    assert found(head, said) == []


def test_a_share_is_answered_with_a_share() -> None:
    assert "10.77%" in found("同比变化", "增长15.77%")[0]


def test_percentage_points() -> None:
    assert found("同比变化", "提高0.8个百分点", "98.2%", "99%") == []
    assert len(found("同比变化", "提高1.8个百分点", "98.2%", "99%")) == 1
