"""Writing into a user's file changes only what it must: proved on a workbook that holds about everything."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.office import needs_office, needs_validator, recalculated, validate
from support.rich import rich_workbook

from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.port import CellRef, Formula

D = Decimal
CALC = ("xl/calcChain.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def edited() -> tuple[bytes, bytes]:
    """改两个值、一个公式，加一行。"""
    old = rich_workbook()
    book = PackageBook.from_bytes(old)
    book.write(
        {
            CellRef("数据", 2, 2): "=文字，不是公式 <&>",
            CellRef("数据", 3, 3): D("7.25"),
            CellRef("数据", 10, 6): Formula("SUM(零件表[数量])+1", D(16)),
        }
    )
    book.append_rows("零件表", [["A6", "新零件", D(6), Formula("零件表[[#This Row],[数量]]*2", D(12))]])
    return old, book.to_bytes()


def test_only_the_parts_that_must_change_do() -> None:
    old, new = (parts(data) for data in edited())
    assert set(old) - set(new) == {"xl/calcChain.xml"} and set(new) <= set(old)
    changed = {name for name in new if new[name] != old[name]}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/tables/table1.xml", "xl/workbook.xml", *CALC}
    assert "xl/worksheets/sheet2.xml" not in changed


def test_untouched_parts_keep_even_their_compressed_bytes() -> None:
    old, new = edited()
    with zipfile.ZipFile(io.BytesIO(old)) as a, zipfile.ZipFile(io.BytesIO(new)) as b:
        same = {i.filename: i.compress_size for i in b.infolist()}
        for info in a.infolist():
            if info.filename.startswith(("xl/charts", "xl/media", "xl/drawings", "customXml", "xl/persons")):
                assert same[info.filename] == info.compress_size


def test_values_are_read_back_and_other_cached_values_survive() -> None:
    _, new = edited()
    values = openpyxl.load_workbook(io.BytesIO(new), data_only=True)["数据"]
    assert values["B2"].value == "=文字，不是公式 <&>"
    assert values["C3"].value == 7.25
    assert values["F10"].value == 16 and values["D3"].value == 4 and values["N1"].value == 2
    assert values["D7"].value == 12
    table = openpyxl.load_workbook(io.BytesIO(new))["数据"].tables["零件表"]
    assert table.ref == "A1:D7" and table.autoFilter.ref == "A1:D7"


def test_lists_and_formats_of_the_column_follow_the_new_row() -> None:
    _, new = edited()
    page = openpyxl.load_workbook(io.BytesIO(new))["数据"]
    assert any(str(v.sqref) == "C2:C7" for v in page.data_validations.dataValidation)


def test_part_of_an_array_formula_is_not_overwritten() -> None:
    book = PackageBook.from_bytes(rich_workbook())
    with pytest.raises(UserError, match="数组公式"):
        book.write({CellRef("数据", 1, 14): D(1)})


@pytest.mark.slow
def test_overwriting_the_first_of_shared_formulas_keeps_the_others(demo_book: Path) -> None:
    book = PackageBook.open(demo_book)
    table = book.tables()["目标对比表"]
    at = table.header.index("完成率")
    first = table.rows[0][at].ref
    book.write({first: "盖掉了"})
    page = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))[first.sheet]
    assert page[first.a1].value == "盖掉了"
    assert str(page[table.rows[1][at].ref.a1].value).startswith("=IF(")


def test_rows_are_not_added_over_what_stands_below(demo_book: Path) -> None:
    book = PackageBook.open(demo_book)
    width = len(book.tables()["资金表"].header)
    with pytest.raises(UserError, match="没有地方加行"):
        book.append_rows("资金表", [[None] * width] * 4)


@needs_validator
def test_the_sdk_finds_nothing_new(tmp_path: Path) -> None:
    old, new = edited()
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    before.write_bytes(old)
    after.write_bytes(new)
    assert set(validate(after)) - set(validate(before)) == set()


@needs_office
def test_libreoffice_reads_the_result(tmp_path: Path) -> None:
    path = tmp_path / "after.xlsx"
    path.write_bytes(edited()[1])
    rows = recalculated(path)["数据"]
    assert rows[6][:4] == ["A6", "新零件", 6.0, 12.0] and rows[9][5] == 1 + 7.25 + 3 + 4 + 5 + 6 + 1


@pytest.mark.slow
def test_openpyxl_and_we_read_the_same(demo_book: Path) -> None:
    """第二意见：openpyxl 读到的值和公式有无，与我们读到的逐格相同。"""
    ours = PackageBook.open(demo_book)
    values = openpyxl.load_workbook(demo_book, data_only=True)
    formulas = openpyxl.load_workbook(demo_book)
    count = 0
    for table in ours.tables().values():
        for row in table.rows:
            for cell in row:
                theirs = values[table.sheet][cell.ref.a1].value
                mine = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
                assert mine == theirs or (mine in (None, "") and theirs in (None, "")), cell
                is_formula = formulas[table.sheet][cell.ref.a1].data_type == "f"
                assert is_formula == (cell.formula is not None)
                count += 1
    assert count > 1000


_VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False),
    st.booleans(),
    st.dates(min_value=__import__("datetime").date(1901, 1, 1)),
)
_RICH = rich_workbook()


@settings(max_examples=60)
@given(st.dictionaries(st.tuples(st.integers(20, 40), st.integers(1, 30)), _VALUES, max_size=12))
@pytest.mark.slow
def test_any_edits_are_read_back_equal(edits: dict[tuple[int, int], object]) -> None:
    book = PackageBook.from_bytes(_RICH)
    book.write({CellRef("数据", *at): value for at, value in edits.items()})  # type: ignore[misc]
    again = PackageBook.from_bytes(book.to_bytes())
    for (row, column), value in edits.items():
        got = again._sheet("数据").read(row, column).value
        if isinstance(value, str):
            assert (got or "") == value
        elif hasattr(value, "isoformat"):
            assert got is not None
        else:
            assert got == value
