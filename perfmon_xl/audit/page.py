"""An edited report as paragraphs in order, each piece of text with the recorded values that enclose it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from perfmon_xl.domain.origin import Heading, ParagraphPlace, ReportPlace, TablePlace
from perfmon_xl.ooxml import word
from perfmon_xl.ooxml.markup import parsed, part, read_part, value, w
from perfmon_xl.report.tracing.bookmarks import PREFIX

_MOST_OPEN = 64  # values within values go a few deep; thousands never closed would be the work of a forger
_OURS = re.compile(rf"{PREFIX}([0-9]{{1,9}})$")
_STORIES = re.compile(r"word/(?:header|footer)\d*\.xml$")
_HEADING = re.compile(r"heading\s*(\d)|标题\s*(\d)", re.I)
_LOOKS_LIKE_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,4}、|（[一二三四五六七八九十]{1,4}）)\S{1,30}$"
)
_CONTENTS = re.compile(r"(?:toc|目录|contents)\s*\d", re.I)
_CAPTION = re.compile(r"表\s*\d+")
_COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|TOC|SEQ)\b", re.I)
_DEEPEST = 50
_P_STYLE = w("pStyle")
_ID, _NAME, _STYLE_ID, _VAL = w("id"), w("name"), w("styleId"), w("val")


class MarkedPiece(NamedTuple):
    """一小段文字：在哪几个值的书签里（外面的在前）；change：ins 修订加的，del 修订删的。"""

    text: str
    ids: tuple[int, ...] = ()
    change: str = ""


class _ParagraphStyle(Enum):
    """与别的段落不同的样式。"""

    HEADING = 1
    CONTENTS = 2


@dataclass(slots=True)
class ReportParagraph:
    """一段：在哪里、各小段、是不是目录行；element 是它在文件里的节点，写批注用。"""

    index: int
    place: ReportPlace
    pieces: list[MarkedPiece] = field(default_factory=list)
    contents: bool = False
    table: int = 0
    element: etree._Element | None = None

    @property
    def text(self) -> str:
        """看得见的文字，修订都当作接受了。"""
        return "".join(p.text for p in self.pieces if p.change != "del")

    @property
    def row(self) -> int:
        """在表里第几行（从 1 数，表头也算）；不在表里的是 0。"""
        return self.place.row if isinstance(self.place, TablePlace) else 0


class Page:
    """一份报告的各段；正文在前，页眉页脚在后。"""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.paragraphs: list[ReportParagraph] = []
        self.document = part(package, "word/document.xml")
        styles = read_part(package, "word/styles.xml")
        self._styles = {} if styles is None else _styles(styles)
        self._styled: dict[etree._Element | None, _ParagraphStyle] = {}
        self._open: dict[str, int] = {}
        self._known_ids: tuple[int, ...] | None = None
        self._fields: list[str] = []
        self._headings: tuple[Heading, ...] = ()  # the nearest one, as it is printed
        self._counted, self._tables = 0, 0
        self._caption = ""
        if self.document is not None:
            self._story(self.document)
        for name in sorted(n for n in package.namelist() if _STORIES.match(n)):
            root = part(package, name)
            if root is not None:
                self._open.clear()
                self._known_ids = None
                self._fields.clear()
                self._headings, self._counted = _printed("页眉页脚"), 0
                self._story(root)

    def _story(self, root: etree._Element) -> None:
        # Few paragraphs have one of these styles: looked up here, where lxml passes over everything else by itself.
        self._styled = {
            _owner(mark): style
            for mark in root.iter(_P_STYLE)
            if (style := self._styles.get(mark.get(_VAL) or "")) is not None
        }
        self._walk(root, ParagraphPlace(), "", 0)

    def _walk(self, parent: etree._Element, inside: ReportPlace, change: str, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for kind, element, changed in word.blocks(parent, change):
            if kind == "p":
                self._paragraph(element, inside, changed, depth)
            elif kind == "tbl":
                self._table(element, changed, depth)
            elif kind == "bookmarkStart":
                self._start(element)
            else:
                self._end(element)

    @property
    def _ids(self) -> tuple[int, ...]:
        """现在开着的各个值，外面的在前。"""
        if self._known_ids is None:
            self._known_ids = tuple(self._open.values())[-_MOST_OPEN:]
        return self._known_ids

    def _start(self, element: etree._Element) -> None:
        ours = _OURS.match(element.get(_NAME) or "")
        if ours:
            self._open[element.get(_ID) or ""] = int(ours[1])
            self._known_ids = None

    def _end(self, element: etree._Element) -> None:
        if self._open.pop(element.get(_ID) or "", None) is not None:
            self._known_ids = None

    def _table(self, table: etree._Element, change: str, depth: int) -> None:
        self._tables += 1
        mine, name = self._tables, self._caption or f"第{self._tables}个表格"
        header: dict[int, str] = {}
        for at, row in enumerate(word.rows(table), 1):
            within = word.DELETED if row.deleted else change
            for cell in word.cells(row):
                begin = len(self.paragraphs)
                place = TablePlace(
                    headings=self._headings, table=name, row=at, label=header.get(cell.column, "")
                )
                self._walk(cell.element, place, within, depth + 1)
                for paragraph in self.paragraphs[begin:]:
                    paragraph.table = paragraph.table or mine
                if at == 1 or row.header:
                    header[cell.column] = "".join(p.text for p in self.paragraphs[begin:]).strip()
        self._caption = ""

    def _paragraph(self, element: etree._Element, inside: ReportPlace, change: str, depth: int) -> None:
        made = ReportParagraph(len(self.paragraphs), inside, element=element)
        self.paragraphs.append(made)
        boxes = [
            box for piece in word.pieces(element, change) if (box := self._piece(piece, made)) is not None
        ]
        style = self._styled.get(element)
        made.contents = style is _ParagraphStyle.CONTENTS
        if not isinstance(inside, TablePlace):
            text = made.text.strip()
            if text and not made.contents:
                if style is _ParagraphStyle.HEADING or _LOOKS_LIKE_HEADING.match(text):
                    self._headings, self._counted = _printed(text), 0
                else:
                    self._counted += 1
                self._caption = text if _CAPTION.match(text) else self._caption
            made.place = ParagraphPlace(headings=self._headings, number=self._counted)
        for box in boxes:
            self._walk(box.element, made.place, box.change, depth + 1)

    def _piece(self, piece: word.Piece, made: ReportParagraph) -> word.Piece | None:
        """一小段文字记下来，书签和域走一步；文本框原样给回去。"""
        kind = piece.kind
        if kind == "text":
            # 页码、目录一类是 Word 自己写的，不是谁写的
            if not self._fields or piece.change == word.DELETED or not any(map(_COUNTED.match, self._fields)):
                made.pieces.append(MarkedPiece(piece.text, self._ids, piece.change))
        elif kind == "bookmarkStart":
            self._start(piece.element)
        elif kind == "bookmarkEnd":
            self._end(piece.element)
        elif kind == "begin":
            self._fields.append("")
        elif kind == "end":
            if self._fields:
                self._fields.pop()
        elif kind == "code":
            if self._fields:
                self._fields[-1] += piece.text
        elif kind == "box":
            return piece
        return None


def _printed(heading: str) -> tuple[Heading, ...]:
    return (Heading(0, "", heading),)


def _owner(mark: etree._Element) -> etree._Element | None:
    """属性（w:pStyle、w:gridSpan）是哪一段、哪一格的。"""
    properties = mark.getparent()
    return None if properties is None else properties.getparent()


@lru_cache(maxsize=4)  # the part is half as long as the report, and comes from the template
def _styles(data: bytes) -> dict[str, _ParagraphStyle]:
    styles = {}
    for style in parsed(data, "word/styles.xml").iter(w("style")):
        name = value(style, "name") or ""
        if _CONTENTS.match(name):
            styles[style.get(_STYLE_ID) or ""] = _ParagraphStyle.CONTENTS
        elif _HEADING.match(name):
            styles[style.get(_STYLE_ID) or ""] = _ParagraphStyle.HEADING
    return styles
