"""The workbook that is built: valid, complete, printable, and the committed templates are fresh."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from support.office import convert, needs_office, needs_validator, validate
from support.projects import project

from perfmon_xl.domain.model import Monitoring
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.system.resources import folder
from perfmon_xl.workbook.build.monitoring import blank, build


def _book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_every_sheet_table_column_and_name_is_there() -> None:
    book = _book(blank())
    assert book.sheetnames[1:-2] == [sheet.name for sheet in layout.SHEETS]
    for sheet, table in layout.tables():
        found = book[sheet.name].tables[table.name]
        assert found.column_names == [column.header for column in table.columns]
    for sheet, form in layout.forms():
        for cell in form.cells:
            place = book.defined_names[cell.name].attr_text
            free = cell in (sheet.step, sheet.link) or sheet.name in ("看板", layout.GUIDE_SHEET.name)
            if free or any(b.cell is cell for b in sheet.banners):
                assert place.startswith(f"'{sheet.name}'!$")
            else:
                assert place.startswith(f"'{sheet.name}'!$B$")


def test_every_computed_column_has_one_formula_declared_by_names() -> None:
    book = _book(blank())
    for sheet, table in layout.tables():
        columns = book[sheet.name].tables[table.name].tableColumns
        for column, found in zip(table.columns, columns, strict=True):
            assert (found.calculatedColumnFormula is not None) == bool(column.formula), column.header


def test_a_value_that_begins_with_an_equals_sign_stays_text(example: Monitoring) -> None:
    page = _book(build(example))["表4 目标对比表"]
    texts = {cell.value: cell.data_type for row in page.iter_rows() for cell in row}
    assert texts["=158 件"] == "s" and texts["=170 件"] == "s"


def test_pages_are_set_up_for_a4() -> None:
    book = _book(blank())
    for sheet in layout.SHEETS:
        page = book[sheet.name]
        assert page.page_setup.paperSize == "9" or page.page_setup.paperSize == 9
        assert page.page_setup.fitToWidth in (None, 1)
        assert page.page_setup.fitToHeight in ((None, 1) if sheet.one_page else (0,))
        assert (page.page_setup.orientation == "landscape") == sheet.landscape


def test_what_is_printed_is_the_official_form_with_its_results_and_the_rules_that_hold() -> None:
    book = _book(blank())
    page = book["表4 目标对比表"]
    heads = [cell.value for cell in next(page.iter_rows(min_row=3, max_row=3, max_col=9))]
    assert heads[-3:] == ["完成率", "是否达成", "预警"] and "$I$" in page.print_area
    rules = book["规则参数"]
    shown = rules[rules.print_area.split("!")[1]][0]
    assert [cell.value for cell in shown] == ["参数", "本规则", "说明"]


def test_no_sheet_is_protected_and_no_formula_is_volatile() -> None:
    data = blank()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            text = package.read(name).decode("utf-8", "replace")
            assert "<sheetProtection" not in text
            if name.startswith("xl/worksheets/"):
                for word in ("INDIRECT(", "OFFSET(", "TODAY(", "NOW(", "CELL(", "RAND(", "ASC("):
                    assert word not in text.replace("HASC(", ""), (name, word)


def test_building_twice_gives_the_same_bytes() -> None:
    assert build(project(5)) == build(project(5))


@pytest.mark.parametrize("count", [0, 1, 40])
@needs_validator
def test_the_sdk_finds_no_error(count: int, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(project(count)) if count else blank())
    assert validate(path) == []


@needs_validator
def test_the_filled_example_is_valid(demo_book: Path) -> None:
    assert validate(demo_book) == []


def test_the_committed_templates_are_fresh(demo_folder: Path) -> None:
    committed = folder("xlsx_templates")
    assert (committed / "monitoring.xlsx").read_bytes() == blank(), "运行 python xlsx_templates/refresh.py"
    assert (committed / "example.xlsx").read_bytes() == (demo_folder / "示例项目.xlsx").read_bytes()


@needs_office
def test_libreoffice_prints_every_sheet(demo_book: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader

    pages = [page.extract_text() for page in PdfReader(convert(demo_book, "pdf", tmp_path)).pages]
    text = "".join(pages)
    for wanted in ("填报说明", "表3 年度绩效分解目标调整表", "=158 件", "29,616.10", "87.63%"):
        assert wanted in text, wanted
