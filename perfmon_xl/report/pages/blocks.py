"""What a page estimate has to know of a document: its paragraphs and tables, in order, after the last section break."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from perfmon_xl.ooxml.names import WORD_DRAWING
from perfmon_xl.report.template.compiled import w

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_BODY, _P, _T, _BR, _VAL, _W = (w(name) for name in ("body", "p", "t", "br", "val", "w"))
_PROPERTIES, _STYLE, _SECTION = (w(name) for name in ("pPr", "pStyle", "sectPr"))
_TABLE, _GRID, _COLUMN, _ROW, _CELL = (w(name) for name in ("tbl", "tblGrid", "gridCol", "tr", "tc"))
_ROW_PROPERTIES, _HEADER = w("trPr"), w("tblHeader")
_CELL_PROPERTIES, _GRID_SPAN, _MERGED = (w(name) for name in ("tcPr", "gridSpan", "vMerge"))
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
        body = _child(etree.fromstring(xml.encode("utf-8"), _PARSER), _BODY)
    except etree.XMLSyntaxError:
        return []  # the check of everything that is packed will say so, in its own words
    for element in body if body is not None else ():
        if element.tag == _TABLE:
            columns = _child(element, _GRID)
            widths = (
                [float(c.get(_W) or 0) for c in columns.iterchildren(_COLUMN)] if columns is not None else []
            )
            found.append(Table(widths, [_row(row) for row in element.iterchildren(_ROW)]))
        elif element.tag == _P:
            properties, style = _child(element, _PROPERTIES), ""
            if properties is not None:
                if _child(properties, _SECTION) is not None:
                    found.clear()
                    continue
                named = _child(properties, _STYLE)
                style = (named.get(_VAL) or "") if named is not None else ""
            drawn = max((int(e.get("cy") or 0) for e in element.iter(_EXTENT)), default=0)
            found.append(Paragraph(style, _text(element), drawn))
    return found


def _child(element: etree._Element, tag: str) -> etree._Element | None:
    """第一个这样的子元素；比 find 快几倍，一份报告要问几千次。"""
    return next(element.iterchildren(tag), None)


def _row(row: etree._Element) -> Row:
    properties = _child(row, _ROW_PROPERTIES)
    header = properties is not None and _child(properties, _HEADER) is not None
    return Row(header, [_cell(cell) for cell in row.iterchildren(_CELL)])


def _cell(cell: etree._Element) -> Cell:
    span, merged = 1, False
    properties = _child(cell, _CELL_PROPERTIES)
    if properties is not None:
        wide = _child(properties, _GRID_SPAN)
        span = int(wide.get(_VAL) or 1) if wide is not None else 1
        merged = _child(properties, _MERGED) is not None
    return Cell(span, [] if merged else [_text(part) for part in cell.iterchildren(_P)])


def _text(element: etree._Element) -> str:
    return "".join([part.text or "" if part.tag == _T else "\n" for part in element.iter(_T, _BR)])
