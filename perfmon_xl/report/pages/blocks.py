"""What a page estimate has to know of a document: its paragraphs and tables, in order, after the last section break.

Read from the text of the part: 1.6 ms for a report of 32 indicators and 4.7 for one of 100, where a tree takes 6.3
and 17.4, a twentieth of the whole project (tests/benchmarks/README.md). Where the template has something unusual in
it (text boxes, controls, nested tables), the document becomes a tree, and tells the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import unescape

from lxml import etree

from perfmon_xl.ooxml.names import WORD_DRAWING
from perfmon_xl.report.template.compiled import w


class Cell(NamedTuple):
    """表格的一格：占几列，各段的文字；与上面合并的（follows）没有文字。"""

    span: int
    texts: list[str]
    follows: bool = False


class Row(NamedTuple):
    """表格的一行；header：每页重复的表头。"""

    header: bool
    cells: list[Cell]


class Table(NamedTuple):
    """一个表格：各列的宽（二十分之一磅）、各行；格子里文字的样式，左右一共留多少（磅，没有说的是 None）。"""

    widths: list[float]
    rows: list[Row]
    style: str = ""
    padding: float | None = None


class Paragraph(NamedTuple):
    """一段：样式编号（没有写的是空的）、文字、里面的图有多高（EMU，没有图的是 0）。"""

    style: str
    text: str
    drawn: int
    keep: bool | None = None  # with the next one: said by the paragraph itself, or left to its style


Block = Paragraph | Table


def blocks(xml: str, source: str) -> list[Block]:
    """正文的各段、各表；分节以前的（封面、目录）不在里面。source 是套数据以前的样子：数据里没有标签，特别之处只会在模板里。"""
    found = _in_text(xml) if _is_usual(source) else None
    return _in_tree(xml) if found is None else found


# --- from the text ----------------------------------------------------------------------------------

# what can hold a paragraph or a row, end one in another way, or has text that is written otherwise
_UNUSUAL = re.compile(
    r"<w:(?:sdt|customXml)\b|txbxContent|<mc:AlternateContent|PrChange|GridChange|<w:p(?: [^>]*)?/>|<!|&#"
)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_WIDTH = re.compile(r'<w:gridCol\b[^>]*? w:w="([^"]*)"')
_SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"')
_HEIGHT = re.compile(r'<wp:extent\b[^>]*? cy="(\d+)"')
_CELL_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"')
_MARGIN = re.compile(r'<w:tblCellMar>.*?<w:left\b[^>]*? w:w="(\d+)"', re.S)
_KEEP = re.compile(r'<w:keepNext(?: w:val="([^"]*)")?/>')
_STYLE = '<w:pStyle w:val="'


@lru_cache(maxsize=16)
def _is_usual(source: str) -> bool:
    return "<w:body>" in source and _UNUSUAL.search(source) is None


def _in_text(xml: str) -> list[Block] | None:
    """没有在意料之外的，照文字读；有的是 None。"""
    found: list[Block] = []
    before, *pieces = xml[xml.find("<w:body>") :].split("<w:tbl>")
    _add_paragraphs(found, before)
    for piece in pieces:
        table, end, after = piece.partition("</w:tbl>")
        if not end or "</w:tbl>" in after:
            return None  # one in the other
        head, *rows = table.split("<w:tr>") if "<w:tr " not in table else re.split("<w:tr(?: [^>]*)?>", table)
        styles = _CELL_STYLE.findall(rows[-1]) if rows else []
        margin = _MARGIN.search(head)
        padding = 2 * float(margin[1]) / 20 if margin else None
        widths = [float(x) for x in _WIDTH.findall(head)]
        found.append(Table(widths, [_row(row) for row in rows], styles[0] if styles else "", padding))
        _add_paragraphs(found, after)
    return found


def _add_paragraphs(found: list[Block], text: str) -> None:
    for piece in text.split("</w:p>")[:-1]:
        if "<w:sectPr" in piece:
            found.clear()
            continue
        at = piece.find(_STYLE) + len(_STYLE)
        style = piece[at : piece.index('"', at)] if at >= len(_STYLE) else ""
        drawn = max(map(int, _HEIGHT.findall(piece)), default=0) if "<wp:extent" in piece else 0
        found.append(Paragraph(style, _text(piece), drawn, _kept(piece)))


def _kept(piece: str) -> bool | None:
    found = _KEEP.search(piece) if "<w:keepNext" in piece else None
    return None if found is None else found[1] not in ("0", "false")


def _row(row: str) -> Row:
    cells = []
    for piece in row.split("</w:tc>")[:-1]:
        properties, end, content = piece.rpartition("</w:tcPr>")
        span, follows = _cell_properties(properties) if end else (1, False)
        texts = [] if follows else [_text(p) for p in content.split("</w:p>")[:-1]]
        cells.append(Cell(span, texts, follows))
    return Row("<w:tblHeader" in row, cells)


@lru_cache(maxsize=1024)
def _cell_properties(text: str) -> tuple[int, bool]:
    """占几列、与上面合并没有；一张表的格子写法就那几种。"""
    span = _SPAN.search(text)
    return int(span[1]) if span else 1, "<w:vMerge" in text and 'w:val="restart"' not in text


def _text(piece: str) -> str:
    if "<w:br" in piece:
        piece = piece.replace("<w:br", "<w:t>\n</w:t><w:br")
    text = "".join(_TEXT.findall(piece))
    return unescape(text) if "&" in text else text


# --- from the tree ----------------------------------------------------------------------------------

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_T, _BR, _P, _ROW, _CELL, _TABLE, _VAL = (w(name) for name in ("t", "br", "p", "tr", "tc", "tbl", "val"))
_CELL_PROPERTIES, _GRID_SPAN, _MERGED = w("tcPr"), w("gridSpan"), w("vMerge")
_HEADER, _SECTION = f"{w('trPr')}/{w('tblHeader')}", f"{w('pPr')}/{w('sectPr')}"
_STYLE_NAME = f"{w('pPr')}/{w('pStyle')}"
_EXTENT = f"{{{WORD_DRAWING}}}extent"


def _in_tree(xml: str) -> list[Block]:
    found: list[Block] = []
    try:
        body = etree.fromstring(xml.encode("utf-8"), _PARSER).find(w("body"))
    except etree.XMLSyntaxError:
        return []  # the check of everything that is packed will say so, in its own words
    for element in body if body is not None else ():
        if element.tag == _TABLE:
            widths = [float(c.get(w("w")) or 0) for c in element.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
            styles = [e.get(_VAL) or "" for e in element.iter(w("pStyle"))]
            margin = element.find(f"{w('tblPr')}/{w('tblCellMar')}/{w('left')}")
            padding = 2 * float(margin.get(w("w")) or 0) / 20 if margin is not None else None
            found.append(Table(widths, list(_tree_rows(element)), styles[-1] if styles else "", padding))
        elif element.tag == _P:
            if element.find(_SECTION) is not None:
                found.clear()
                continue
            name = element.find(_STYLE_NAME)
            drawn = max((int(e.get("cy") or 0) for e in element.iter(_EXTENT)), default=0)
            style = (name.get(_VAL) or "") if name is not None else ""
            kept = element.find(f"{w('pPr')}/{w('keepNext')}")
            keep = None if kept is None else kept.get(_VAL) not in ("0", "false")
            found.append(Paragraph(style, _tree_text(element), drawn, keep))
    return found


def _tree_rows(table: etree._Element) -> Iterator[Row]:
    for row in table.iterchildren(_ROW):
        yield Row(row.find(_HEADER) is not None, [_tree_cell(cell) for cell in row.iterchildren(_CELL)])


def _tree_cell(cell: Iterable[etree._Element]) -> Cell:
    span, follows, texts = 1, False, []
    for part in cell:
        if part.tag == _CELL_PROPERTIES:
            marks = {mark.tag: mark for mark in part}
            span = int(marks[_GRID_SPAN].get(_VAL) or 1) if _GRID_SPAN in marks else 1
            follows = _MERGED in marks and marks[_MERGED].get(_VAL) != "restart"
        elif part.tag == _P and not follows:
            texts.append(_tree_text(part))
    return Cell(span, texts, follows)


def _tree_text(element: etree._Element) -> str:
    return "".join([part.text or "" if part.tag == _T else "\n" for part in element.iter(_T, _BR)])
