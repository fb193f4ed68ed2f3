"""A worksheet read and written by its text comes out as one read and written by its tree."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.projects import project
from support.rich import rich_workbook

from perfmon_xl import app
from perfmon_xl.app.filling import fill_and_read
from perfmon_xl.ooxml.names import SPREADSHEET
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.file.cell_text import plain, split_rows
from perfmon_xl.workbook.file.cells import SheetPart
from perfmon_xl.workbook.file.package import Package
from perfmon_xl.workbook.port import CellRef, RawCell

SHEET = f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{SPREADSHEET}"><sheetData>%s</sheetData></worksheet>'


def by_tree(data: bytes) -> bytes:
    """同一个工作簿，换一种少见的写法：<sheetData > 多一个空格，只好照树读。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = {n: package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/sheet")}
    return rewritten(data, {n: d.replace(b"<sheetData>", b"<sheetData >") for n, d in sheets.items()})


def by_prefix(data: bytes) -> bytes:
    """同一个工作簿，照 Open XML SDK 的写法：<x:row>、<x:c>；行列号不写，t 在 s 前面，各格之间有换行。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = {
            n: package.read(n).decode() for n in package.namelist() if n.startswith("xl/worksheets/sheet")
        }
    return rewritten(data, {name: _prefixed(text).encode() for name, text in sheets.items()})


def _prefixed(text: str) -> str:
    text = re.sub(r"<(/?)(?![?/])", r"<\1x:", text).replace(
        f'xmlns="{SPREADSHEET}"', f'xmlns:x="{SPREADSHEET}"', 1
    )
    text = re.sub(r'( s="\d+")( t="\w+")', r"\2\1", text)
    text = re.sub(
        r'<x:c r="(B\d+)"',
        r"\n <x:c",
        re.sub(r'(<x:c r="A\d+"[^>]*/>|<x:c r="A\d+".*?</x:c>)<x:c r="B\d+"', r"\1\n<x:c", text),
    )
    return text.replace("</x:row>", "<!-- --></x:row>\n")


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


@pytest.mark.slow
def test_prefixes_missing_references_and_comments_read_the_same() -> None:
    data = build(project(6))
    usual, odd = PackageBook.from_bytes(data), PackageBook.from_bytes(by_prefix(data))
    assert usual.tables() == odd.tables() and usual.named() == odd.named()
    refs = [cell.ref for table in usual.tables().values() for row in table.rows for cell in row]
    assert usual.cells(refs) == odd.cells(refs)


@pytest.mark.slow
def test_what_was_written_with_prefixes_can_be_written_to() -> None:
    data, written = build(project(6)), []
    for book in (PackageBook.from_bytes(data), PackageBook.from_bytes(by_prefix(data))):
        filled = fill_and_read(book)
        app.check_book(book, filled.reading, filled.figures)
        written.append(PackageBook.from_bytes(book.to_bytes()))
    assert written[0].tables() == written[1].tables() and written[0].named() == written[1].named()


@pytest.mark.parametrize(
    ("cell", "value", "formula"),
    [
        ('<c r="A1" t="str" s="1"><v>a&amp;b</v></c>', "a&b", None),
        (
            '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>粗</t></r><r><t>细</t></r></is></c>',
            "粗细",
            None,
        ),
        ('<c r="A1" t="inlineStr"><is><t>甲</t><rPh sb="0" eb="1"><t>jiǎ</t></rPh></is></c>', "甲", None),
        ('<c r="A1" t="inlineStr"><is><t/></is></c>', "", None),
        ('<c r="A1" cm="1"><f t="array" ref="A1:A2">B1&lt;2</f><v>1</v></c>', Decimal(1), "B1<2"),
        ('<c r="A1" x:y="1"><v>7</v><extLst><ext x:z="1"/></extLst></c>', Decimal(7), None),
        ('<c r="A1"> <f>1+1</f> <v>2</v> </c>', Decimal(2), "1+1"),
        ('<c r="A1" t="str"><f t="shared" si="0"/><v></v></c>', "", ""),
        ('<c r="A1" s="1"/>', None, None),
        ('<c r="A1" s="1"></c>', None, None),
        ('<c r="A1" s="1"/><extLst><ext/></extLst>', None, None),
    ],
)
def test_one_odd_cell_is_read_by_itself(cell: str, value: object, formula: str | None) -> None:
    sheet = (SHEET % f'<row r="1">{cell}</row>').replace("<worksheet ", '<worksheet xmlns:x="y" ')
    package = Package(rewritten(rich_workbook(), {"xl/worksheets/sheet2.xml": sheet.encode()}))
    page = SheetPart.of(package, "页", "xl/worksheets/sheet2.xml")
    assert page.read(1, 1) == RawCell(CellRef("页", 1, 1), value, formula)
    assert (
        page.completed(b"<x><sheetData/></x>")
        == f'<x><sheetData><row r="1">{cell}</row></sheetData></x>'.encode()
    )


@pytest.mark.slow
def test_both_ways_write_the_same() -> None:
    written = []
    for data in (source := build(project(6)), by_tree(source)):
        book = PackageBook.from_bytes(data)
        filled = fill_and_read(book)
        app.check_book(book, filled.reading, filled.figures)
        far = CellRef(book.sheet_names()[2], 400, 3)  # a row that is not in the file
        book.write({far: Decimal(7), far._replace(row=390): "前一行"})
        written.append(canonical(book.to_bytes()))
    assert written[0] == written[1]


def test_rows_nobody_wrote_keep_their_bytes() -> None:
    data = build(project(6))
    book = PackageBook.from_bytes(data)
    name, part = next((n, p) for n, p in book.package.sheets.items() if n.startswith("表4"))
    book.write({CellRef(name, 5, 3): "改过"})
    rows = [
        split_rows(x.package.raw(part), SPREADSHEET) for x in (book, PackageBook.from_bytes(book.to_bytes()))
    ]
    before, after = (found.rows for found in rows if found is not None)
    assert [n for n in before if before[n].text != after[n].text] == [5]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><!-- --><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row>\n<row r="2"/>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"/>',
        '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><c r="A1"><v>&other;</v></c></row>',
    ],
)
def test_what_is_not_written_the_usual_way_is_left_to_the_tree(rows: str) -> None:
    assert split_rows((SHEET % rows).encode(), SPREADSHEET) is None


def test_another_encoding_is_left_to_the_tree() -> None:
    sheet = SHEET % '<row r="1"><c r="A1" t="str"><v>Ã©</v></c></row>'
    assert split_rows(sheet.encode(), SPREADSHEET) is not None
    assert split_rows(sheet.replace("UTF-8", "ISO-8859-1").encode("latin-1"), SPREADSHEET) is None


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("&<>'\"\t\n;#x1")))
def test_escapes_mean_what_they_mean_to_xml(text: str) -> None:
    element = etree.Element("v")
    element.text = text
    for encoding in ("UTF-8", "ASCII"):  # ASCII writes every other character by its number
        written = etree.tostring(element, encoding=encoding).decode(encoding)
        if not written.endswith("/>"):
            assert plain(written[written.index("<v>") + 3 : -len("</v>")]) == text
