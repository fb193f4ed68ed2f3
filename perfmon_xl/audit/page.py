"""A report as it lies there now: paragraphs in order, each piece of text with the values that enclose it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from perfmon_xl.importing.markup import number, part, value, w
from perfmon_xl.report.bookmarks import PREFIX

_OURS = re.compile(rf"{PREFIX}(\d+)$")
_STORIES = re.compile(r"word/(?:header|footer)\d*\.xml$")
_HEADING = re.compile(r"heading\s*(\d)|标题\s*(\d)", re.I)
_LOOKS_LIKE_HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)\S{1,30}$")
_CONTENTS = re.compile(r"(?:toc|目录|contents)\s*\d", re.I)
_CAPTION = re.compile(r"表\s*\d+")
_SKIPPED = frozenset(w(n) for n in ("pPr", "rPr", "instrText", "sdtPr", "tblPr", "trPr", "tcPr", "sectPr"))
_WORDS = frozenset(w(n) for n in ("t", "tab", "br"))
_GONE = frozenset(w(n) for n in ("del", "moveFrom"))
_NEW = frozenset(w(n) for n in ("ins", "moveTo"))
_COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|TOC|SEQ)\b", re.I)
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Place:
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


@dataclass(frozen=True, slots=True)
class Piece:
    """一小段文字：在哪几个值的书签里（外面的在前）；change：ins 修订加的，del 修订删的。"""

    text: str
    ids: tuple[int, ...] = ()
    change: str = ""


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
        self._styles = _style_names(part(package, "word/styles.xml"))
        self._open: dict[str, int] = {}
        self._fields: list[str] = []
        self._heading, self._counted, self._tables = "", 0, 0
        self._caption = ""
        if self.document is not None:
            self._walk(self.document, Place(), 0)
        for name in sorted(n for n in package.namelist() if _STORIES.match(n)):
            root = part(package, name)
            if root is not None:
                self._open.clear()
                self._fields.clear()
                self._heading, self._counted = "页眉页脚", 0
                self._walk(root, Place(), 0)

    def _walk(self, parent: etree._Element, inside: Place, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for child in parent:
            tag = child.tag
            if tag == w("p"):
                self._paragraph(child, inside)
            elif tag == w("tbl"):
                self._table(child, depth)
            elif tag == w("bookmarkStart"):
                self._start(child)
            elif tag == w("bookmarkEnd"):
                self._open.pop(child.get(w("id")) or "", None)
            elif tag not in _SKIPPED:
                self._walk(child, inside, depth + 1)

    def _start(self, element: etree._Element) -> None:
        ours = _OURS.match(element.get(w("name")) or "")
        if ours:
            self._open[element.get(w("id")) or ""] = int(ours[1])

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _table(self, table: etree._Element, depth: int) -> None:
        self._tables += 1
        mine, name = self._tables, self._caption or f"第{self._tables}个表格"
        header: dict[int, str] = {}
        for at, row in enumerate(_deep(table, "tr"), 1):
            column = number(value(row.find(w("trPr")), "gridBefore"), 0)
            heads = row.find(f"{w('trPr')}/{w('tblHeader')}") is not None or at == 1
            for cell in _deep(row, "tc"):
                width = max(1, number(value(cell.find(w("tcPr")), "gridSpan"), 1))
                begin = len(self.paragraphs)
                self._walk(cell, Place(self._heading, 0, name, at, header.get(column, "")), depth + 1)
                for one in self.paragraphs[begin:]:
                    one.table = one.table or mine
                if heads:
                    header[column] = "".join(p.text for p in self.paragraphs[begin:]).strip()
                column += width
        self._caption = ""

    def _paragraph(self, element: etree._Element, inside: Place) -> None:
        made = Paragraph(len(self.paragraphs), inside, element=element)
        self.paragraphs.append(made)
        boxes: list[etree._Element] = []
        self._pieces(element, made.pieces, "", 0, boxes)
        text = made.text.strip()
        style = self._styles.get(value(element.find(w("pPr")), "pStyle") or "", "")
        made.contents = bool(_CONTENTS.match(style))
        if not inside.table:
            level = _HEADING.match(style)
            if text and not made.contents:
                if level or _LOOKS_LIKE_HEADING.match(text):
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
        for child in parent:
            tag = child.tag
            if tag == w("fldChar"):
                self._field(child.get(w("fldCharType")) or "")
            elif tag == w("instrText") and self._fields:
                self._fields[-1] += child.text or ""
            elif tag == w("fldSimple") and _COUNTED.match(child.get(w("instr")) or ""):
                continue
            elif tag in _WORDS and any(map(_COUNTED.match, self._fields)):
                continue  # page numbers and the like: Word writes them, nobody else
            elif tag == w("t"):
                found.append(Piece(child.text or "", tuple(self._open.values()), change))
            elif tag == w("delText"):
                found.append(Piece(child.text or "", tuple(self._open.values()), "del"))
            elif tag in (w("br"), w("cr"), w("tab")):
                found.append(Piece("\t" if tag == w("tab") else "\n", tuple(self._open.values()), change))
            elif tag == w("bookmarkStart"):
                self._start(child)
            elif tag == w("bookmarkEnd"):
                self._open.pop(child.get(w("id")) or "", None)
            elif tag == w("txbxContent"):
                boxes.append(child)
            elif tag in _GONE:
                self._pieces(child, found, "del", depth + 1, boxes)
            elif tag in _NEW:
                self._pieces(child, found, change or "ins", depth + 1, boxes)
            elif tag not in _SKIPPED and not str(tag).endswith("}Fallback"):
                self._pieces(child, found, change, depth + 1, boxes)


def _deep(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """表格的行、行里的格，隔着内容控件和修订标记也算。"""
    for child in parent:
        if child.tag == w(name):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")):
            yield from _deep(child, name)


def _style_names(styles: etree._Element | None) -> dict[str, str]:
    if styles is None:
        return {}
    return {style.get(w("styleId")) or "": value(style, "name") or "" for style in styles.iter(w("style"))}
