"""A report as it lies there now: paragraphs in order, each piece of text with the values that enclose it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from perfmon_xl.importing.markup import FALLBACK, child, number, parsed, part, read_part, value, w
from perfmon_xl.report.tracing.bookmarks import PREFIX

_OURS = re.compile(rf"{PREFIX}([0-9]{{1,9}})$")
_STORIES = re.compile(r"word/(?:header|footer)\d*\.xml$")
_HEADING = re.compile(r"heading\s*(\d)|标题\s*(\d)", re.I)
_LOOKS_LIKE_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,4}、|（[一二三四五六七八九十]{1,4}）)\S{1,30}$"
)
_CONTENTS = re.compile(r"(?:toc|目录|contents)\s*\d", re.I)
_CAPTION = re.compile(r"表\s*\d+")
_COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|TOC|SEQ)\b", re.I)
_DEEPEST = 200
# What the walk stops at; all other elements are only gone through (runs, links, content controls).
_SKIPPED = dict.fromkeys(
    [w(n) for n in ("pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "sectPr")] + [FALLBACK], "skipped"
)
_MARKS = {w(n): n for n in ("bookmarkStart", "bookmarkEnd")}
_BLOCKS = {**_SKIPPED, **_MARKS, w("p"): "p", w("tbl"): "tbl"}
_PIECES = {
    **_SKIPPED,
    **_MARKS,
    **{w(n): n for n in ("t", "delText", "fldChar", "instrText", "fldSimple", "txbxContent")},
    **{w("tab"): "\t", w("br"): "\n", w("cr"): "\n"},
    **dict.fromkeys((w("del"), w("moveFrom")), "del"),
    **dict.fromkeys((w("ins"), w("moveTo")), "ins"),
}
_TEXTS = frozenset(("t", "delText", "\t", "\n"))
_AROUND_TEXT = frozenset(("fldSimple", "del", "ins"))
_AROUND_ROWS = frozenset(w(n) for n in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_CR, _TR, _TC = w("cr"), w("tr"), w("tc")
_P_STYLE, _GRID_SPAN, _TR_PR, _TBL_HEADER = w("pStyle"), w("gridSpan"), w("trPr"), w("tblHeader")
_ID, _INSTR, _NAME, _STYLE_ID, _FLD_CHAR_TYPE, _VAL = (
    w("id"), w("instr"), w("name"), w("styleId"), w("fldCharType"), w("val"),
)  # fmt: skip


class Place(NamedTuple):
    """报告里的一处：哪个标题下、第几段；在表里的，是哪张表、第几行、哪一栏。"""

    heading: str = ""
    paragraph: int = 0
    table: str = ""
    row: int = 0
    column: str = ""
    chart: str = ""

    def __str__(self) -> str:
        section = f"“{self.heading}”" if self.heading else "报告开头"
        if self.table:
            return f"报告 {section}的“{self.table}”第{self.row}行" + (
                f"“{self.column}”栏" if self.column else ""
            )
        if self.chart:
            return f"报告 {section}的“{self.chart}”"
        return f"报告 {section}第{self.paragraph}段" if self.paragraph else f"报告 标题{section}"

    def as_data(self) -> dict[str, object]:
        """JSON 里的 report。"""
        if self.table:
            return {"heading": self.heading, "table": self.table, "row": self.row, "column": self.column}
        if self.chart:
            return {"heading": self.heading, "chart": self.chart}
        return {"heading": self.heading, "paragraph": self.paragraph}


class Piece(NamedTuple):
    """一小段文字：在哪几个值的书签里（外面的在前）；change：ins 修订加的，del 修订删的。"""

    text: str
    ids: tuple[int, ...] = ()
    change: str = ""


class _Style(Enum):
    """与别的段落不同的样式。"""

    HEADING = 1
    CONTENTS = 2


@dataclass(slots=True)
class Paragraph:
    """一段：在哪里、各小段、是不是目录行；element 是它在文件里的节点，写批注用。"""

    index: int
    place: Place
    pieces: list[Piece] = field(default_factory=list)
    contents: bool = False
    table: int = 0
    element: etree._Element | None = None

    @property
    def text(self) -> str:
        """看得见的文字，修订都当作接受了。"""
        return "".join(p.text for p in self.pieces if p.change != "del")


class Page:
    """一份报告的各段；正文在前，页眉页脚在后。"""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.paragraphs: list[Paragraph] = []
        self.document = part(package, "word/document.xml")
        styles = read_part(package, "word/styles.xml")
        self._styles = {} if styles is None else _styles(styles)
        self._styled: dict[etree._Element | None, _Style] = {}
        self._widths: dict[etree._Element | None, int] = {}
        self._open: dict[str, int] = {}
        self._ids: tuple[int, ...] = ()  # the values that are open here, the outer ones first
        self._fields: list[str] = []
        self._heading, self._counted, self._tables = "", 0, 0
        self._caption = ""
        if self.document is not None:
            self._story(self.document)
        for name in sorted(n for n in package.namelist() if _STORIES.match(n)):
            root = part(package, name)
            if root is not None:
                self._open.clear()
                self._ids = ()
                self._fields.clear()
                self._heading, self._counted = "页眉页脚", 0
                self._story(root)

    def _story(self, root: etree._Element) -> None:
        # Few paragraphs have one of these styles, few cells are wider than one column: looked up here,
        # where lxml passes over everything else by itself, and not in the properties of each of them.
        self._styled = {
            _owner(mark): style
            for mark in root.iter(_P_STYLE)
            if (style := self._styles.get(mark.get(_VAL) or "")) is not None
        }
        self._widths = {_owner(mark): max(1, number(mark.get(_VAL), 1)) for mark in root.iter(_GRID_SPAN)}
        self._walk(root, Place(), 0)

    def _walk(self, parent: etree._Element, inside: Place, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for one in parent:
            kind = _BLOCKS.get(one.tag)
            if kind == "p":
                self._paragraph(one, inside)
            elif kind is None:
                self._walk(one, inside, depth + 1)
            elif kind == "tbl":
                self._table(one, depth)
            elif kind == "bookmarkStart":
                self._start(one)
            elif kind == "bookmarkEnd":
                self._end(one)

    def _start(self, element: etree._Element) -> None:
        ours = _OURS.match(element.get(_NAME) or "")
        if ours:
            self._open[element.get(_ID) or ""] = int(ours[1])
            self._ids = tuple(self._open.values())

    def _end(self, element: etree._Element) -> None:
        if self._open.pop(element.get(_ID) or "", None) is not None:
            self._ids = tuple(self._open.values())

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _table(self, table: etree._Element, depth: int) -> None:
        self._tables += 1
        mine, name = self._tables, self._caption or f"第{self._tables}个表格"
        header: dict[int, str] = {}
        for at, row in enumerate(_deep(table, _TR), 1):
            properties = child(row, _TR_PR)
            column = number(value(properties, "gridBefore"), 0)
            heads = at == 1 or child(properties, _TBL_HEADER) is not None
            for cell in _deep(row, _TC):
                begin = len(self.paragraphs)
                self._walk(cell, Place(self._heading, 0, name, at, header.get(column, "")), depth + 1)
                for one in self.paragraphs[begin:]:
                    one.table = one.table or mine
                if heads:
                    header[column] = "".join(p.text for p in self.paragraphs[begin:]).strip()
                column += self._widths.get(cell, 1)
        self._caption = ""

    def _paragraph(self, element: etree._Element, inside: Place) -> None:
        made = Paragraph(len(self.paragraphs), inside, element=element)
        self.paragraphs.append(made)
        boxes: list[etree._Element] = []
        self._pieces(element, made.pieces, "", 0, boxes)
        style = self._styled.get(element)
        made.contents = style is _Style.CONTENTS
        if not inside.table:
            text = made.text.strip()
            if text and not made.contents:
                if style is _Style.HEADING or _LOOKS_LIKE_HEADING.match(text):
                    self._heading, self._counted = text, 0
                else:
                    self._counted += 1
                self._caption = text if _CAPTION.match(text) else self._caption
            made.place = Place(self._heading, self._counted)
        for box in boxes:
            self._walk(box, made.place, 0)

    def _pieces(
        self,
        parent: etree._Element,
        found: list[Piece],
        change: str,
        depth: int,
        boxes: list[etree._Element],
    ) -> None:
        if depth > _DEEPEST:
            return
        for one in parent:
            kind = _PIECES.get(one.tag)
            if kind in _TEXTS:
                self._text(one, kind, found, change)
            elif kind == "txbxContent":
                boxes.append(one)
            elif kind is None or kind in _AROUND_TEXT:
                if kind != "fldSimple" or not _COUNTED.match(one.get(_INSTR) or ""):
                    within = "del" if kind == "del" else change or "ins" if kind == "ins" else change
                    self._pieces(one, found, within, depth + 1, boxes)
            else:
                self._noted(one, kind)

    def _text(self, one: etree._Element, kind: str, found: list[Piece], change: str) -> None:
        """看得见的字；Word 自己写的页码一类不算，删去的字和回车总算。"""
        if kind == "delText":
            found.append(Piece(one.text or "", self._ids, "del"))
        elif one.tag == _CR or not self._written_by_word():
            found.append(Piece((one.text or "") if kind == "t" else kind, self._ids, change))

    def _noted(self, one: etree._Element, kind: str) -> None:
        """书签的两头、域的开头、代码和末尾。"""
        if kind == "bookmarkStart":
            self._start(one)
        elif kind == "bookmarkEnd":
            self._end(one)
        elif kind == "fldChar":
            self._field(one.get(_FLD_CHAR_TYPE) or "")
        elif kind == "instrText" and self._fields:
            self._fields[-1] += one.text or ""

    def _written_by_word(self) -> bool:
        """在页码一类的域里：Word 自己写的，不是谁写的。"""
        return bool(self._fields) and any(map(_COUNTED.match, self._fields))


def _deep(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """表格的行、行里的格，隔着内容控件和修订标记也算。"""
    for one in parent:
        if one.tag == tag:
            yield one
        elif one.tag in _AROUND_ROWS:
            yield from _deep(one, tag)


def _owner(mark: etree._Element) -> etree._Element | None:
    """属性（w:pStyle、w:gridSpan）是哪一段、哪一格的。"""
    properties = mark.getparent()
    return None if properties is None else properties.getparent()


@lru_cache(maxsize=4)  # the part is half as long as the report, and comes from the template
def _styles(data: bytes) -> dict[str, _Style]:
    found = {}
    for style in parsed(data, "word/styles.xml").iter(w("style")):
        name = value(style, "name") or ""
        if _CONTENTS.match(name):
            found[style.get(_STYLE_ID) or ""] = _Style.CONTENTS
        elif _HEADING.match(name):
            found[style.get(_STYLE_ID) or ""] = _Style.HEADING
    return found
