"""Places are values: a cell of a workbook, or a paragraph, a table's row, another part of a report."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfmon_xl.domain.origin import (
    WHOLE,
    CellPlace,
    Heading,
    Origin,
    ParagraphPlace,
    PartPlace,
    RowPlace,
    TablePlace,
)

HEADINGS = (Heading(1, "四、", "项目绩效情况"), Heading(2, "(二)", "产出"), Heading(4, "", "培训人数"))


@pytest.mark.parametrize(
    ("place", "printed", "data"),
    [
        (
            ParagraphPlace(headings=HEADINGS, number=2, label="实际完成值"),
            "报告 四（二）“培训人数”第2段（实际完成值）",
            {"heading": "四、项目绩效情况 / (二)产出 / 培训人数", "paragraph": 2},
        ),
        (
            ParagraphPlace(headings=HEADINGS[:1]),
            "报告 四标题",
            {"heading": "四、项目绩效情况", "paragraph": 0},
        ),
        (ParagraphPlace(number=1), "报告 开头第1段", {"heading": "", "paragraph": 1}),
        (
            TablePlace(table="表4", row=2, label="支出数"),
            "报告 表4第2行（支出数）",
            {"table": "表4", "row": 2, "column": "支出数"},
        ),
        (
            TablePlace(headings=HEADINGS[:1], table="第3张表"),
            "报告 第3张表",
            {"heading": "四、项目绩效情况", "paragraph": 0},
        ),
        (PartPlace(name="目录第3行"), "报告 目录第3行", {"heading": "", "paragraph": 0}),
        (WHOLE.labelled("项目名称"), "报告 全文（项目名称）", {"heading": "", "paragraph": 0}),
    ],
)
def test_a_place_in_a_report(place: Any, printed: str, data: dict[str, object]) -> None:
    assert (str(place), place.as_data(), place.sheet) == (printed, data, "报告")


def test_a_table_named_like_a_place_is_no_row() -> None:
    """表的名称里写着“第2行”，也不会当成行号读回来。"""
    place = TablePlace(table="表1第2行起", row=5)
    assert place.cell == "表1第2行起第5行" and place.as_data()["row"] == 5


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_a_stored_address_is_the_cell_again(column: int, row: int) -> None:
    from perfmon_xl.workbook.port import CellRef

    place = CellRef("表4", row, column).place("目标值")
    assert CellPlace.at("表4", place.cell, "目标值") == place
    assert CellRef.of(place) == CellRef("表4", row, column)


@pytest.mark.parametrize("address", ["", "第3行", "表4第2行", "F0", "f7", "F7:F9"])
def test_what_is_no_address_points_at_the_sheet(address: str) -> None:
    place = CellPlace.at("资金", address, "支出数")
    assert place == CellPlace("资金", label="支出数") and not place.is_cell


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (RowPlace("表4", row=7), CellPlace("表4", row=7, label="actual")),
        (RowPlace("报告"), PartPlace(name="", label="actual")),
        (RowPlace("报告", otherwise=WHOLE), WHOLE),
    ],
)
def test_a_field_without_a_cell(place: RowPlace, expected: Origin) -> None:
    assert place.at("actual") == expected
