"""The blocks of a report in reading order: paragraphs with their visible numbers, tables as full grids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.numbering import Numbering
from perfmon_xl.ooxml import word
from perfmon_xl.ooxml.markup import opened, part, w
from perfmon_xl.ooxml.names import CHART
from perfmon_xl.workbook.port import CellRef, RawCell

_DEEPEST = 50
PICTURE = "（图片）"
# A native chart shows what the tables say; its caption is no text of the report.
_CHART = f"{{{CHART}}}chart"
_PROPERTIES = w("pPr")
_BROKEN = re.compile(r"[^。；：！？;:!?.）)”\s]$")
_CAPTION = re.compile(r"图\s*\d+")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]|表\s*\d|图\s*\d|附件)"
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
    remarks: list[tuple[str, str]] = []
    with opened(data) as package:
        root = part(package, "word/document.xml")
        if root is not None:
            added = sum(1 for name in ("ins", "moveTo") for _ in root.iter(w(name)))
            gone = sum(1 for name in ("del", "moveFrom") for _ in root.iter(w(name)))
            if added or gone:
                remarks.append(
                    (f"插入 {added} 处、删除 {gone} 处", "报告里有修订没有接受，照接受以后的样子读")
                )
        for name, tag, what in (
            ("word/comments.xml", "comment", "批注"),
            ("word/footnotes.xml", "footnote", "脚注"),
            ("word/endnotes.xml", "endnote", "尾注"),
        ):
            notes = part(package, name)
            for element in notes.iter(w(tag)) if notes is not None else ():
                text = _note_text(element)
                if text:
                    remarks.append((text, f"{what}，没有读入"))
    return tuple(remarks)


def _blocks(parent: etree._Element, numbering: Numbering, depth: int = 0) -> Iterator[Block]:
    charted = False  # the paragraph before was a chart: this one may be its caption
    if depth > _DEEPEST:
        return
    for kind, element, change in word.blocks(parent):
        if change == word.DELETED:
            continue
        if kind == "tbl":
            charted = False
            yield from _table(element, numbering, depth)
        elif kind == "p":
            after_chart, charted = charted, element.find(f".//{_CHART}") is not None
            pieces = word.pieces(element, change)
            if not (after_chart and _CAPTION.match(word.visible_text(pieces).strip())):
                yield from _paragraphs(element, pieces, numbering, depth)


def _paragraphs(
    element: etree._Element, pieces: list[word.Piece], numbering: Numbering, depth: int
) -> Iterator[Para]:
    """一段文字；文本框里的各段跟在后面；强制换行分开的算几段。"""
    properties = element.find(w("pPr"))
    written = word.visible_text(pieces).replace("\xa0", " ").strip()
    # Counted even when it turns out blank: Word counts the paragraph too.
    label = numbering.label(properties)
    style = numbering.style_name(properties)
    section = properties is not None and properties.find(w("sectPr")) is not None
    contents = bool(re.match(r"(toc|目录)\s*\d", style)) or is_contents(written)
    outline = numbering.outline(properties)
    lines = [line.strip() for line in written.split("\n")]
    for position, line in enumerate([line for line in lines if line]):
        prefix = label if position == 0 and not line.startswith(label) else ""
        numbered = bool(prefix) or bool(_NUMBERED.match(line))
        yield Para(prefix + line, outline if position == 0 else 0, contents, numbered, section)
    present = [piece for piece in pieces if piece.change != word.DELETED]
    if any(piece.kind == "picture" for piece in present):
        yield Para(PICTURE)
    for box in present:
        if box.kind == "box":
            for block in _blocks(box.element, numbering, depth + 1):
                yield (block if isinstance(block, Para) else Para(" ".join(block.words())))


def is_contents(written: str) -> bool:
    """题目、点线、页码：目录里的一行。

    >>> is_contents("一、项目概况……3"), is_contents("一、项目概况")
    (True, False)
    """
    return bool(re.search(r"(\t|[.…·]{2,})\s*\d+\s*$", written))


def _note_text(element: etree._Element) -> str:
    """一处批注、脚注的文字。"""
    found = [
        word.visible_text(word.pieces(block.element)) for block in word.blocks(element) if block.kind == "p"
    ]
    return "\n".join(found).replace("\xa0", " ").strip()


def _table(table: etree._Element, numbering: Numbering, depth: int) -> Iterator[Block]:
    """一张表；只为排版用的（格里套着真的表格），照顺序取格里的段落和表格。"""
    everything = [row for row in word.rows(table) if not row.deleted]
    if not any(_is_table(inner) for inner in table.iter(w("tbl")) if inner is not table):
        yield _grid(everything, numbering, depth)
        return
    waiting: list[word.Row] = []
    for row in everything:
        cells = list(word.cells(row))
        if not any(_is_table(inner) for cell in cells for inner in cell.element.iter(w("tbl"))):
            waiting.append(row)  # rows of its own, beside the one that holds a table
            continue
        if waiting:
            yield _grid(waiting, numbering, depth)
            waiting = []
        for cell in cells:
            yield from _blocks(cell.element, numbering, depth + 1)
    if waiting:
        yield _grid(waiting, numbering, depth)


def _is_table(table: etree._Element) -> bool:
    """至少两行两列：不是一格里的一个框。"""
    rows = list(word.rows(table))
    return len(rows) > 1 and any(sum(1 for _ in word.cells(row)) > 1 for row in rows)


def _grid(rows: Sequence[word.Row], numbering: Numbering, depth: int) -> Grid:
    raw_cellses: list[list[RawCell]] = []
    above: dict[int, RawCell] = {}
    for at, row in enumerate(rows, 1):
        cells = [RawCell(CellRef("", at, column + 1)) for column in range(row.before)]
        for cell in word.cells(row):
            text = _cell_text(cell.element, numbering, depth)
            if cell.follows and not text and cell.column in above:
                made = above[cell.column]
            else:
                made = RawCell(CellRef("", at, cell.column + 1), text or None)
            above[cell.column] = made
            cells += [made] * cell.span
        raw_cellses.append(cells)
    columns = max((len(r) for r in raw_cellses), default=0)
    return Grid(
        "",
        tuple(
            (*cells, *(RawCell(CellRef("", at, c + 1)) for c in range(len(cells), columns)))
            for at, cells in enumerate(raw_cellses, 1)
        ),
        sheet=False,
    )


def _cell_text(cell: etree._Element, numbering: Numbering, depth: int) -> str:
    """格里各段的文字；套在里面的表格也照顺序取文字。"""
    plain = _plain_text(cell, numbering)
    if plain is not None:
        return plain
    found: list[str] = []
    for block in _blocks(cell, numbering, depth + 1):
        if isinstance(block, Para):
            found.append(block.text)
        else:
            found += block.words()
    return "\n".join(found).strip()


def _plain_text(cell: etree._Element, numbering: Numbering) -> str | None:
    """只有一段、段里只有字的一格，几乎都是：直接取字，自动编号在前；别样的是 None。"""
    paragraph: etree._Element | None = None
    for kind, element, change in word.blocks(cell):
        if kind == "p" and paragraph is None and not change:
            paragraph = element
        elif kind in ("p", "tbl"):
            return None
    if paragraph is None:
        return ""
    pieces = word.pieces(paragraph)
    if any(piece.kind != "text" for piece in pieces):
        return None
    written = word.visible_text(pieces).replace("\xa0", " ").strip()
    if "\n" in written:
        return None
    label = numbering.label(paragraph.find(_PROPERTIES))  # counted even when blank: Word counts it, too
    return written if not written or written.startswith(label) else label + written


def page_blocks(page: Grid) -> Iterator[Block]:
    """一张工作表（或 .csv）：一行只有一段文字的（表名、年度、单位）是段落，其余是表格。"""
    first = next(
        (n for n in range(len(page.rows)) if len({t for t in page.texts[n] if t}) > 1), len(page.rows)
    )
    for row in range(first):
        yield from (Para(line) for _, text in page.own(row) for line in text.splitlines() if line.strip())
    if first < len(page.rows):
        yield page.part(first, len(page.rows))
