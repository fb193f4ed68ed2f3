"""The one walk through a Word document: blocks in reading order, the pieces of a paragraph, the cells of a row.

Import, audit and page estimate all go this way, so they see the same document: content controls, smart tags and
tracked changes are gone through (each piece says whether it was inserted or deleted), what only old programs draw
(mc:Fallback) is not looked at, and what stands in a text box is handed over apart, with the paragraph it hangs on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from perfmon_xl.ooxml.markup import FALLBACK, child, number, value, w
from perfmon_xl.ooxml.names import DRAWING

INSERTED, DELETED = "ins", "del"
_DEEPEST = 200
_MOST_COLUMNS = 200
_SKIPPED = dict.fromkeys(
    [w(n) for n in ("pPr", "rPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")] + [FALLBACK],
    "skipped",
)
_CHANGES = {w("ins"): INSERTED, w("moveTo"): INSERTED, w("del"): DELETED, w("moveFrom"): DELETED}
_MARKS = {w(n): n for n in ("bookmarkStart", "bookmarkEnd")}
_BLOCKS = {**_SKIPPED, **_MARKS, w("p"): "p", w("tbl"): "tbl"}
_PIECES = {
    **_SKIPPED,
    **_MARKS,
    **dict.fromkeys(_CHANGES, "change"),
    **{w(n): n for n in ("t", "delText", "fldChar", "instrText", "fldSimple")},
    **{w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"},
    w("txbxContent"): "box",
    f"{{{DRAWING}}}blip": "picture",
    "{urn:schemas-microsoft-com:vml}imagedata": "picture",
}
_WRITTEN = frozenset(("t", "\t", "\n", "-"))
_AROUND_ROWS = frozenset(w(n) for n in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_TR, _TC, _TR_PR, _TC_PR = w("tr"), w("tc"), w("trPr"), w("tcPr")
_GRID_SPAN, _V_MERGE, _DEL, _HEADER = w("gridSpan"), w("vMerge"), w("del"), w("tblHeader")
_INSTR, _TYPE, _VAL = w("instr"), w("fldCharType"), w("val")


class Node(NamedTuple):
    """What stands among the blocks. kind: p, tbl, bookmarkStart or bookmarkEnd; change: blank, ins or del."""

    kind: str
    element: etree._Element
    change: str = ""


class Piece(NamedTuple):
    """What stands in a paragraph, in order.

    kind: text (text is what a reader sees, a tab and a line break as such); begin, code, end (a field, its code in
    text, its result between code and end); bookmarkStart, bookmarkEnd; box (a text box: walk its element); picture.
    """

    kind: str
    text: str
    change: str
    element: etree._Element


class Row(NamedTuple):
    """A row of a table: how many columns are left out before it, whether it is repeated as a header, whether deleted."""

    element: etree._Element
    before: int
    header: bool
    deleted: bool


class Cell(NamedTuple):
    """A cell: its first column from 0, how many it spans, whether it goes on the one above (merged downwards)."""

    element: etree._Element
    column: int
    span: int
    follows: bool


def blocks(parent: etree._Element, change: str = "", depth: int = 0) -> Iterator[Node]:
    """The paragraphs, tables and bookmarks in parent (the body, a cell, a text box, a header), in reading order."""
    if depth > _DEEPEST:
        return
    for element in parent:
        kind = _BLOCKS.get(element.tag)
        if kind is None:
            yield from blocks(element, _CHANGES.get(element.tag, change), depth + 1)
        elif kind != "skipped":
            yield Node(kind, element, change)


def pieces(paragraph: etree._Element, change: str = "") -> list[Piece]:
    """What stands in a paragraph; `seen` makes the visible text of it."""
    found: list[Piece] = []
    _collect(paragraph, found, change, 0)
    return found


def visible_text(found: list[Piece]) -> str:
    """The text a reader sees once the tracked changes are accepted."""
    return "".join([piece.text for piece in found if piece.kind == "text" and piece.change != DELETED])


def _collect(parent: etree._Element, found: list[Piece], change: str, depth: int) -> None:
    if depth > _DEEPEST:
        return
    for element in parent:
        kind = _PIECES.get(element.tag)
        if kind is None:
            _collect(element, found, change, depth + 1)
        elif kind in _WRITTEN:
            found.append(Piece("text", (element.text or "") if kind == "t" else kind, change, element))
        elif kind == "change":
            within = _CHANGES[element.tag]
            _collect(element, found, DELETED if change == DELETED else within, depth + 1)
        elif kind != "skipped":
            _apart(element, kind, found, change, depth)


def _apart(element: etree._Element, kind: str, found: list[Piece], change: str, depth: int) -> None:
    if kind == "delText":
        found.append(Piece("text", element.text or "", DELETED, element))
    elif kind == "fldSimple":
        found.append(Piece("begin", "", change, element))
        found.append(Piece("code", element.get(_INSTR) or "", change, element))
        _collect(element, found, change, depth + 1)
        found.append(Piece("end", "", change, element))
    elif kind == "fldChar":
        if (mark := element.get(_TYPE)) in ("begin", "end"):
            found.append(Piece(mark, "", change, element))
    elif kind == "instrText":
        found.append(Piece("code", element.text or "", change, element))
    else:
        found.append(Piece(kind, "", change, element))


def rows(table: etree._Element) -> Iterator[Row]:
    """The rows of a table, inside content controls and tracked changes, too."""
    for row in _deep(table, _TR):
        before, header, deleted = 0, False, False
        properties = child(row, _TR_PR)
        if properties is not None:
            before = min(number(value(properties, "gridBefore"), 0), _MOST_COLUMNS)
            header = child(properties, _HEADER) is not None
            deleted = child(properties, _DEL) is not None
        yield Row(row, before, header, deleted)


def cells(row: Row) -> Iterator[Cell]:
    """The cells of a row, each with its place in the grid of the table."""
    column = row.before
    for cell in _deep(row.element, _TC):
        span, follows = 1, False
        properties = child(cell, _TC_PR)
        for mark in properties if properties is not None else ():
            if mark.tag == _GRID_SPAN:
                span = max(1, min(number(mark.get(_VAL), 1), _MOST_COLUMNS))
            elif mark.tag == _V_MERGE:
                follows = mark.get(_VAL) != "restart"
        yield Cell(cell, column, span, follows)
        column += span


def _deep(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _AROUND_ROWS:
            yield from _deep(element, tag)
