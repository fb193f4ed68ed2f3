"""Charts into the rendered document: where the template says, numbered in reading order, with captions.

A chart's tag renders to a mark of private-use characters (cells cannot contain any); here each mark
becomes a paragraph with the drawing and one with the caption, and the package gets the parts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.escaping import escape
from perfmon_xl.ooxml.names import CONTENT_TYPES, DOCUMENT_RELS, HEAD, OFFICE_RELS, PACKAGE_RELS
from perfmon_xl.ooxml.word_patterns import PAGE_MARGINS, PAGE_SIZE
from perfmon_xl.report.drawing.chart_picture import chart_picture
from perfmon_xl.report.drawing.chart_sheet import chart_workbook
from perfmon_xl.report.drawing.chart_xml import DrawingIds, chart_part, drawing
from perfmon_xl.report.drawing.charts import Chart

PLACE, NUMBER, END = "\uf8f0", "\uf8f1", "\uf8f2"
CAPTION_STYLES = ("图题", "表题", "caption")
_MARK = re.compile(f"[{PLACE}{NUMBER}]([^{END}<]*){END}")
_PLACED = re.compile(f"{PLACE}([^{END}<]*){END}")
_NUMBERED = re.compile(f"{NUMBER}([^{END}<]*){END}")
_HAS_MORE = re.compile(r"<w:t(?: [^>]*)?>[^<]*\S[^<]*</w:t>|<w:(?:drawing|pict|object|fldChar|sectPr|br)\b")
_CELL_WIDTH = re.compile(r'<w:tcW (?=[^>]*w:type="dxa")[^>]*w:w="(\d+)"')
_TWIPS_PER_MM = 56.6929
_WIDTH, _HEIGHT = 156.0, 225.0  # the text area of GB/T 9704-2012
_CAPTION_HEIGHT = 24.0
_CELL_PADDING = 4.0
_FRAME = 1.0  # the line round the chart
_LEAST = 30.0
_MOST_CHARTS = 60
_FIRST_ID, _FIRST_PICTURE_ID = 980_000, 990_000


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """放进报告的一幅图：图几、图、在文件里的三个部分，占多宽多高（毫米）。"""

    number: int
    chart: Chart
    part: str
    workbook: str
    picture: str
    width: float
    height: float


def place_charts(
    xml: str, package: bytes, charts: Mapping[str, Sequence[Chart]], styles: Mapping[str, str]
) -> tuple[str, Mapping[str, bytes], tuple[PlacedChart, ...]]:
    """把正文里的图放好：新的正文、要加要换的部分、放了哪些图。没有数的图，标签和那一段都不留。"""
    if PLACE not in xml and NUMBER not in xml:
        return xml, {}, ()
    taken, rels, types = _before(package)
    free = (n for n in range(1, 10_000) if f"word/charts/chart{n}.xml" not in taken)
    placed: list[PlacedChart] = []
    numbers: dict[str, int] = {}
    pieces, done = [], 0
    # looked for with find: a pattern would be tried at every character of the document
    while (at := xml.find(PLACE, done)) >= 0:  # done is after the paragraph: it may have had more than one
        start, end = _paragraph(xml, at)
        paragraph = xml[start:end]
        rest = _PLACED.sub("", paragraph)
        after = ""
        for key in _PLACED.findall(paragraph):
            shown = charts.get(key, ())
            if not shown:
                continue
            width, height = _room(xml, start)
            number = max((p.number for p in placed), default=0) + 1
            numbers.setdefault(key, number)
            for chart in shown:
                index = next(free)
                part = f"word/charts/chart{index}.xml"
                book = f"word/embeddings/Microsoft_Excel_Worksheet{index}.xlsx"
                picture = f"word/media/perfmon_chart{index}.emf"
                placed.append(
                    PlacedChart(number, chart, part, book, picture, width, min(chart.height, height))
                )
                after += _paragraphs(placed[-1], len(placed), index, styles)
        if len(placed) > _MOST_CHARTS:
            raise UserError(f"报告里的图超过了 {_MOST_CHARTS} 幅。", "请把图的标签移到循环外面。")
        pieces.append(xml[done:start])
        if _HAS_MORE.search(rest) or (not after and xml.startswith("</w:tc>", end)):
            pieces.append(rest)
        pieces.append(after)
        done = end
    pieces.append(xml[done:])
    text = "".join(pieces)
    if NUMBER in text:
        text = _NUMBERED.sub(lambda m: _reference(m[1], numbers, charts), text)
    return text, _parts(placed, rels, types), tuple(placed)


@lru_cache(maxsize=16)
def _before(package: bytes) -> tuple[frozenset[str], str, str]:
    """模板里有哪些部分，和它原来的关系、内容类型；模板不变就不重做。"""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        rels, types = (archive.read(name).decode("utf-8-sig") for name in (DOCUMENT_RELS, CONTENT_TYPES))
        return frozenset(archive.namelist()), rels, types


def refuse_marks(part: str, xml: str) -> None:
    """页眉、页脚里不能放图。"""
    if _MARK.search(xml):
        where = "页眉" if "header" in part else "页脚"
        raise UserError(f"模板的{where}里写了图，放不下。", "请把图的标签移到正文里，单独占一段。")


def _reference(key: str, numbers: Mapping[str, int], charts: Mapping[str, Sequence[Chart]]) -> str:
    if key in numbers:
        return f"图{numbers[key]}"
    if charts.get(key):
        raise UserError(
            f"模板里写了 图.{key}.编号，却没有放 图.{key}。", f"请加一段 {{{{ 图.{key} }}}}，或去掉编号。"
        )
    return ""


def _paragraph(xml: str, inside: int) -> tuple[int, int]:
    """标签所在的一段，从哪个字到哪个字。"""
    opened = xml.count("<w:txbxContent", 0, inside)
    if opened and opened > xml.count("</w:txbxContent>", 0, inside):
        raise UserError("模板的文本框里写了图，放不下。", "请把图的标签移到正文里，单独占一段。")
    start = max(xml.rfind("<w:p>", 0, inside), xml.rfind("<w:p ", 0, inside))
    return start, xml.index("</w:p>", inside) + len("</w:p>")


def _room(xml: str, at: int) -> tuple[float, float]:
    """这里放得下多宽多高的图，毫米：格子里照格宽，别处照版心。"""
    width, height = _text_area(xml, at)
    cell = xml.rfind("<w:tc>", 0, at)
    if cell > xml.rfind("</w:tc>", 0, at):
        match = _CELL_WIDTH.search(xml, cell, at)
        if match:
            width = min(width, int(match[1]) / _TWIPS_PER_MM - _CELL_PADDING)
    return max(width - _FRAME, _LEAST), max(height - _CAPTION_HEIGHT, _LEAST)


def _text_area(xml: str, at: int) -> tuple[float, float]:
    """这一节的版心；一节的纸张写在这节末尾。"""
    section = xml.find("<w:sectPr", at)
    size = PAGE_SIZE.search(xml, section) if section >= 0 else None
    margins = PAGE_MARGINS.search(xml, section) if section >= 0 else None
    if size is None or margins is None:
        return _WIDTH, _HEIGHT

    def number(text: str, name: str) -> float:
        match = re.search(rf'\bw:{name}="(-?\d+)"', text)
        return float(match[1]) / _TWIPS_PER_MM if match else 0.0

    across = number(size[0], "w") - number(margins[0], "left") - number(margins[0], "right")
    down = number(size[0], "h") - abs(number(margins[0], "top")) - abs(number(margins[0], "bottom"))
    return (min(across, _WIDTH) if across > 0 else _WIDTH), (down if down > 0 else _HEIGHT)


def _paragraphs(one: PlacedChart, order: int, index: int, styles: Mapping[str, str]) -> str:
    """图一段、图题一段，同在一页；行距不固定，固定行距会把图裁成一行高。"""
    chart = one.chart
    ids = DrawingIds(_relation(index), _picture(index), _FIRST_ID + order, _FIRST_PICTURE_ID + order)
    shape = drawing(chart, ids, f"图表 {order}", width=one.width, height=one.height)
    named = next((styles[s] for s in CAPTION_STYLES if s in styles), None)
    style = f'<w:pStyle w:val="{named}"/>' if named else ""
    caption = f"图{one.number}  {chart.title}" + (f"（{chart.note}）" if chart.note else "")
    return (
        '<w:p><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>{shape}</w:p>'
        f'<w:p><w:pPr>{style}<w:keepNext w:val="0"/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">{escape(caption)}</w:t></w:r></w:p>'
    )


def _relation(index: int) -> str:
    return f"rIdPerfmonChart{index}"


def _picture(index: int) -> str:
    return f"rIdPerfmonPicture{index}"


def _parts(placed: Sequence[PlacedChart], rels: str, types: str) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    links, overrides = "", ""
    for chart in placed:
        name = chart.part.rpartition("/")[2]
        index = int(re.sub(r"\D", "", name))
        made[chart.part] = (HEAD + chart_part(chart.chart)).encode("utf-8")
        made[chart.workbook] = chart_workbook(chart.chart)
        made[chart.picture] = chart_picture(chart.chart, chart.width, chart.height)
        made[f"word/charts/_rels/{name}.rels"] = (
            f'{HEAD}<Relationships xmlns="{PACKAGE_RELS}">'
            f'<Relationship Id="rId1" Type="{OFFICE_RELS}/package"'
            f' Target="../embeddings/{chart.workbook.rpartition("/")[2]}"/></Relationships>'
        ).encode()
        links += f'<Relationship Id="{_relation(index)}" Type="{OFFICE_RELS}/chart" Target="charts/{name}"/>'
        file = chart.picture.removeprefix("word/")
        links += f'<Relationship Id="{_picture(index)}" Type="{OFFICE_RELS}/image" Target="{file}"/>'
        overrides += (
            f'<Override PartName="/{chart.part}"'
            ' ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
        )
    if placed:
        if 'Extension="emf"' not in types:
            overrides = '<Default Extension="emf" ContentType="image/x-emf"/>' + overrides
        if 'Extension="xlsx"' not in types:
            sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            overrides = f'<Default Extension="xlsx" ContentType="{sheet}"/>' + overrides
        made[DOCUMENT_RELS] = rels.replace("</Relationships>", links + "</Relationships>").encode("utf-8")
        made[CONTENT_TYPES] = types.replace("</Types>", overrides + "</Types>").encode("utf-8")
    return made
