"""The blocks of a report in reading order: paragraphs with their visible numbers, tables as full grids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.markup import FALLBACK, number, opened, part, value, w
from perfmon_xl.importing.numbering import Numbering
from perfmon_xl.ooxml.names import CHART, DRAWING
from perfmon_xl.workbook.port import CellRef, RawCell

# Deleted text, moved-away text and field codes are not what a reader sees.
_UNSEEN = frozenset(
    w(n) for n in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "footnoteReference", "sdtPr")
) | {FALLBACK}
_WRAPPERS = frozenset(w(n) for n in ("ins", "moveTo", "customXml", "smartTag", "sdtContent", "sdt"))
_GONE = frozenset(w(n) for n in ("del", "moveFrom"))
_MOST_COLUMNS = 200
PICTURE = "（图片）"
# A native chart shows what the tables say; its caption is no text of the report.
_CHART = f"{{{CHART}}}chart"
_BOX = w("txbxContent")
_BROKEN = re.compile(r"[^。；：！？;:!?.）)”\s]$")
_CAPTION = re.compile(r"图\s*\d+")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]|表\s*\d|图\s*\d|附件)"
)
_IMAGES = (
    f"{{{DRAWING}}}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)


@dataclass(frozen=True, slots=True)
class Para:
    """一段：看得见的文字（自动编号在前）、大纲级别（正文 0）、是不是目录行。"""

    text: str
    outline: int = 0
    contents: bool = False
    starts: bool = False  # with a number of its own
    ends_section: bool = False


Block = Para | Grid


def blocks_of(data: bytes) -> tuple[Block, ...]:
    """一份 .docx 的正文，先后照阅读的顺序。"""
    with opened(data) as package:
        root = part(package, "word/document.xml")
        numbering = Numbering.of(part(package, "word/numbering.xml"), part(package, "word/styles.xml"))
    body = None if root is None else root.find(w("body"))
    if body is None:
        raise UserError("这份文件里没有 Word 正文。", "请确认是监控报告的 .docx 文件。")
    return tuple(_whole_sentences(_blocks(body, numbering)))


def _whole_sentences(blocks: Iterator[Block]) -> Iterator[Block]:
    """分节符把一句话断成两段的，接起来。"""
    held: Para | None = None
    for block in blocks:
        if held is not None:
            if isinstance(block, Para) and not block.outline and not block.contents and not block.starts:
                block = Para(held.text + block.text, held.outline, False, ends_section=block.ends_section)
            else:
                yield held
            held = None
        if (
            isinstance(block, Para)
            and block.ends_section
            and _BROKEN.search(block.text)
            and len(block.text) > 15
        ):
            held = block
            continue
        yield block
    if held is not None:
        yield held


def remarks_of(data: bytes) -> tuple[tuple[str, str], ...]:
    """正文以外的：修订、批注、脚注，各是什么、怎么读的。"""
    found: list[tuple[str, str]] = []
    with opened(data) as package:
        root = part(package, "word/document.xml")
        if root is not None:
            added = sum(1 for name in ("ins", "moveTo") for _ in root.iter(w(name)))
            gone = sum(1 for name in ("del", "moveFrom") for _ in root.iter(w(name)))
            if added or gone:
                found.append((f"插入 {added} 处、删除 {gone} 处", "报告里有修订没有接受，照接受以后的样子读"))
        for name, tag, what in (
            ("word/comments.xml", "comment", "批注"),
            ("word/footnotes.xml", "footnote", "脚注"),
            ("word/endnotes.xml", "endnote", "尾注"),
        ):
            notes = part(package, name)
            for one in notes.iter(w(tag)) if notes is not None else ():
                text = _visible(one).strip()
                if text:
                    found.append((text, f"{what}，没有读入"))
    return tuple(found)


def _blocks(parent: etree._Element, numbering: Numbering) -> Iterator[Block]:
    charted = False  # the paragraph before was a chart: this one may be its caption
    for child in parent:
        if child.tag in _GONE:
            continue
        after_chart, charted = charted, child.tag == w("p") and child.find(f".//{_CHART}") is not None
        if after_chart and child.tag == w("p") and _CAPTION.match(_visible(child)):
            continue
        if child.tag in _WRAPPERS:
            yield from _blocks(child, numbering)
        elif child.tag == w("p"):
            yield from _paragraphs(child, numbering)
        elif child.tag == w("tbl"):
            yield from _table(child, numbering)


def _paragraphs(element: etree._Element, numbering: Numbering) -> Iterator[Para]:
    """一段文字；文本框里的各段跟在后面；强制换行分开的算几段。"""
    properties = element.find(w("pPr"))
    written = _visible(element)
    # Counted even when it turns out blank: Word counts the paragraph too.
    label = numbering.label(properties)
    style = numbering.style_name(properties)
    section = properties is not None and properties.find(w("sectPr")) is not None
    contents = bool(re.match(r"(toc|目录)\s*\d", style)) or is_contents(written)
    outline = numbering.outline(properties)
    lines = [line.strip() for line in written.split("\n")]
    for position, line in enumerate([one for one in lines if one]):
        prefix = label if position == 0 and not line.startswith(label) else ""
        numbered = bool(prefix) or bool(_NUMBERED.match(line))
        yield Para(prefix + line, outline if position == 0 else 0, contents, numbered, section)
    drawn = list(element.iter(*_IMAGES, _BOX))
    if any(inner.tag != _BOX for inner in drawn):
        yield Para(PICTURE)
    for box in drawn:
        if box.tag == _BOX and not any(a.tag == FALLBACK for a in box.iterancestors()):
            for block in _blocks(box, numbering):
                yield (block if isinstance(block, Para) else Para(" ".join(block.words())))


def is_contents(written: str) -> bool:
    """题目、点线、页码：目录里的一行。

    >>> is_contents("一、项目概况……3"), is_contents("一、项目概况")
    (True, False)
    """
    return bool(re.search(r"(\t|[.…·]{2,})\s*\d+\s*$", written))


def _visible(element: etree._Element) -> str:
    found: list[str] = []
    _collect(element, found, 0)
    return "".join(found).replace("\xa0", " ").strip()


def _collect(element: etree._Element, found: list[str], depth: int) -> None:
    if depth > 200:
        return
    for child in element:
        if child.tag in _UNSEEN or child.tag == w("txbxContent"):
            continue
        if child.tag == w("t"):
            found.append(child.text or "")
        elif child.tag == w("tab"):
            found.append("\t")
        elif child.tag in (w("br"), w("cr")):
            found.append("\n")
        elif child.tag == w("noBreakHyphen"):
            found.append("-")
        else:
            _collect(child, found, depth + 1)


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == w(name):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _table(table: etree._Element, numbering: Numbering) -> Iterator[Block]:
    """一张表；只为排版用的（格里套着真的表格），照顺序取格里的段落和表格。"""
    if not any(_is_table(inner) for inner in table.iter(w("tbl")) if inner is not table):
        yield _grid(table, numbering)
        return
    waiting: list[etree._Element] = []
    for row in _children(table, "tr"):
        cells = list(_children(row, "tc"))
        if not any(_is_table(inner) for cell in cells for inner in cell.iter(w("tbl"))):
            waiting.append(row)  # rows of its own, beside the one that holds a table
            continue
        if waiting:
            yield _grid(table, numbering, waiting)
            waiting = []
        for cell in cells:
            yield from _blocks(cell, numbering)
    if waiting:
        yield _grid(table, numbering, waiting)


def _is_table(table: etree._Element) -> bool:
    """至少两行两列：不是一格里的一个框。"""
    rows = list(_children(table, "tr"))
    return len(rows) > 1 and any(sum(1 for _ in _children(row, "tc")) > 1 for row in rows)


def _grid(table: etree._Element, numbering: Numbering, only: Sequence[etree._Element] | None = None) -> Grid:
    rows: list[list[RawCell]] = []
    above: dict[int, RawCell] = {}
    for row in _children(table, "tr") if only is None else only:
        properties = row.find(w("trPr"))
        if properties is not None and properties.find(w("del")) is not None:
            continue
        at = len(rows) + 1
        before = min(number(value(properties, "gridBefore"), 0), _MOST_COLUMNS)
        cells = [RawCell(CellRef("", at, column + 1)) for column in range(before)]
        for cell in _children(row, "tc"):
            about = cell.find(w("tcPr"))
            width = max(1, min(number(value(about, "gridSpan"), 1), _MOST_COLUMNS))
            merge = value(about, "vMerge")
            column = len(cells)
            text = _cell_text(cell, numbering)
            if merge is not None and merge != "restart" and not text and column in above:
                made = above[column]
            else:
                made = RawCell(CellRef("", at, column + 1), text or None)
            above[column] = made
            cells += [made] * width
        rows.append(cells)
    columns = max((len(r) for r in rows), default=0)
    return Grid(
        "",
        tuple(
            (*cells, *(RawCell(CellRef("", at, c + 1)) for c in range(len(cells), columns)))
            for at, cells in enumerate(rows, 1)
        ),
        sheet=False,
    )


def _cell_text(cell: etree._Element, numbering: Numbering) -> str:
    """格里各段的文字；套在里面的表格也照顺序取文字。"""
    found: list[str] = []
    for block in _blocks(cell, numbering):
        if isinstance(block, Para):
            found.append(block.text)
        else:
            found += block.words()
    return "\n".join(found).strip()
