"""Rows fit what the program writes into them, as Excel does while one types."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from perfmon_xl import app
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.port import CellRef, Mark
from perfmon_xl.workbook.wrapping import lines, points

LONG = "截至10月31日，项目实际支出43816.1元，预算执行率为87.63%，快于序时进度4.30个百分点。"


@pytest.mark.parametrize(
    ("text", "width", "tall"),
    [
        ("", 10, 1),
        ("一二三四", 9, 1),
        ("一二三四五", 9, 2),
        ("甲\n乙\n丙", 9, 3),
        ("abcdefgh", 9, 1),
        (LONG, 11, 11),
    ],
)
def test_how_many_lines_a_text_takes(text: str, width: float, tall: int) -> None:
    assert lines(text, width) == tall


def drawn() -> bytes:
    """A 列自动换行，B 列不换行，C 列自动换行而隐藏；第 3 行人定过行高。"""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        page, wrap = workbook.add_worksheet("表"), workbook.add_format({"text_wrap": True})
        page.set_column(0, 0, 11)
        page.set_column(1, 1, 11)
        page.set_column(2, 2, 11, None, {"hidden": True})
        for row in range(5):
            page.write(row, 0, "短", wrap)
            page.write(row, 1, "短")
            page.write(row, 2, "短", wrap)
        page.set_row(2, 300)
        page.set_row(3, 16)
    return out.getvalue()


@pytest.mark.parametrize(
    ("row", "column", "height"),
    [
        (1, 1, points(11)),
        (1, 2, points(1)),
        (1, 3, points(1)),
        (3, 1, 300),
        (4, 1, points(11)),
        (4, 2, points(1)),
    ],
    ids=["换行的列", "不换行的列", "隐藏的列", "人定得更高", "人定得太低", "人定得低又不换行"],
)
def test_a_written_row_is_high_enough(row: int, column: int, height: float) -> None:
    book = PackageBook.from_bytes(drawn())
    book.write({CellRef("表", row, column): LONG})
    page = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]
    assert page.row_dimensions[row].height == height
    assert page.row_dimensions[5].height is None  # a row nobody wrote to is left as it was


@pytest.mark.slow
def test_no_finding_is_cut_off_on_the_sheet_of_findings(demo_book: Path) -> None:
    app.check_and_write(demo_book)
    page = openpyxl.load_workbook(demo_book, data_only=True)["检查结果"]
    widths = {c: page.column_dimensions[c].width for c in "CDEF"}
    rows = [r for r in range(5, page.max_row + 1) if page[f"E{r}"].value]
    assert len(rows) > 40
    for row in rows:
        tall = max(lines(str(page[f"{c}{row}"].value or ""), width) for c, width in widths.items())
        assert page.row_dimensions[row].height >= points(tall)


def test_a_mark_that_needs_another_line_gets_it_and_no_row_gets_lower() -> None:
    """记号在字前面写符号，多占三个半角字宽：正好排满一行的，行要高一行。"""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        page, wrap = workbook.add_worksheet("表"), workbook.add_format({"text_wrap": True})
        page.set_column(0, 0, 11)
        for row, text in enumerate(("一二三四五", "一二三", "一二三四五")):
            page.write(row, 0, text, wrap)
            page.set_row(row, (21, 30, 90)[row])
    book = PackageBook.from_bytes(out.getvalue())
    book.mark({CellRef("表", row, 1): Mark("警告", "说明") for row in (1, 2, 3)})
    page = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]
    assert [page.row_dimensions[row].height for row in (1, 2, 3)] == [points(2), 30, 90]
