"""Marks on a rich file of the user's: colours and notes come and go, everything else stays."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from support.office import needs_validator, validate
from support.rich import rich_workbook

from perfmon_xl.workbook.package_book import PackageBook
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
