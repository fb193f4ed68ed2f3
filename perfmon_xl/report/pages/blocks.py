"""What a page estimate has to know of a document: its paragraphs and tables, in order, from where pages are counted from 1.

Read from the text of the part: 1.6 ms for a report of 32 indicators and 4.7 for one of 100, where a tree takes 6.3
and 17.4, a twentieth of the whole project (tests/benchmarks/README.md). Where the template has something unusual in
it (text boxes, controls, nested tables), the document becomes a tree that goes the way of `ooxml/word.py`, and tells
the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from perfmon_xl.ooxml import word
from perfmon_xl.ooxml.escaping import unescape
from perfmon_xl.ooxml.markup import child, tree, value, w
from perfmon_xl.ooxml.names import WORD_DRAWING
from perfmon_xl.ooxml.word_patterns import PAGE_MARGINS, PAGE_SIZE, SPAN, TEXT

WIDTH, HEIGHT = 442.2, 637.8  # points: 156 mm and 225 mm, GB/T 9704-2012


class PageCell(NamedTuple):
    """表格的一格：占几列，各段的文字；与上面合并的（follows）没有文字。"""

    span: int
    texts: list[str]
    follows: bool = False


class PageRow(NamedTuple):
    """表格的一行；header：每页重复的表头。"""

    header: bool
    cells: list[PageCell]


class PageTable(NamedTuple):
    """一个表格：各列的宽（二十分之一磅）、各行；格子里文字的样式，左右一共留多少（磅，没有说的是 None）。"""

    widths: list[float]
    rows: list[PageRow]
    style: str = ""
    padding: float | None = None


class PageParagraph(NamedTuple):
    """一段：样式编号（没有写的是空的）、文字、里面的图有多高（EMU，没有图的是 0）。"""

    style: str
    text: str
    drawn: int
    keep: bool | None = None  # with the next one: said by the paragraph itself, or left to its style
    opens: bool = False  # begins a new page, by what the paragraph itself says


class TextArea(NamedTuple):
    """一节的版心有多宽多高（磅）；写在这一节各段各表的前面，从新的一页起。"""

    width: float
    height: float


Block = PageParagraph | PageTable | TextArea


def blocks(xml: str, source: str) -> list[Block]:
    """正文的各段、各表；封面、目录不在里面。source 是套数据以前的样子：数据里没有标签，特别之处只会在模板里。

    正文从重新编页码的那一节起；没有重新编的，是最后一节。
    """
    ends = _in_text(xml) if is_usual(source) else None
    return tree_blocks(xml) if ends is None else _body(ends, xml)


def tree_blocks(xml: str) -> list[Block]:
    """同 blocks，照树读。"""
    return _body(_in_tree(xml), xml)


class _End(NamedTuple):
    """一节在这里结束；写着这一节的纸张。"""

    properties: str


_Pieces = list["PageParagraph | PageTable | _End"]
_STARTS = re.compile(r"<w:pgNumType\b[^>]* w:start=")


def _body(ends: _Pieces, xml: str) -> list[Block]:
    """从重新编页码的那一节起，每一节前面放上它的版心；正文第一节的不放。"""
    sections: list[tuple[list[Block], str]] = []
    own: list[Block] = []
    for end in ends:
        if isinstance(end, _End):
            sections.append((own, end.properties))
            own = []
        else:
            own.append(end)
    sections.append((own, xml[xml.rfind("<w:sectPr") :]))
    starts = [n for n, (_, properties) in enumerate(sections) if _STARTS.search(properties)]
    first = starts[-1] if starts else len(sections) - 1
    body = list(sections[first][0])
    for content, properties in sections[first + 1 :]:
        body += [text_area(properties), *content]
    return body


def text_area(properties: str) -> TextArea:
    """一节的版心：照 w:sectPr 里写的纸张和页边。"""

    def points(tag: re.Match[str] | None, name: str) -> float:
        match = re.search(rf'\bw:{name}="(-?\d+)"', tag[0]) if tag else None
        return abs(float(match[1])) / 20 if match else 0.0

    size, margins = PAGE_SIZE.search(properties), PAGE_MARGINS.search(properties)
    across = points(size, "w") - points(margins, "left") - points(margins, "right")
    down = points(size, "h") - points(margins, "top") - points(margins, "bottom")
    return TextArea(across if across > 0 else WIDTH, down if down > 0 else HEIGHT)


# --- from the text ----------------------------------------------------------------------------------

# what can hold a paragraph or a row, end one in another way, or has text that is written otherwise
_UNUSUAL = re.compile(
    r"<w:(?:sdt|customXml)\b|txbxContent|<mc:AlternateContent|PrChange|GridChange|<w:p(?: [^>]*)?/>|<!|&#"
)
_WIDTH = re.compile(r'<w:gridCol\b[^>]*? w:w="([^"]*)"')
_HEIGHT = re.compile(r'<wp:extent\b[^>]*? cy="(\d+)"')
_CELL_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"')
_MARGIN = re.compile(r'<w:tblCellMar>.*?<w:left\b[^>]*? w:w="(\d+)"', re.S)
_KEEP = re.compile(r'<w:keepNext(?: w:val="([^"]*)")?/>')
_STYLE = '<w:pStyle w:val="'


@lru_cache(maxsize=16)
def is_usual(source: str) -> bool:
    return "<w:body>" in source and _UNUSUAL.search(source) is None


def _in_text(xml: str) -> _Pieces | None:
    """没有在意料之外的，照文字读；有的是 None。"""
    ends: _Pieces = []
    before, *pieces = xml[xml.find("<w:body>") :].split("<w:tbl>")
    _add_paragraphs(ends, before)
    for piece in pieces:
        table, end, after = piece.partition("</w:tbl>")
        if not end or "</w:tbl>" in after:
            return None  # one in the other
        ends.append(table_of(table))
        _add_paragraphs(ends, after)
    return ends


def table_of(text: str) -> PageTable:
    """一个表，照它的文字读；里面没有别的表。"""
    head, *rows = text.split("<w:tr>") if "<w:tr " not in text else re.split("<w:tr(?: [^>]*)?>", text)
    styles = _CELL_STYLE.findall(rows[-1]) if rows else []
    margin = _MARGIN.search(head)
    padding = 2 * float(margin[1]) / 20 if margin else None
    widths = [float(x) for x in _WIDTH.findall(head)]
    return PageTable(widths, [_row(row) for row in rows], styles[0] if styles else "", padding)


def _add_paragraphs(ends: _Pieces, text: str) -> None:
    for piece in text.split("</w:p>")[:-1]:
        if "<w:sectPr" in piece:
            ends.append(_End(piece[piece.index("<w:sectPr") :]))
            continue
        at = piece.find(_STYLE) + len(_STYLE)
        style = piece[at : piece.index('"', at)] if at >= len(_STYLE) else ""
        drawn = max(map(int, _HEIGHT.findall(piece)), default=0) if "<wp:extent" in piece else 0
        opens = "<w:pageBreakBefore/>" in piece
        ends.append(PageParagraph(style, _text(piece), drawn, _is_kept(piece), opens))


def _is_kept(piece: str) -> bool | None:
    match = _KEEP.search(piece) if "<w:keepNext" in piece else None
    return None if match is None else match[1] not in ("0", "false")


def _row(row: str) -> PageRow:
    cells = []
    for piece in row.split("</w:tc>")[:-1]:
        properties, end, content = piece.rpartition("</w:tcPr>")
        span, follows = _cell_properties(properties) if end else (1, False)
        texts = [] if follows else [_text(p) for p in content.split("</w:p>")[:-1]]
        cells.append(PageCell(span, texts, follows))
    return PageRow("<w:tblHeader" in row, cells)


@lru_cache(maxsize=1024)
def _cell_properties(text: str) -> tuple[int, bool]:
    """占几列、与上面合并没有；一张表的格子写法就那几种。"""
    span = SPAN.search(text)
    return int(span[1]) if span else 1, "<w:vMerge" in text and 'w:val="restart"' not in text


def _text(piece: str) -> str:
    if "<w:br" in piece:
        piece = piece.replace("<w:br", "<w:t>\n</w:t><w:br")
    text = "".join(TEXT.findall(piece))
    return unescape(text) if "&" in text else text


# --- from the tree ----------------------------------------------------------------------------------

_STYLE_MARK, _SECTION, _KEEP_NEXT, _VAL = w("pStyle"), w("sectPr"), w("keepNext"), w("val")
_BREAK = w("pageBreakBefore")
_EXTENT = f"{{{WORD_DRAWING}}}extent"


def _in_tree(xml: str) -> _Pieces:
    ends: _Pieces = []
    try:
        body = tree(xml.encode("utf-8"), huge=True).find(w("body"))
    except etree.XMLSyntaxError:
        return []  # the check of everything that is packed will say so, in its own words
    for kind, element, change in word.blocks(body) if body is not None else ():
        if kind == "tbl":
            widths = [float(c.get(w("w")) or 0) for c in element.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
            styles = [e.get(_VAL) or "" for e in element.iter(_STYLE_MARK)]
            margin = element.find(f"{w('tblPr')}/{w('tblCellMar')}/{w('left')}")
            padding = 2 * float(margin.get(w("w")) or 0) / 20 if margin is not None else None
            rows = [_tree_row(row) for row in word.rows(element) if not row.deleted]
            ends.append(PageTable(widths, rows, styles[-1] if styles else "", padding))
        elif kind == "p":
            properties = child(element, w("pPr"))
            section = child(properties, _SECTION)
            if section is not None:
                ends.append(_End(etree.tostring(section, encoding="unicode")))
                continue
            drawn = max((int(e.get("cy") or 0) for e in element.iter(_EXTENT)), default=0)
            kept = child(properties, _KEEP_NEXT)
            keep = None if kept is None else kept.get(_VAL) not in ("0", "false")
            style = value(properties, "pStyle") or ""
            broken = child(properties, _BREAK)
            opens = broken is not None and broken.get(_VAL) not in ("0", "false")
            ends.append(PageParagraph(style, _tree_text(element, change), drawn, keep, opens))
    return ends


def _tree_row(row: word.Row) -> PageRow:
    return PageRow(row.header, [_tree_cell(cell) for cell in word.cells(row)])


def _tree_cell(cell: word.Cell) -> PageCell:
    if cell.follows:
        return PageCell(cell.span, [], True)
    paragraphs = [block for block in word.blocks(cell.element) if block.kind == "p"]
    return PageCell(cell.span, [_tree_text(paragraph.element, paragraph.change) for paragraph in paragraphs])


def _tree_text(element: etree._Element, change: str) -> str:
    """看得见的文字；制表符不占多少地方，不算。"""
    return word.visible_text([piece for piece in word.pieces(element, change) if piece.text != "\t"])
