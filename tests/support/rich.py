"""A workbook with about everything Excel can hold beside cells, to see what a write leaves alone."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import xlsxwriter

from perfmon_xl.ooxml.zipping import rewritten

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MS = "http://schemas.microsoft.com/office"


def png() -> io.BytesIO:
    raw = b"".join(b"\0" + b"\x20\x80\xf0" * 8 for _ in range(8))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def rich_workbook() -> bytes:
    """图表、图片、文本框、按钮、迷你图、条件格式、跨表下拉、富文本、批注、数组公式、线程批注、切片器、customXml。"""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page, other = book.add_worksheet("数据"), book.add_worksheet("第二页")
    rows = [[f"A{i}", f"零件{i}", i, i * 2] for i in range(1, 6)]
    columns = [{"header": h} for h in ("编号", "名称", "数量")] + [{"header": "倍数"}]
    page.add_table("A1:D6", {"name": "零件表", "columns": columns, "data": rows, "autofilter": True})
    for row in range(1, 6):
        page.write_formula(row, 3, "=零件表[[#This Row],[数量]]*2", None, row * 2)
    page.write_formula("F10", "=SUM(零件表[数量])", None, 15)
    page.write_array_formula("N1:N3", "{=C2:C4*2}", None, 2)
    page.write_dynamic_array_formula("M1:M3", "=SORT(C2:C4)", None, 1)
    page.data_validation("F1", {"validate": "list", "source": ["是", "否"], "input_message": "请选择"})
    page.data_validation("C2:C6", {"validate": "integer", "criteria": ">", "value": 0})
    page.conditional_format("C2:C6", {"type": "data_bar", "data_bar_2010": True})
    page.conditional_format("C2:C6", {"type": "icon_set", "icon_style": "3_arrows"})
    page.insert_image("H1", "点.png", {"image_data": png()})
    page.insert_textbox("H5", "文本框")
    page.insert_button("H20", {"macro": "x", "caption": "按钮"})
    page.insert_checkbox("Q1", True)
    page.add_sparkline("J2", {"range": "'数据'!C2:C6"})
    page.write_comment("A2", "批注内容", {"author": "张三", "x_scale": 2})
    page.write_url("A9", "https://example.com", string="链接")
    page.write_rich_string("B9", book.add_format({"bold": True}), "粗", "普通")
    page.merge_range("B11:C12", "合并")
    page.freeze_panes(1, 1)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='数据'!$C$2:$C$6"})
    page.insert_chart("K1", chart)
    sheet = book.add_chartsheet("图表页")
    second = book.add_chart({"type": "line"})
    second.add_series({"values": "='数据'!$C$2:$C$6"})
    sheet.set_chart(second)
    other.write("A1", 1)
    book.add_worksheet("隐").very_hidden()
    book.define_name("合计", "='数据'!$F$10")
    book.set_custom_property("自定义", "值", "text")
    book.close()
    return _with_parts(out.getvalue())


def _with_parts(data: bytes) -> bytes:
    """XlsxWriter 不写的几样：customXml、线程批注、跨表下拉（x14）、打印机设置、计算链。"""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}

    def relate(rels: str, kind: str, target: str, number: str) -> None:
        one = f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/></Relationships>'
        parts[rels] = parts[rels].replace(b"</Relationships>", one.encode())

    def declare(part: str, kind: str) -> None:
        one = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", one.encode())

    sheet, rels = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    parts["customXml/item1.xml"] = "<内容 xmlns='urn:x'>值</内容>".encode()
    relate("xl/_rels/workbook.xml.rels", f"{_REL}/customXml", "../customXml/item1.xml", "rIdX1")
    parts["xl/persons/person.xml"] = (
        f'<personList xmlns="{_MS}/spreadsheetml/2018/threadedcomments">'
        '<person displayName="李四" id="{00000000-0000-0000-0000-000000000001}" userId="x" providerId="None"/>'
        "</personList>"
    ).encode()
    relate("xl/_rels/workbook.xml.rels", f"{_MS}/2017/10/relationships/person", "persons/person.xml", "rIdX2")
    declare("xl/persons/person.xml", "application/vnd.ms-excel.person+xml")
    parts["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments xmlns="{_MS}/spreadsheetml/2018/threadedcomments"><threadedComment ref="A2" '
        'dT="2024-01-01T00:00:00.00" personId="{00000000-0000-0000-0000-000000000001}" '
        'id="{00000000-0000-0000-0000-000000000002}"><text>讨论</text></threadedComment></ThreadedComments>'
    ).encode()
    relate(
        rels,
        f"{_MS}/2017/10/relationships/threadedComment",
        "../threadedComments/threadedComment1.xml",
        "rIdX3",
    )
    declare("xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml")
    parts["xl/printerSettings/printerSettings1.bin"] = b"\1" * 64
    relate(rels, f"{_REL}/printerSettings", "../printerSettings/printerSettings1.bin", "rIdX4")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b'<Default Extension="xml"',
        b'<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
        b'printerSettings"/><Default Extension="xml"',
    )
    parts["xl/calcChain.xml"] = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<c r="F10" i="1"/><c r="D2" i="1"/></calcChain>'
    )
    relate("xl/_rels/workbook.xml.rels", f"{_REL}/calcChain", "calcChain.xml", "rIdX5")
    declare("xl/calcChain.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml")
    extra = (
        '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        f'xmlns:x14="{_MS}/spreadsheetml/2009/9/main" xmlns:xm="{_MS}/excel/2006/main">'
        '<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
        "<xm:f>第二页!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>F3</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst></worksheet>"
    )
    parts[sheet] = parts[sheet].replace(b"</extLst></worksheet>", extra.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


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
