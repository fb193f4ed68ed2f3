"""The same contract on every workbook: in memory, a file's parts, and open in a real spreadsheet through xlwings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from support.small_book import HEADER, OTHER, SHEET

from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook.port import CellRef, Content, Formula, Mark, Scalar, Workbook

D = Decimal


def values(book: Workbook) -> list[list[Scalar]]:
    return [[cell.value for cell in row] for row in book.tables()["清单"].rows]


def test_tables_have_header_place_and_values(book: Workbook) -> None:
    assert book.sheet_names() == (SHEET, OTHER)
    table = book.tables()["清单"]
    assert (table.sheet, table.header, table.first) == (SHEET, HEADER, CellRef(SHEET, 1, 1))
    assert values(book) == [
        ["甲", D("1.5"), date(2024, 7, 31), D(3), "≥70件"],
        ["乙", None, None, D(0), None],
    ]
    assert [row[3].formula is not None for row in table.rows] == [True, True]
    assert [row[1].formula for row in table.rows] == [None, None]


def test_a_named_cell_is_found_and_written(book: Workbook) -> None:
    cell = book.named()["委托方"]
    assert (cell.ref, cell.value) == (CellRef(OTHER, 3, 2), "区财政局")
    book.write({cell.ref: "市财政局"})
    assert book.named()["委托方"].value == "市财政局"


@pytest.mark.parametrize(
    "text",
    [
        "=158件", "=1+1", "+5", "-3", "@某人", "'引号开头", "00123", "1-7", "2024-07-31", "7月31日", "95%", "TRUE", "#N/A",
        "1e5", "（3）", "０１", " 前有空格", "两行\n文字", "<&>\"'", "😀", "长" * 9_000, "7" * 9_000,
    ],
)  # fmt: skip
def test_text_stays_the_text_it_is(book: Workbook, text: str) -> None:
    book.write({CellRef(SHEET, 2, 5): text, CellRef(SHEET, 3, 5): "旁边"})
    assert [row[4] for row in values(book)] == [text, "旁边"]
    assert book.tables()["清单"].rows[0][4].formula is None


@pytest.mark.parametrize("number", ["0", "0.1", "-12.345678", "1200.5", "123456789012345", "0.00001"])
def test_numbers_stay_exact(book: Workbook, number: str) -> None:
    book.write({CellRef(SHEET, 2, 2): D(number)})
    assert values(book)[0][1] == D(number)


def test_dates_go_where_dates_are(book: Workbook) -> None:
    book.write({CellRef(SHEET, 3, 3): date(2023, 2, 28)})
    assert values(book)[1][2] == date(2023, 2, 28)


def test_none_clears_and_the_cells_around_stay(book: Workbook) -> None:
    book.write({CellRef(SHEET, 2, 1): None, CellRef(SHEET, 2, 5): ""})
    cells = book.tables()["清单"].rows[0]
    assert cells[0].blank and cells[4].blank
    assert values(book)[0][2] == date(2024, 7, 31) and values(book)[1][0] == "乙"


def test_a_formula_is_written_with_its_result_and_replaced_by_a_value(book: Workbook) -> None:
    at = CellRef(SHEET, 2, 5)
    book.write({at: Formula('"合计"&"："', "合计："), CellRef(SHEET, 3, 5): "旁边"})
    cell = book.tables()["清单"].rows[0][4]
    assert cell.value == "合计：" and cell.formula is not None
    book.write({at: "手填"})
    cell = book.tables()["清单"].rows[0][4]
    assert (cell.value, cell.formula) == ("手填", None)


def test_a_result_alone_leaves_the_formula(book: Workbook) -> None:
    book.write({CellRef(SHEET, 2, 4): Formula("", D(3))})
    cell = book.tables()["清单"].rows[0][3]
    assert cell.value == D(3) and cell.formula is not None


def test_rows_are_added_and_the_table_grows(book: Workbook) -> None:
    more: list[list[Content]] = [
        ["丙", D(4), date(2024, 8, 1), Formula("清单[[#This Row],[数量]]*2", D(8)), "=文字"],
        ["丁", None, None, None, None],
    ]
    book.append_rows("清单", more)
    assert len(book.tables()["清单"].rows) == 4
    assert values(book)[2] == ["丙", D(4), date(2024, 8, 1), D(8), "=文字"]
    assert values(book)[3] == ["丁", None, None, None, None]
    assert values(book)[0][0] == "甲" and book.tables()["清单"].rows[2][3].formula is not None


def test_no_rows_are_added_over_what_lies_below(book: Workbook) -> None:
    book.write({CellRef(SHEET, 5, 2): "脚注"})
    before = values(book)
    with pytest.raises(UserError, match=r"B5 有内容"):
        book.append_rows("清单", [["丙"] + [None] * 4, ["丁"] + [None] * 4])
    assert values(book) == before
    book.append_rows("清单", [["丙"] + [None] * 4])
    assert values(book)[2][0] == "丙"


def test_an_unknown_table_is_refused(book: Workbook) -> None:
    with pytest.raises(UserError):
        book.append_rows("没有这张表", [["甲"]])


def test_any_cells_are_read_in_one_go(book: Workbook) -> None:
    wanted = [CellRef(SHEET, 3, 4), CellRef(SHEET, 2, 1), CellRef(OTHER, 3, 2), CellRef(OTHER, 9, 9)]
    found = book.cells(wanted)
    assert [found[ref].value for ref in wanted] == [D(0), "甲", "区财政局", None]
    assert found[wanted[0]].formula == "清单[[#This Row],[数量]]*2" and found[wanted[3]].blank


def test_added_rows_are_taken_back(book: Workbook) -> None:
    before = values(book)
    book.append_rows("清单", [["丙", D(4), None, Formula("清单[[#This Row],[数量]]*2", D(8)), "新"]] * 2)
    book.remove_rows("清单", 2)
    assert values(book) == before
    assert book.cells([CellRef(SHEET, 4, 1)])[CellRef(SHEET, 4, 1)].blank
    book.append_rows("清单", [["丁", None, None, None, None]])
    assert values(book) == [*before, ["丁", None, None, None, None]]


def test_marks_are_read_back_replaced_and_taken_away(book: Workbook) -> None:
    marks = {
        CellRef(SHEET, 2, 2): Mark("错误", "错误 ZJ101：多了\n怎么改：核对"),
        CellRef(SHEET, 3, 2): Mark("错误", "又一处"),
        CellRef(SHEET, 2, 5): Mark("警告", "<&>"),
        CellRef(OTHER, 3, 2): Mark("无法判断", "没有数"),
    }
    book.mark(marks)
    assert book.marks() == marks
    fewer = {CellRef(SHEET, 2, 2): Mark("提示", "改写过的")}
    book.mark(fewer)
    assert book.marks() == fewer
    book.mark({})
    assert book.marks() == {} and values(book)[0][0] == "甲"


def test_rows_added_below_a_marked_row_carry_no_mark(book: Workbook) -> None:
    marks = {CellRef(SHEET, 3, 1): Mark("错误", "末行")}
    book.mark(marks)
    book.append_rows("清单", [["丙", None, None, None, None]])
    assert book.marks() == marks
