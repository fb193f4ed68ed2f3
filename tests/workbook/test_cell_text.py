"""A worksheet read and written by its text comes out as one read and written by its tree."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.projects import project
from support.rich import rich_workbook

from perfmon_xl import app
from perfmon_xl.workbook.build import build
from perfmon_xl.workbook.cell_text import plain, split_rows
from perfmon_xl.workbook.package import MAIN
from perfmon_xl.workbook.package_book import PackageBook
from perfmon_xl.workbook.port import CellRef
from perfmon_xl.zipping import rewritten

SHEET = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}"><sheetData>%s</sheetData></worksheet>'
)


def by_tree(data: bytes) -> bytes:
    """同一个工作簿，换一种少见的写法：<sheetData > 多一个空格，只好照树读。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = {n: package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/sheet")}
    return rewritten(data, {n: d.replace(b"<sheetData>", b"<sheetData >") for n, d in sheets.items()})


def canonical(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            name: etree.tostring(etree.fromstring(package.read(name)), method="c14n")
            for name in package.namelist()
            if name.endswith((".xml", ".rels", ".vml"))
        }


@pytest.mark.parametrize("data", [build(project(6)), rich_workbook()], ids=["ours", "rich"])
def test_both_ways_read_the_same(data: bytes) -> None:
    text, tree = PackageBook.from_bytes(data), PackageBook.from_bytes(by_tree(data))
    assert text.tables() == tree.tables() and text.named() == tree.named()


def test_both_ways_write_the_same() -> None:
    written = []
    for data in (source := build(project(6)), by_tree(source)):
        book = PackageBook.from_bytes(data)
        _, reading = app.filled(book)
        app.check_book(book, reading)
        far = CellRef(book.sheet_names()[2], 400, 3)  # a row that is not in the file
        book.write({far: Decimal(7), far._replace(row=390): "前一行"})
        written.append(canonical(book.to_bytes()))
    assert written[0] == written[1]


def test_rows_nobody_wrote_keep_their_bytes() -> None:
    data = build(project(6))
    book = PackageBook.from_bytes(data)
    name, part = next((n, p) for n, p in book.package.sheets.items() if n.startswith("表4"))
    book.write({CellRef(name, 5, 3): "改过"})
    rows = [split_rows(x.package.raw(part), MAIN) for x in (book, PackageBook.from_bytes(book.to_bytes()))]
    before, after = (found.rows for found in rows if found is not None)
    assert [n for n in before if before[n].text != after[n].text] == [5]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s" s="1"><v>0</v></c></row>',
        '<row r="1"><!-- --><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row>',
        '<row r="1"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row>\n<row r="2"/>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"/>',
        '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><c r="A1"><v>&other;</v></c></row>',
    ],
)
def test_what_is_not_written_the_usual_way_is_left_to_the_tree(rows: str) -> None:
    assert split_rows((SHEET % rows).encode(), MAIN) is None


def test_another_encoding_is_left_to_the_tree() -> None:
    sheet = SHEET % '<row r="1"><c r="A1" t="str"><v>Ã©</v></c></row>'
    assert split_rows(sheet.encode(), MAIN) is not None
    assert split_rows(sheet.replace("UTF-8", "ISO-8859-1").encode("latin-1"), MAIN) is None


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("&<>'\"\t\n;#x1")))
def test_escapes_mean_what_they_mean_to_xml(text: str) -> None:
    element = etree.Element("v")
    element.text = text
    for encoding in ("UTF-8", "ASCII"):  # ASCII writes every other character by its number
        written = etree.tostring(element, encoding=encoding).decode(encoding)
        if not written.endswith("/>"):
            assert plain(written[written.index("<v>") + 3 : -len("</v>")]) == text
