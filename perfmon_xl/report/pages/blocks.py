"""What a page estimate has to know of a document: its paragraphs and tables, in order, after the last section break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from perfmon_xl.ooxml.names import WORD_DRAWING
from perfmon_xl.report.template.compiled import w

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_T, _BR, _P, _ROW, _CELL, _TABLE, _VAL = (w(name) for name in ("t", "br", "p", "tr", "tc", "tbl", "val"))
_CELL_PROPERTIES, _GRID_SPAN, _MERGED = w("tcPr"), w("gridSpan"), w("vMerge")
_HEADER, _SECTION = f"{w('trPr')}/{w('tblHeader')}", f"{w('pPr')}/{w('sectPr')}"
_STYLE_NAME = f"{w('pPr')}/{w('pStyle')}"
_EXTENT = f"{{{WORD_DRAWING}}}extent"


class Cell(NamedTuple):
    """表格的一格：占几列，各段的文字；与上下合并的没有文字。"""

    span: int
    texts: list[str]


class Row(NamedTuple):
    """表格的一行；header：每页重复的表头。"""

    header: bool
    cells: list[Cell]


class Table(NamedTuple):
    """一个表格：各列的宽（二十分之一磅）、各行。"""

    widths: list[float]
    rows: list[Row]


class Paragraph(NamedTuple):
    """一段：样式编号（没有写的是空的）、文字、里面的图有多高（EMU，没有图的是 0）。"""

    style: str
    text: str
    drawn: int


Block = Paragraph | Table


def blocks(xml: str) -> list[Block]:
    """正文的各段、各表；分节以前的（封面、目录）不在里面。"""
    found: list[Block] = []
    try:
        body = etree.fromstring(xml.encode("utf-8"), _PARSER).find(w("body"))
    except etree.XMLSyntaxError:
        return []  # the check of everything that is packed will say so, in its own words
    for element in body if body is not None else ():
        if element.tag == _TABLE:
            widths = [float(c.get(w("w")) or 0) for c in element.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
            found.append(Table(widths, list(_rows(element))))
        elif element.tag == _P:
            if element.find(_SECTION) is not None:
                found.clear()
                continue
            name = element.find(_STYLE_NAME)
            drawn = max((int(e.get("cy") or 0) for e in element.iter(_EXTENT)), default=0)
            style = (name.get(_VAL) or "") if name is not None else ""
            found.append(Paragraph(style, _text(element), drawn))
    return found


def _rows(table: etree._Element) -> Iterator[Row]:
    for row in table.iterchildren(_ROW):
        yield Row(row.find(_HEADER) is not None, [_cell(cell) for cell in row.iterchildren(_CELL)])


def _cell(cell: Iterable[etree._Element]) -> Cell:
    span, merged, texts = 1, False, []
    for part in cell:
        if part.tag == _CELL_PROPERTIES:
            marks = {mark.tag: mark for mark in part}
            span = int(marks[_GRID_SPAN].get(_VAL) or 1) if _GRID_SPAN in marks else 1
            merged = _MERGED in marks
        elif part.tag == _P and not merged:
            texts.append(_text(part))
    return Cell(span, texts)


def _text(element: etree._Element) -> str:
    return "".join([part.text or "" if part.tag == _T else "\n" for part in element.iter(_T, _BR)])
