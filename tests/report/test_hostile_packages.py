"""More kinds of what a template carries: books behind charts, links put together, parts that are not what they say, two zips in one.

Each line of a table is one attack; the door is the same for all. `tests/attacks/README.md` says which test keeps which kind.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from report.test_hostile_kinds import (
    BEGIN,
    DDE,
    END,
    PNG,
    SEPARATE,
    WORD,
    code,
    refusal,
    runs,
    svg,
    with_part,
)
from report.test_safety import OFFICE, TEMPLATE, TYPES, part, related, with_body, zipped

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.safety import check_package
from perfmon_xl.ooxml.zipping import EMPTY, rewritten
from perfmon_xl.report.template.package import check_template

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def relations(*each: str) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'.encode()


def relation(kind: str, target: str, mode: str = "", name: str = "r9") -> str:
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


OUTSIDE = ' TargetMode="External"'


def book(
    inside: str = "<sheetData/>",
    *,
    parts: dict[str, tuple[bytes, str, str]] | None = None,
    of_sheet: str = "",
    names: str = "",
) -> bytes:
    """图后面的工作簿。parts：部分 → 内容、类型、工作簿到它的关系；of_sheet：工作表的关系。"""
    parts = parts or {}
    types = "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, (_, t, _) in parts.items())
    more = "".join(
        relation(k, "/" + n, name=f"x{at}") for at, (n, (_, _, k)) in enumerate(parts.items()) if k
    )
    return rewritten(
        EMPTY,
        {
            TYPES: f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET}worksheet+xml"/>{types}</Types>'.encode(),
            "_rels/.rels": relations(relation("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets>{names}</workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": relations(
                relation("worksheet", "worksheets/sheet1.xml", name="r1"), more
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{inside}</worksheet>'.encode(),
            "xl/worksheets/_rels/sheet1.xml.rels": relations(of_sheet),
            **{name: data for name, (data, _, _) in parts.items()},
        },
    )


def chart(data: bytes) -> bytes:
    """模板里的一幅图，后面的工作簿是 data。"""
    drawn = f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="{OFFICE}"><c:chart/><c:externalData r:id="r9"/></c:chartSpace>'
    whole = with_part("word/charts/chart9.xml", drawn.encode(), CHART, "chart")
    types = part(TYPES, whole).replace(
        b"</Types>",
        f'<Override PartName="/word/embeddings/a.xlsx" ContentType="{SHEET}sheet"/></Types>'.encode(),
    )
    links = relations(relation("package", "../embeddings/a.xlsx"))
    return rewritten(
        whole,
        {TYPES: types, "word/charts/_rels/chart9.xml.rels": links, "word/embeddings/a.xlsx": data},
    )


def formula(text: str) -> bytes:
    return book(f'<sheetData><row r="1"><c r="A1"><f>{text}</f><v>0</v></c></row></sheetData>')


@pytest.mark.parametrize(
    "data",
    [
        book(of_sheet=relation("hyperlink", "file:///c:/x.exe", OUTSIDE)),
        book(of_sheet=relation("hyperlink", "\\\\e\\x.lnk", OUTSIDE)),
        book(of_sheet=relation("oleObject", "../o.bin"), parts={"xl/o.bin": (b"\xd0\xcf", "application/vnd.openxmlformats-officedocument.oleObject", "")}),
        book(of_sheet=relation("image", "http://e/a.png", OUTSIDE)),
        book(parts={"xl/e.xml": (b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>', SHEET + "externalLink+xml", "externalLink")}),
        book(parts={"xl/c.xml": (b'<connections><connection refreshOnLoad="1"><webPr url="http://e"/></connection></connections>', SHEET + "connections+xml", "connections")}),
        book(parts={"xl/q.xml": (b"<queryTable/>", SHEET + "queryTable+xml", "queryTable")}),
        book(parts={"xl/m.xml": (b"<macrosheet/>", "application/vnd.ms-excel.macrosheet+xml", "xlMacrosheet")}),
        book(parts={"xl/v.bin": (b"x", "application/vnd.ms-office.vbaProject", "vbaProject")}),
        book(parts={"xl/b.xlsx": (b"PK", SHEET + "sheet", "package")}),
        book(parts={"customUI/c.xml": (b"<customUI/>", "application/xml", "extensibility")}),
        book(parts={"xl/t.xml": (b'<taskpane/>', "application/vnd.ms-office.webextensiontaskpanes+xml", "")}),
        book(parts={"xl/p.xml": (b"<pivotCacheDefinition/>", SHEET + "pivotCacheDefinition+xml", "pivotCacheDefinition")}),
        formula('_xlfn.WEBSERVICE("http://e/"&amp;B1)'),
        formula('IF(1, HYPERLINK ("file:///c:/x.exe"),2)'),
        formula('_xlfn.IMAGE("http://e/a.png")'),
        formula("cmd|'/c calc'!A0"),
        formula('RTD("x",,"y")'),
        formula("[1]Sheet1!A1"),
        formula("'c:\\[x.xlsx]Sheet1'!A1"),
        book(names='<definedNames><definedName name="x">CALL("k32","WinExec","JCJ","calc",0)</definedName></definedNames>'),
        book('<sheetData/><oleObjects><oleObject progId="x"/></oleObjects>'),
        book('<sheetData/><controls><control/></controls>'),
        rewritten(book(), {"xl/worksheets/sheet1.xml": b"<worksheet"}),
        TEMPLATE,
        b"MZ",
    ],
)  # fmt: skip
def test_the_book_behind_a_chart_holds_cells_and_no_more(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(chart(data))
    with pytest.raises(UserError) as caught:
        check_template(path.read_bytes(), path.name)
    assert path.name in caught.value.message and caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        book(),
        formula("SUM(B1:B9)"),
        formula('IF(B1="WEBSERVICE(|[1]x!","a","IMAGE(")'),
        formula("Table1[[#Totals],[数]]"),
        book(of_sheet=relation("hyperlink", "https://www.gov.cn/", OUTSIDE)),
        book(
            parts={
                "xl/styles.xml": (
                    f'<styleSheet xmlns="{MAIN}"/>'.encode(),
                    SHEET + "styles+xml",
                    "styles",
                )
            }
        ),
    ],
)
def test_an_ordinary_book_behind_a_chart_passes(data: bytes) -> None:
    check_template(chart(data), "模板.docx")


def orphan(data: bytes) -> bytes:
    whole = part(TYPES).replace(
        b"</Types>",
        f'<Override PartName="/word/a.xlsx" ContentType="{SHEET}sheet"/></Types>'.encode(),
    )
    return rewritten(TEMPLATE, {TYPES: whole, "word/a.xlsx": data})


@pytest.mark.parametrize(
    "data",
    [
        with_part("word/fonts/f.odttf", DDE.encode(), FONT, "header"),
        with_part("word/fonts/f.fntdata", DDE.encode("utf-16"), "application/x-fontdata", "footer"),
        with_part("word/fonts/f.odttf", b"<w:settings/>", FONT, "settings"),
        with_part("word/h.xml", DDE.encode().replace(b"DDEAUTO cmd", b"PAGE"), WORD + "header+xml", "font"),
        with_part("word/media/a.png", PNG, "image/png", "numbering"),
    ],
)
def test_a_part_is_what_its_relation_says(data: bytes, tmp_path: Path) -> None:
    assert "名不副实" in refusal(data, tmp_path)


@pytest.mark.parametrize("data", [book(), b"MZ", b"PK\3\4"])
def test_a_workbook_that_no_chart_uses_is_smuggled(data: bytes, tmp_path: Path) -> None:
    assert "嵌入的文件" in refusal(orphan(data), tmp_path)


NESTED = BEGIN + code("DOCPROPERTY x") + SEPARATE + "<w:r><w:t>http://a.cn</w:t></w:r>" + END


@pytest.mark.parametrize(
    "data",
    [
        runs(BEGIN, code('HYPERLINK "'), NESTED, code('"'), END),
        runs(BEGIN, code("HYPERLINK "), NESTED, END),
        runs(BEGIN, code('HYPERLINK "http://'), NESTED, code('"'), END),
        runs(BEGIN, code('HYPERLINK "'), '<w:fldSimple w:instr="DOCPROPERTY x"/>', code('"'), END),
        runs(BEGIN, code("ＨＹＰＥＲ\u200bLINK "), NESTED, END),
    ],
)
def test_the_address_of_a_link_is_not_put_together(data: bytes, tmp_path: Path) -> None:
    assert "拼出来的链接" in refusal(data, tmp_path)


def test_a_field_within_the_result_of_a_link_passes() -> None:
    inside = BEGIN + code("PAGEREF a") + SEPARATE + "<w:r><w:t>1</w:t></w:r>" + END
    check_template(runs(BEGIN, code('HYPERLINK \\l "a"'), SEPARATE, inside, END), "模板.docx")


@pytest.mark.parametrize(
    "element",
    [
        '<a:blip xmlns:a="u" xmlns:r="{0}" r:embed="rIdX"/>',
        '<v:imagedata xmlns:v="u" xmlns:r="{0}" r:id="rIdX"/>',
        '<v:fill xmlns:v="u" xmlns:r="urn:x/relationships" r:id="rIdX"/>',
        '<w:sourceFileName xmlns:r="{0}" r:id="rIdX"/>',
    ],
)
def test_only_a_link_leads_outside(element: str, tmp_path: Path) -> None:
    """关系说是链接，用它的却是一张图：打开文件就去取。"""
    whole = related("hyperlink", "https://e.example/a.png")
    document = part("word/document.xml", whole).replace(
        b"<w:body>", f"<w:body><w:p>{element.format(OFFICE)}</w:p>".encode(), 1
    )
    assert "文件以外" in refusal(rewritten(whole, {"word/document.xml": document}), tmp_path)


def test_a_link_may_lead_outside() -> None:
    whole = related("hyperlink", "https://e.example/a.png")
    element = f'<w:body><w:p><w:hyperlink xmlns:r="{OFFICE}" r:id="rIdX"/></w:p>'
    document = part("word/document.xml", whole).replace(b"<w:body>", element.encode(), 1)
    check_template(rewritten(whole, {"word/document.xml": document}), "模板.docx")


@pytest.mark.parametrize(
    "xml",
    [
        '<v:shape xmlns:v="urn:v" onmouseover="x()"/>',
        '<v:shape xmlns:v="urn:v" ondblclick="x()"/>',
        '<v:imagedata xmlns:v="urn:v" xmlns:o="urn:o" o:href="http://e/a.png"/>',
        '<v:fill xmlns:v="urn:v" xmlns:o="urn:o" o:href="https://e/a.png"/>',
        '<v:shape xmlns:v="urn:v" style="background:url(http://e/a.png)"/>',
        '<v:shape xmlns:v="urn:v" style="background:u\\72l(http://e/a.png)"/>',
        '<a:videoFile xmlns:a="urn:a" xmlns:r="urn:r" r:link="rId1"/>',
        '<a:blip xmlns:a="urn:a" xmlns:r="urn:r" r:link="rId1"/>',
        '<a:wavAudioFile xmlns:a="urn:a"/>',
    ],
)
def test_what_fetches_or_runs_in_a_shape(xml: str, tmp_path: Path) -> None:
    refusal(with_body(f"<w:p>{xml}</w:p>"), tmp_path)


def test_a_shape_with_a_shadow_that_is_on_passes() -> None:
    shape = (
        '<v:shape xmlns:v="urn:v" style="width:10pt" href="https://www.gov.cn/"><v:shadow on="t"/></v:shape>'
    )
    check_template(with_body(f"<w:p>{shape}</w:p>"), "模板.docx")


def test_where_links_are_counted_from_is_not_given(tmp_path: Path) -> None:
    data = part("docProps/app.xml").replace(
        b"</Properties>", b"<HyperlinkBase>file:///c:/</HyperlinkBase></Properties>"
    )
    assert "超链接基础" in refusal(rewritten(TEMPLATE, {"docProps/app.xml": data}), tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        svg('<animate attributeName="href" to="javascript:x"/>'),
        svg('<a><set attributeName="href" to="http://e"/></a>'),
        svg('<iframe xmlns="http://www.w3.org/1999/xhtml" src="http://e"/>'),
        svg('<path xmlns="http://www.w3.org/1999/xhtml" d="x"/>'),
        svg('<video href="#a"/>'),
        svg('<use href="data:image/svg+xml;base64,AA#x"/>'),
        svg('<image href="data:image/svg+xml,x"/>'),
        svg('<feImage href="#a"/>'),
        svg('<a href="https://e"/>'),
        svg('<rect fill="u\\72l(http://e/a)"/>'),
        svg("<style>@\\69mport 'http://e/a.css';</style>"),
        svg("<style><g/>@import 'http://e/a.css';</style>"),
        svg("<style>a{background:image-set('http://e/a' 1x)}</style>"),
        svg("<style>@font-face{src:local(x)}</style>"),
    ],
)
def test_a_drawing_is_shapes_alone(data: bytes, tmp_path: Path) -> None:
    refusal(data, tmp_path)


def test_a_drawing_of_an_editor_passes() -> None:
    inside = (
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/>'
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
        "<style>.a{fill:#fff;stroke:url(#g)}</style><filter><feGaussianBlur/></filter><text><tspan>甲</tspan></text>"
    )
    check_template(svg(inside), "模板.docx")


# --- one zip, one reading (for every file from outside) ------------------------------------------------


def overlapping() -> bytes:
    """两个目录项指着同一段压缩数据。"""
    data = bytearray(rewritten(TEMPLATE, {"word/a1.xml": b"<x/>", "word/a2.xml": b"<x/>"}))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        first = package.getinfo("word/a1.xml").header_offset
    at = data.rindex(b"PK\1\2", 0, data.rindex(b"word/a2.xml"))
    data[at + 42 : at + 46] = first.to_bytes(4, "little")
    data[at + 46 : at + 57] = b"word/a1.xml"
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\3\4junk" + TEMPLATE,
        TEMPLATE + TEMPLATE,
        TEMPLATE + rewritten(EMPTY, {"word/vbaProject.bin": b"x"})[:-22],
        TEMPLATE + b"\0" * 40 + b"PK\5\6",
        zipped(lambda z: z.writestr("word/evil.exe/", b"MZ")),
        overlapping(),
    ],
)
def test_a_zip_of_two_readings_is_refused(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        check_package(data, "模板.docx", ".docx")
    assert "模板.docx" in caught.value.message and caught.value.hint


def commented(comment: bytes) -> bytes:
    out = io.BytesIO(TEMPLATE)
    with zipfile.ZipFile(out, "a") as package:
        package.comment = comment
    return out.getvalue()


def test_a_comment_that_is_a_zip_is_refused() -> None:
    with pytest.raises(UserError):
        check_package(commented(rewritten(EMPTY, {"xl/workbook.xml": b"<x/>"})), "模板.docx", ".docx")


@pytest.mark.parametrize("data", [TEMPLATE, commented("备注".encode()), TEMPLATE + b"\0\0\r\n"])
def test_an_ordinary_zip_passes(data: bytes) -> None:
    check_package(data, "模板.docx", ".docx")


def test_folders_in_a_zip_pass() -> None:
    check_package(zipped(lambda z: z.writestr("word/新/", b"")), "模板.docx", ".docx")
