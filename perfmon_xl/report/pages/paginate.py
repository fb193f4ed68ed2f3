"""Page numbers without a renderer: exact line pitch and one-em glyphs make this layout computable.

Measured against LibreOffice it is right for 96 to 98 headings in a hundred (780 of 795 in 40 reports, 585 of 609 in 31
others) and never off by more than a page; Word's own F9 sets the rest right.
"""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate, islice
from operator import add, ne
from typing import NamedTuple

from lxml import etree

from perfmon_xl.ooxml.markup import tree, w
from perfmon_xl.report.pages.blocks import (
    HEIGHT,
    WIDTH,
    Block,
    PageCell,
    PageParagraph,
    PageTable,
    TextArea,
    blocks,
)
from perfmon_xl.report.template.compiled import DOCUMENT, CompiledTemplate

_CELL_PADDING = 10.8
_TABLE_SIZE, _TABLE_PITCH = 10.5, 16.0
_HANGING, _OPENING = "，。、", "（《〈“‘〔【[("
_CLOSING = "）》〉”’：；？！〕】]),.;:!?%"
_TOKEN = re.compile(r"[A-Za-z0-9.+%]+|.")
_SLACK = 0.1
_EMU_PER_POINT = 12_700
_BORDER = 0.5
_MOST_TWIPS = 31_680  # Word's own limit
_DEFAULT = "\0"  # no style's id


@dataclass(frozen=True, slots=True)
class LineStyle:
    """一个段落样式：字号、行距、首行缩进、段前段后（磅），与下段同页，名称（小写）。"""

    size: float
    pitch: float
    indent: float
    before: float
    after: float
    keep: bool
    name: str


@dataclass(frozen=True, slots=True)
class MeasuredBlock:
    """一段文字，或一个表格（rows：每行高度和是不是表头）。"""

    style: LineStyle
    lines: int = 0
    rows: tuple[tuple[float, bool], ...] = ()
    opens: bool = False
    height: float = 0.0  # of the text area of a section that begins here; then there is nothing else in it


def estimated_pages(template: CompiledTemplate, xml: str) -> list[int] | None:
    """目录里各标题在第几页；没有标题的返回 None。xml 是套好数据的正文。"""
    measured = measured_blocks(template, xml)
    found = [
        place.page
        for block, place in zip(measured, placed(measured), strict=True)
        if block.style.name in ("heading 1", "heading 2") and block.lines
    ]
    return found or None


def measured_blocks(template: CompiledTemplate, xml: str) -> list[MeasuredBlock]:
    """正文的各段、各表，量好了多高；先后同 blocks。"""
    return blocks_and_measures(template, xml)[1]


def blocks_and_measures(template: CompiledTemplate, xml: str) -> tuple[list[Block], list[MeasuredBlock]]:
    """正文的各段、各表，和各自多高。"""
    return _measured_of(template.package, template.sources[DOCUMENT], xml)


@lru_cache(maxsize=1)  # pages are fitted, and then counted, of the same text
def _measured_of(package: bytes, source: str, xml: str) -> tuple[list[Block], list[MeasuredBlock]]:
    text_areas = blocks(xml, source)
    return text_areas, list(_measured(text_areas, _styles(package)))


def text_sizes(template: CompiledTemplate) -> dict[str, float]:
    """各样式的字号，磅。"""
    return {name: style.size for name, style in _styles(template.package).items()}


@lru_cache(maxsize=8)
def _styles(package: bytes) -> dict[str, LineStyle]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        root = tree(archive.read("word/styles.xml"), huge=True)
    by_id = {s.get(w("styleId")) or "": s for s in root.iter(w("style"))}

    def lookup(style_id: str, path: str, attribute: str) -> str | None:
        seen: set[str] = set()  # a template may say that a style is based on itself
        while style_id in by_id and style_id not in seen:
            seen.add(style_id)
            element = by_id[style_id]
            found = element.find(path)
            if found is not None and found.get(w(attribute)) is not None:
                return found.get(w(attribute))
            based = element.find(w("basedOn"))
            style_id = (based.get(w("val")) or "") if based is not None else ""
        return None

    def number(style_id: str, path: str, attribute: str, default: float) -> float:
        try:
            found = float(lookup(style_id, path, attribute) or default)
        except ValueError:
            return default
        return found if 0 <= found <= _MOST_TWIPS else default

    made = {}
    own = [
        element
        for element in by_id.values()
        if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true", "on")
    ]
    kinds = {i: element for i, element in by_id.items() if element.get(w("type")) == "paragraph"}
    # Every other program names its default style as it likes, or has none: then the document's defaults hold.
    by_id[_DEFAULT] = kinds[_DEFAULT] = own[0] if own else _defaults(root)
    for style_id, element in kinds.items():
        spacing, properties = f"{w('pPr')}/{w('spacing')}", f"{w('rPr')}/{w('sz')}"
        size = number(style_id, properties, "val", 32) / 2
        keep = element.find(f"{w('pPr')}/{w('keepNext')}")
        name = element.find(w("name"))
        made[style_id] = LineStyle(
            size=size,
            pitch=max(1.0, number(style_id, spacing, "line", 560) / 20),
            indent=number(style_id, f"{w('pPr')}/{w('ind')}", "firstLineChars", 0) / 100 * size,
            before=number(style_id, spacing, "before", 0) / 20,
            after=number(style_id, spacing, "after", 0) / 20,
            keep=keep is not None and keep.get(w("val")) not in ("0", "false"),
            name=((name.get(w("val")) or "") if name is not None else "").lower(),
        )
    return made


