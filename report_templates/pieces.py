"""What the templates are made of: styles and page after GB/T 9704-2012, contents page, loops, tables."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TWIPS_PER_MM = 56.6929
CENTER, RIGHT, LEFT, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
FANGSONG, KAITI, HEITI, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
STAND_INS = {FANGSONG: "仿宋", KAITI: "楷体", TITLE: "宋体"}


def template(title: str, cover: Callable[[Any], None], body: Callable[[Any], None]) -> bytes:
    """一份模板：封面、目录、正文。"""
    document = Document()
    _styles(document)
    _page(document.sections[0])
    cover(document)
    _contents(document)
    _body_section(document)
    body(document)
    out = io.BytesIO()
    document.core_properties.author = ""
    document.core_properties.title = title
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime.datetime(2024, 1, 1)
    document.save(out)
    return _stable(out.getvalue())


def _stable(data: bytes) -> bytes:
    """同样的内容得到同样的字节；字体表补上替代字体。"""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info.filename)
            if info.filename == "word/fontTable.xml":
                fonts = "".join(
                    f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
                    for name, other in STAND_INS.items()
                )
                content = content.replace(b"</w:fonts>", fonts.encode("utf-8") + b"</w:fonts>")
            new.writestr(zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- styles -----------------------------------------------------------------------------------------


def _fonts(owner: Any, east_asian: str, latin: str = "Times New Roman") -> None:
    properties = owner.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for kind, name in (("ascii", latin), ("hAnsi", latin), ("eastAsia", east_asian), ("cs", latin)):
        fonts.set(qn(f"w:{kind}"), name)
    # Quotation marks, dashes and ≥ belong to both scripts; without this, Word takes them of the Latin font, half as wide.
    fonts.set(qn("w:hint"), "eastAsia")


def _style(
    document: Any,
    name: str,
    font: str,
    size: float,
    *,
    align: Any = BOTH,
    pitch: float = 28,
    indent: int = 0,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> Any:
    try:
        style = document.styles[name]
    except KeyError:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    _fonts(style.element, font)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep
    form.alignment, form.widow_control = align, True
    form.first_line_indent = Pt(size * indent)
    if indent:
        style.element.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), str(indent * 100))
    return style


def _styles(document: Any) -> None:
    _style(document, "Normal", FANGSONG, 16)
    _style(document, "正文段", FANGSONG, 16, indent=2)
    _style(document, "正文段连", FANGSONG, 16, indent=2, keep=True)  # stays with the next paragraph
    for level, (font, bold) in enumerate(
        ((HEITI, False), (KAITI, False), (FANGSONG, True), (FANGSONG, False)), 1
    ):
        _style(document, f"Heading {level}", font, 16, indent=2, bold=bold, keep=True, align=LEFT)
    _style(document, "封面标题", TITLE, 22, align=CENTER, pitch=40)
    _style(document, "封面文字", FANGSONG, 16, align=CENTER)
    _style(document, "目录标题", HEITI, 16, align=CENTER, after=14)
    _style(document, "表题", HEITI, 12, align=CENTER, pitch=22, before=6, after=3, keep=True)
    _style(document, "图题", HEITI, 12, align=CENTER, pitch=22, before=3, after=9)
    _style(document, "表头", HEITI, 10.5, align=CENTER, pitch=16)
    _style(document, "表文", FANGSONG, 10.5, align=CENTER, pitch=16)
    _style(document, "表文左", FANGSONG, 10.5, align=LEFT, pitch=16)
    _style(document, "小表头", HEITI, 9, align=CENTER, pitch=12)
    _style(document, "小表文", FANGSONG, 9, align=CENTER, pitch=12)
    _style(document, "小表文左", FANGSONG, 9, align=LEFT, pitch=12)
    _style(document, "表后", FANGSONG, 6, pitch=8)
    _style(document, "落款", FANGSONG, 16, align=RIGHT, keep=True)
    for level in (1, 2):
        style = _style(document, f"toc {level}", FANGSONG, 14, pitch=26, align=LEFT)
        style.paragraph_format.left_indent = Pt(14 * (level - 1))
        style.paragraph_format.tab_stops.add_tab_stop(Mm(156), alignment=2, leader=1)


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)


# --- building blocks --------------------------------------------------------------------------------


def _field(paragraph: Any, code: str, result: str) -> None:
    for kind in ("begin", "code", "separate", "result", "end"):
        run = OxmlElement("w:r")
        if kind == "code":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
        elif kind == "result":
            text = OxmlElement("w:t")
            text.text = result
        else:
            text = OxmlElement("w:fldChar")
            text.set(qn("w:fldCharType"), kind)
        run.append(text)
        paragraph._p.append(run)


def loop(document: Any, variable: str, source: str, *inside: tuple[str, str]) -> None:
    """{%p for %} … {%p endfor %}，中间各段是 (样式, 文字)。"""
    document.add_paragraph(f"{{%p for {variable} in {source} %}}", style="正文段")
    for style, text in inside:
        document.add_paragraph(text, style=style)
    document.add_paragraph("{%p endfor %}", style="正文段")


def table(
    document: Any,
    caption: str,
    heads: Sequence[str],
    widths: Sequence[float],
    source: str,
    cells: Sequence[str],
    *,
    left: Sequence[int] = (),
    above: Sequence[tuple[Sequence[str], Sequence[int]]] = (),
    below: Sequence[str] = (),
    small: bool = False,
) -> None:
    """表题和一张表，source 的一项一行；above 是表头上面的行（文字，各占几栏），below 是最后的合计行；small：小五号、
    左右只留 1 毫米，栏目多的表用。
    """
    if caption:
        document.add_paragraph(caption, style="表题")
    made = document.add_table(rows=0, cols=len(widths))
    made.style, made.autofit, made.alignment = "Table Grid", False, 1
    properties = made._tbl.tblPr
    if small:
        _narrow_margins(properties)
    layout = properties.find(qn("w:tblLayout"))
    if layout is None:
        layout = OxmlElement("w:tblLayout")
        properties.append(layout)
    layout.set(qn("w:type"), "fixed")
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(sum(int(w * TWIPS_PER_MM) for w in widths)))
    for column, one in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(int(one * TWIPS_PER_MM)))
    for texts, spans in above:
        _row(document, made, texts, widths, spans=spans, left=(1,) if len(texts) > 1 else (), small=small)
    _row(document, made, heads, widths, header=not above, style="表头", small=small)
    blank = [""] * (len(widths) - 1)
    _row(document, made, [f"{{%tr for 行 in {source} %}}", *blank], widths, small=small)
    _row(document, made, cells, widths, left=left, small=small)
    # an empty table says so, lest someone thinks that it was forgotten
    _row(document, made, ["{%tr else %}", *blank], widths, small=small)
    _row(document, made, ["（无）"], widths, spans=(len(widths),), small=small)
    _row(document, made, ["{%tr endfor %}", *blank], widths, small=small)
    if below:
        _row(document, made, below, widths, left=left, small=small)
    document.add_paragraph("", style="表后")


def _narrow_margins(properties: Any) -> None:
    """格子左右只留 1 毫米。"""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(int(TWIPS_PER_MM)))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    look = properties.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else properties.append(margins)


def _row(
    document: Any,
    table: Any,
    texts: Sequence[str],
    widths: Sequence[float],
    *,
    header: bool = False,
    style: str = "表文",
    spans: Sequence[int] | None = None,
    left: Sequence[int] = (),
    small: bool = False,
) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    cells, start = row._tr.findall(qn("w:tc")), 0
    for index, text in enumerate(texts):
        span = spans[index] if spans else 1
        cell = cells[start]
        inside = cell.get_or_add_tcPr()
        size = inside.find(qn("w:tcW"))
        size.set(qn("w:w"), str(sum(int(w * TWIPS_PER_MM) for w in widths[start : start + span])))
        size.set(qn("w:type"), "dxa")
        if span > 1:
            grid = OxmlElement("w:gridSpan")
            grid.set(qn("w:val"), str(span))
            size.addnext(grid)
            for extra in cells[start + 1 : start + span]:
                row._tr.remove(extra)
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        inside.append(middle)
        paragraph = row.cells[start].paragraphs[0]
        paragraph.style = document.styles[("小" if small else "") + ("表文左" if index in left else style)]
        paragraph.add_run(text)
        start += span


# --- the report -------------------------------------------------------------------------------------


def _contents(document: Any) -> None:
    heading = document.add_paragraph("目  录", style="目录标题")
    heading.paragraph_format.page_break_before = True
    _field(document.add_paragraph("", style="toc 1"), r'TOC \o "1-2" \h \z \u', "（目录）")


def _body_section(document: Any) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    number = OxmlElement("w:pgNumType")
    number.set(qn("w:start"), "1")
    columns = section._sectPr.find(qn("w:cols"))
    columns.addprevious(number) if columns is not None else section._sectPr.append(number)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        paragraph.add_run("— ")
        _field(paragraph, "PAGE", "1")
        paragraph.add_run(" —")
        for run in paragraph.runs:
            run.font.size = Pt(14)
            _fonts(run._r, "宋体", "宋体")
