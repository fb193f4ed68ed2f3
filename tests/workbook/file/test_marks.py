"""Marks on a rich file of the user's: colours and notes come and go, everything else stays."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
from support.office import needs_validator, validate
from support.rich import rich_workbook

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


def saved_by_excel(data: bytes) -> bytes:
    """“第二页”上三条批注，像在 Excel 里做好存盘的：作者都是登录的人，B2、C3 的框有我们的替代文字。"""
    cells = (("A1", 0, 0, ""), ("B2", 1, 1, ' alt="perfmon-xl"'), ("C3", 2, 2, ' alt="perfmon-xl"'))
    comments = "".join(
        f'<comment ref="{ref}" authorId="0" shapeId="0" xr:uid="{{0000000{row}-0000-0000-0000-000000000000}}">'
        f"<text><r><rPr><sz val='9'/><rFont val='宋体'/></rPr><t>批注{ref}</t></r></text></comment>"
        for ref, row, _, _ in cells
    )
    shapes = "".join(
        f' <v:shape id="_x0000_s{2049 + row}" type="#_x0000_t202"{alt} style=\'position:absolute;\n  margin-left:'
        "107.25pt;margin-top:1.5pt;width:260pt;height:44pt;z-index:1;\n  visibility:hidden' "
        'fillcolor="infoBackground [80]" strokecolor="none [81]" o:insetmode="auto">\n'
        '  <v:fill color2="infoBackground [80]"/>\n  <v:shadow color="none [81]" obscured="t"/>\n'
        "  <v:path o:connecttype=\"none\"/>\n  <v:textbox style='mso-direction-alt:auto'>\n"
        "   <div style='text-align:left'></div>\n  </v:textbox>\n"
        '  <x:ClientData ObjectType="Note">\n   <x:MoveWithCells/>\n   <x:SizeWithCells/>\n'
        f"   <x:Anchor>\n    1, 15, 0, 2, 6, 31, 3, 1</x:Anchor>\n   <x:AutoFill>False</x:AutoFill>\n"
        f"   <x:Row>{row}</x:Row>\n   <x:Column>{column}</x:Column>\n  </x:ClientData>\n </v:shape>"
        for _, row, column, alt in cells
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet2.xml").decode()
        types = package.read("[Content_Types].xml").decode()
    relation = f'<Relationship Id="rId{{}}" Type="{office}/{{}}" Target="{{}}"/>'
    return rewritten(
        data,
        {
            "xl/worksheets/sheet2.xml": sheet.replace(
                "</worksheet>", '<legacyDrawing r:id="rId1"/></worksheet>'
            ).encode(),
            "xl/worksheets/_rels/sheet2.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                + relation.format(1, "vmlDrawing", "../drawings/vmlDrawing9.vml")
                + relation.format(2, "comments", "../comments9.xml")
                + "</Relationships>"
            ).encode(),
            "xl/comments9.xml": (
                f'<comments xmlns="{main}" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision">'
                f"<authors><author>王会计</author></authors><commentList>{comments}</commentList></comments>"
            ).encode(),
            "xl/drawings/vmlDrawing9.vml": (
                '<xml xmlns:v="urn:schemas-microsoft-com:vml"\n xmlns:o="urn:schemas-microsoft-com:office:office"\n'
                ' xmlns:x="urn:schemas-microsoft-com:office:excel">\n <o:shapelayout v:ext="edit">\n'
                '  <o:idmap v:ext="edit" data="2"/>\n </o:shapelayout>'
                '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"\n'
                '  path="m,l,21600r21600,l21600,xe">\n  <v:stroke joinstyle="miter"/>\n'
                '  <v:path gradientshapeok="t" o:connecttype="rect"/>\n </v:shapetype>'
                f"{shapes}</xml>"
            ).encode(),
            "[Content_Types].xml": types.replace(
                "</Types>",
                '<Override PartName="/xl/comments9.xml" ContentType="application/vnd.openxmlformats-'
                'officedocument.spreadsheetml.comments+xml"/></Types>',
            ).encode(),
        },
    )


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