def _defaults(root: etree._Element) -> etree._Element:
    """文档的默认格式（docDefaults），写成一个样式。"""
    style = etree.Element(w("style"))
    for path in (
        f"{w('docDefaults')}/{w('pPrDefault')}/{w('pPr')}",
        f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}",
    ):
        element = root.find(path)
        if element is not None:
            style.append(deepcopy(element))
    return style


def _measured(text_areas: Iterable[Block], styles: dict[str, LineStyle]) -> Iterator[MeasuredBlock]:
    default = styles[_DEFAULT]
    lines = cache(lines_of)  # the levels and targets of three tables are mostly the same few words
    width = WIDTH
    for block in text_areas:
        if isinstance(block, TextArea):
            width = block.width
            yield MeasuredBlock(default, height=block.height)
        elif isinstance(block, PageTable):
            yield MeasuredBlock(default, rows=tuple(_rows(block, lines, styles.get(block.style))))
        else:
            yield _paragraph(block, styles.get(block.style, default), width)


def _paragraph(block: PageParagraph, style: LineStyle, width: float) -> MeasuredBlock:
    if block.drawn:
        # a drawing is one tall line that stays with what follows it, its caption
        tall = min(block.drawn / _EMU_PER_POINT, HEIGHT)
        return MeasuredBlock(replace(style, pitch=tall, before=6.0, after=0.0, keep=True), 1)
    if block.keep is not None and block.keep is not style.keep:
        style = replace(style, keep=block.keep)
    lines = lines_of(block.text, width, style.size, style.indent)
    return MeasuredBlock(style, lines, opens=block.opens)


def _rows(
    table: PageTable, lines: Callable[[str, float, float], int], own: LineStyle | None
) -> Iterator[tuple[float, bool]]:
    size, pitch = (own.size, own.pitch) if own is not None else (_TABLE_SIZE, _TABLE_PITCH)
    padding = _CELL_PADDING if table.padding is None else table.padding
    ends = [0.0, *accumulate(table.widths)]
    last = len(ends) - 1
    heights: list[float] = []
    open_: dict[int, tuple[int, float]] = {}  # column → first row of a merged cell, and what its text needs

    def close(column: int, end: int) -> None:
        """合并的格子文字比这几行高的，末一行加高。"""
        start, need = open_.pop(column)
        heights[end] += max(0.0, need - sum(heights[start : end + 1]))

    for number, (_, cells) in enumerate(table.rows):
        tallest, column = 1, 0
        starts: dict[int, float] = {}
        for span, texts, follows in cells:
            after = column + span
            if not follows:
                if column in open_:
                    close(column, number - 1)
                width = (ends[min(after, last)] - ends[min(column, last)]) / 20 - padding
                count = sum([lines(text, width, size) for text in texts])
                joined = number + 1 < len(table.rows) and _follows(table.rows[number + 1].cells, column)
                if joined:
                    starts[column] = count * pitch + _BORDER
                else:
                    tallest = max(tallest, count)
            column = after
        heights.append(tallest * pitch + _BORDER)
        open_ |= {at: (number, need) for at, need in starts.items()}
    for column in list(open_):
        close(column, len(heights) - 1)
    yield from zip(heights, (row.header for row in table.rows), strict=True)


def _follows(cells: Sequence[PageCell], column: int) -> bool:
    """这一列的格子与上面合并。"""
    at = 0
    for span, _, follows in cells:
        if at == column:
            return follows
        at += span
    return False


@lru_cache(maxsize=4096)
def _quarters(token: str) -> int:
    """几个四分之一字宽。"""
    return sum(4 if ord(c) > 0x2E7F or c in "“”‘’…—①②③≥≤" else 2 for c in token)


def lines_of(text: str, width: float, size: float, first: float = 0) -> int:
    """一段文字排几行：标点悬挂、避头尾、汉字与数字之间四分之一字的空。"""
    if "\n" not in text:
        return _lines_of(text, width, size, first)
    count = 0
    for part in text.split("\n"):
        count += _lines_of(part, width, size, first)
        first = 0
    return count


