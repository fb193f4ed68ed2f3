"""Workbooks that came back from other programs: tables dropped, tables without a header flag, other part names."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from perfmon_xl import app, data
from perfmon_xl.ooxml.canonical import canonical
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {n: package.read(n) for n in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def entries(content: bytes) -> dict[str, object]:
    return data.to_data(read(PackageBook.from_bytes(content)).monitoring)


def test_tables_that_were_dropped_on_saving_are_found_by_sheet_and_header(demo_book: Path) -> None:
    parts = {n: c for n, c in parts_of(demo_book).items() if not n.startswith("xl/tables/")}
    for name in parts:
        if re.match(r"xl/worksheets/[^/]*\.xml", name):
            parts[name] = re.sub(rb"<tableParts.*?</tableParts>", b"", parts[name], flags=re.S)
        elif name.startswith("xl/worksheets/_rels/"):
            parts[name] = re.sub(rb'<Relationship [^>]*/table"[^>]*/>', b"", parts[name])
    spoiled = PackageBook.from_bytes(packed(parts))
    reading = read(spoiled)
    assert data.to_data(reading.monitoring) == entries(demo_book.read_bytes())
    assert any("表头读的" in m for m in reading.missing)
    with pytest.raises(Exception, match="加不了行"):
        spoiled.append_rows("问题措施表", [[""] * 8])


def test_a_table_without_a_header_flag_whose_first_row_is_the_header(demo_book: Path) -> None:
    parts = parts_of(demo_book)
    for name in parts:
        if name.startswith("xl/tables/"):
            parts[name] = re.sub(rb"<table ", b'<table headerRowCount="0" ', parts[name], count=1)
            parts[name] = re.sub(rb"<autoFilter.*?(?:/>|</autoFilter>)", b"", parts[name], flags=re.S)
    content = packed(parts)
    assert entries(content) == entries(demo_book.read_bytes())
    book = PackageBook.from_bytes(content)
    app.fill_book(book)
    assert entries(book.to_bytes()).keys() == entries(demo_book.read_bytes()).keys()
    assert next(iter(book.tables().values())).rows  # the header cells are still what they were


@pytest.mark.parametrize("name", ["xl/workbook2.xml", "XL/Workbook.xml"])
def test_the_main_part_is_found_by_its_relation_without_regard_to_case(name: str, demo_book: Path) -> None:
    parts, folder = parts_of(demo_book), name.split("/")[0]
    moved = {}
    for part, content in parts.items():
        new = {
            "xl/workbook.xml": name,
            "xl/_rels/workbook.xml.rels": f"{folder}/_rels/{name.split('/')[1]}.rels",
        }.get(part, part)
        if part in ("_rels/.rels", "[Content_Types].xml"):
            content = content.replace(b"xl/workbook.xml", name.encode())
        moved[new.replace("xl/", f"{folder}/", 1) if new.startswith("xl/") else new] = content
    assert entries(canonical(packed(moved), ".xlsx")) == entries(demo_book.read_bytes())


def test_new_relationship_parts_use_the_default_namespace(demo_book: Path) -> None:
    book = PackageBook.open(demo_book)
    app.check_and_write(demo_book) if hasattr(app, "check_and_write") else None
    for name, content in parts_of(demo_book).items():
        if name.endswith(".rels"):
            assert b"ns0:" not in content, name
    assert book.tables()


@pytest.mark.parametrize(
    "typed", ["2023-10-31 00:00:00", "2023/10/31 0:00", "2023-10-31T00:00:00", "2023年10月31号"]
)
def test_a_day_stored_with_its_time_is_the_day(typed: str) -> None:
    from perfmon_xl.layout.schema import Type
    from perfmon_xl.workbook.convert import convert
    from perfmon_xl.workbook.port import CellRef, RawCell

    value, fault = convert(RawCell(CellRef("甲", 1, 1), typed), Type.DATE)
    assert (str(value), fault) == ("2023-10-31", None)
    _, clear = convert(RawCell(CellRef("甲", 1, 1), "2023-10-31 09:30"), Type.DATE)
    assert clear is not None  # an hour of the day is no day


@pytest.mark.slow
def test_rows_right_under_a_table_that_did_not_grow_are_said(demo_book: Path) -> None:
    from perfmon_xl.workbook.port import CellRef

    book = PackageBook.open(demo_book)
    table = book.tables()["目标申报表"]
    under = CellRef(table.sheet, table.first.row + len(table.rows) + 1, table.first.column + 2)
    book.write({under: "新加的指标"})
    (said,) = read(PackageBook.from_bytes(book.to_bytes())).missing
    assert str(under) in said and "没有读" in said
    assert read(PackageBook.open(demo_book)).missing == ()


@pytest.mark.parametrize("ch", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202c", "\u200e"])
def test_invisible_characters_are_as_if_not_there(ch: str) -> None:
    from perfmon_xl.layout.schema import Type
    from perfmon_xl.workbook.convert import convert
    from perfmon_xl.workbook.port import CellRef, RawCell

    def value(text: str, kind: Type) -> object:
        return convert(RawCell(CellRef("甲", 1, 1), text), kind)[0]

    assert str(value(f"2023-10-31{ch}", Type.DATE)) == "2023-10-31"
    assert value(f"办案{ch}数量", Type.TEXT) == "办案数量"
    assert value(f"{ch}4.5", Type.WAN) == value("4.5", Type.WAN)
