"""Marks on a rich file of the user's: colours and notes come and go, everything else stays."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
from support.office import needs_validator, validate
from support.rich import rich_workbook, saved_by_excel

from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.port import CellRef, Mark


def marked(data: bytes, marks: dict[CellRef, Mark]) -> bytes:
    book = PackageBook.from_bytes(data)
    book.mark(marks)
    return book.to_bytes()


def everywhere(data: bytes) -> dict[CellRef, Mark]:
    """每张表的 A1 到 C3 都做记号。"""
    names = PackageBook.from_bytes(data).sheet_names()
    return {
        CellRef(name, row, column): Mark("错误", f"第{row}行 <&> \x07")
        for name in names
        for row in (1, 2, 3)
        for column in (1, 2, 3)
    }


def notes(data: bytes) -> dict[tuple[str, str], str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_marks_come_and_go_and_the_users_notes_stay() -> None:
    data = rich_workbook()
    own = notes(data)
    once = marked(data, everywhere(data))
    assert own.items() <= notes(once).items() and len(notes(once)) > len(own)
    assert notes(marked(once, {})) == own
    twice = marked(once, everywhere(data))
    assert notes(twice) == notes(once)


def test_notes_made_in_a_running_excel_are_taken_away_and_only_those() -> None:
    data = saved_by_excel(rich_workbook())
    theirs = {("数据", "A2"): "批注内容", ("第二页", "A1"): "批注A1"}
    assert notes(data) == {**theirs, ("第二页", "B2"): "批注B2", ("第二页", "C3"): "批注C3"}
    gone = marked(data, {})
    assert notes(gone) == theirs
    with zipfile.ZipFile(io.BytesIO(gone)) as package:
        shapes = package.read("xl/drawings/vmlDrawing9.vml").decode()
    assert shapes.count('ObjectType="Note"') == 1 and "<x:Row>0</x:Row>" in shapes and "perfmon" not in shapes
    again = marked(
        data, {CellRef("第二页", 2, 2): Mark("错误", "新的"), CellRef("第二页", 1, 1): Mark("错误", "不写")}
    )
    assert notes(again) == {**theirs, ("第二页", "B2"): "新的"}
    assert notes(marked(again, {})) == theirs


def test_a_drawing_of_buttons_that_is_not_xml_is_left_alone() -> None:
    data = rich_workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = next(n for n in package.namelist() if n.endswith(".vml"))
        text = package.read(part).replace(b"</v:textbox>", b"<br></v:textbox>", 1)
    broken = rewritten(data, {part: text})
    assert marked(broken, {}) == broken


def test_taking_away_what_is_not_there_changes_nothing() -> None:
    data = rich_workbook()
    assert marked(data, {}) == data


@needs_validator
def test_the_sdk_finds_nothing_new_in_a_marked_file(tmp_path: Path) -> None:
    before, after, gone = (tmp_path / f"{name}.xlsx" for name in ("before", "after", "gone"))
    before.write_bytes(rich_workbook())
    after.write_bytes(marked(before.read_bytes(), everywhere(before.read_bytes())))
    gone.write_bytes(marked(after.read_bytes(), {}))
    known = set(validate(before))
    assert set(validate(after)) <= known
    assert set(validate(gone)) <= known