@lru_cache(maxsize=4096)  # a text is measured where pages are fitted, and again where they are counted
def _lines_of(text: str, width: float, size: float, first: float) -> int:
    if first + len(text) * size * 1.25 <= width:
        return 1  # not even the widest glyphs with a gap after each would fill the line
    tokens = _TOKEN.findall(text)
    wide = list(map(_quarters, tokens))
    gaps = _gaps(tokens)
    ends = list(accumulate(map(add, wide, gaps)))  # how far each token reaches if no line ends
    quarter = size * 0.25
    limit, used = (width + 0.01) / quarter, first / quarter
    count, begin, index = 1, 0, 0  # the line holds tokens[begin:index]
    while index < len(tokens):
        base = ends[index - 1] if begin < index else ends[index] - wide[index]
        stop = max(bisect_right(ends, limit - used + base, index), index + (begin == index))
        if stop > index:
            used += ends[stop - 1] - base
            index = stop
            continue
        token = tokens[index]
        # a stop hangs out of the line after a Chinese character; after a digit it takes the digit along
        if token in _HANGING and used <= limit and not (index and tokens[index - 1].isascii()):
            used += wide[index]
            index += 1
            continue
        carried = index - (token in _HANGING or token in _CLOSING)
        while carried > begin and tokens[carried - 1] in _OPENING:
            carried -= 1
        # narrower than what belongs together, such as （无）: it breaks all the same
        begin = index if carried == begin else carried
        count += 1
        used = float(sum(wide[begin:index]))
    return count


def _gaps(tokens: Sequence[str]) -> list[bool]:
    """各个词的前面要不要空四分之一字：汉字与数字、字母之间要。"""
    ascii_ = list(map("\x80".__gt__, tokens))
    gaps = [False, *map(ne, ascii_, islice(ascii_, 1, None))]
    for at, changed in enumerate(gaps):
        if changed:
            gaps[at] = _mixed(tokens[at - 1][-1], tokens[at][0])
    return gaps


def _mixed(before: str, after: str) -> bool:
    """汉字与数字、字母之间，排的时候空四分之一字。"""
    if after.isascii():
        return after.isalnum() and "\u4e00" <= before <= "\u9fff"
    return "\u4e00" <= after <= "\u9fff" and (before.isalnum() or before == "%")


class Placement(NamedTuple):
    """一段或一个表排在哪里：从第几页（page）的多高（top）起，到第几页（end）的多高（bottom）止；磅，从版心上边数。"""

    page: int
    top: float
    end: int
    bottom: float


def placed(blocks: Sequence[MeasuredBlock], start_at: float = 0.0) -> Iterator[Placement]:
    """各段、各表排在哪里，一个一个地对应；从第一页的 start_at 磅起（可以在版心上面一点）。"""
    y, page, bottom = start_at, 1, HEIGHT
    for index, block in enumerate(blocks):
        if block.height:
            page, y, bottom = page + 1, 0.0, block.height
            yield Placement(page, y, page, y)
            continue
        if block.rows:
            breaks, end = _rows_broken(block, y, bottom)
            start = (page + 1, 0.0) if breaks[:1] == [0] else (page, y)
            page, y = page + len(breaks), end
            yield Placement(*start, page, y)
            continue
        style = block.style
        if y > 0 and (block.opens or y + _chain(blocks, index) > bottom + _SLACK):
            page, y = page + 1, 0.0
        y += style.before if y > 0 else 0
        fit, start = int((bottom - y + _SLACK) // style.pitch), (page, y)
        if block.lines <= fit:
            y += block.lines * style.pitch + style.after
        else:
            # widows and orphans: at least two lines on each side of a break
            fit = fit - 1 if block.lines - fit == 1 else fit
            if fit < 2:
                fit = 0
                if y > 0:
                    page, y, start = page + 1, 0.0, (page + 1, 0.0)
                    fit = int(bottom // style.pitch)
            left = block.lines
            while left > fit:
                left, page, y = left - fit, page + 1, 0.0
                fit = int(bottom // style.pitch)
            y = left * style.pitch + style.after
        yield Placement(*start, page, y)


def _rows_broken(table: MeasuredBlock, y: float, bottom: float) -> tuple[list[int], float]:
    """从 y 磅起的一个表，哪几行（从 0 数）在新的一页的最上面，末一行到多高；表头每页重复。"""
    head = sum(height for height, header in table.rows if header)
    breaks = []
    for number, (height, _) in enumerate(table.rows):
        if y + height > bottom + _SLACK:
            breaks.append(number)
            y = head if number else 0.0
        y += height
    return breaks, y


def page_starts(blocks: Sequence[MeasuredBlock], index: int) -> list[int]:
    """第几块（index，是一个表）的哪几行在新的一页的最上面；第一行不算。"""
    place = next(islice(placed(blocks), index, None))
    bottom = next((block.height for block in reversed(blocks[:index]) if block.height), HEIGHT)
    return [number for number in _rows_broken(blocks[index], place.top, bottom)[0] if number]


def _chain(blocks: Sequence[MeasuredBlock], index: int) -> float:
    """与下段同页的一串标题，加上后面两行正文或表头加一行。"""
    need, at = 0.0, index
    while at < len(blocks) and not blocks[at].rows and blocks[at].style.keep:
        style = blocks[at].style
        need += blocks[at].lines * style.pitch + style.before + style.after
        at += 1
    if at == index or at >= len(blocks):
        return 0.0
    following = blocks[at]
    if following.rows:
        head = sum(height for height, header in following.rows if header)
        return need + head + next((height for height, header in following.rows if not header), 0.0)
    return need + min(following.lines, 2 if following.lines != 3 else 3) * following.style.pitch
