"""Links on the sheet 检查结果: what is written is read back from the address, never from the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfmon_xl.workbook.links import link_to, target_of
from perfmon_xl.workbook.port import CellRef, RawCell

sheets = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1, max_size=31)
HERE = CellRef("检查结果", 5, 3)


@given(sheets, st.integers(1, 1_048_576), st.integers(1, 16_384), st.text(max_size=60))
def test_a_link_leads_back_to_its_cell(sheet: str, row: int, column: int, text: str) -> None:
    cell = CellRef(sheet, row, column)
    link = link_to(cell, text)
    assert target_of(RawCell(HERE, link.value, link.text)) == cell


def test_the_words_of_a_link_do_not_matter() -> None:
    """看得见的字说别的地方，去的还是地址里的那一格。"""
    link = link_to(CellRef("表4", 7, 6), "资金!C4（支出数）")
    assert target_of(RawCell(HERE, "资金!C4（支出数）", link.text)) == CellRef("表4", 7, 6)


@pytest.mark.parametrize(
    "cell",
    [
        RawCell(HERE, "表4!F7（实际完成值）"),
        RawCell(HERE, "x", 'HYPERLINK("https://example.com","表4!F7")'),
        RawCell(HERE, "x", "F7"),
        RawCell(HERE, None),
    ],
    ids=["words", "another link", "another formula", "blank"],
)
def test_what_is_no_link_of_ours_leads_nowhere(cell: RawCell) -> None:
    assert target_of(cell) is None
