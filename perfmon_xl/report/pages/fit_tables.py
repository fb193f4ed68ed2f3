"""Columns as wide as their longest word, so that no word breaks; a table too wide or too tall gets a page across.

Only tables of fixed widths, and only where the widths that the template has do not do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from perfmon_xl.ooxml.word_patterns import SPAN, TABLE
from perfmon_xl.report.pages.blocks import PageRow, PageTable, is_usual, table_of
from perfmon_xl.report.pages.page_across import on_a_page_across
from perfmon_xl.report.tracing.tracked import clean

Lines = Callable[[str, float, float], int]
LINES, SECTION_COLUMNS = 8, 6  # lines of a row at most; columns from which a table may get a page of its own
_TWIPS_PER_MM = 56.6929
_STEP = round(4 * _TWIPS_PER_MM)
_PADDING, _SPARE = 10.8, 0.6  # points: what a cell leaves blank, and what is not worth a line break
_ACROSS = 225  # millimetres of text on a page across
_WHOLE, _LONGEST_NAME = 5, 8
_WORTH = 0.9  # of its height: what other widths must spare a table to be taken
_GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.S)
_ROW = re.compile(r"(<w:tr(?: [^>]*)?>)(.*?)(</w:tr>)", re.S)
_CELL_WIDTH = re.compile(r"<w:tcW\b[^>]*/>")
_TABLE_WIDTH = re.compile(r"<w:tblW\b[^>]*/>")
_HAN = re.compile("[\u4e00-\u9fff]+")
_VALUE = re.compile(r"[≥≤><=]*[\d.,]+\D{0,4}")
_RUN = re.compile(r"[≥≤><=]{0,3}[A-Za-z0-9.,%/+-]+")


def fit_tables(xml: str, source: str, sizes: Mapping[str, float], lines: Lines) -> str:
    """各表的栏宽够最长的词；放不下的，表题和表移到横着的一页。sizes：样式 → 字号，lines：一段文字排几行。"""
    if not is_usual(source) or 'w:tblLayout w:type="fixed"' not in xml:
        return xml
    across: list[str] = []

    def fitted(match: re.Match[str]) -> str:
        text = match[0]
        if 'w:tblLayout w:type="fixed"' not in text or "<w:tbl>" in text[7:]:
            return text
        own = table_of(clean(text))
        if not own.rows or not all(own.widths):
            return text
        total = sum(own.widths)
        for written, table in _sizes(text, own, sizes):
            size = sizes.get(table.style, 10.5)
            widths = balanced(table, total, size, lines)
            if widths is not None:
                return written if widths == table.widths else _rewritten(written, widths)
        if len(own.widths) < SECTION_COLUMNS:
            return text
        wide = _ACROSS * _TWIPS_PER_MM
        done = _rewritten(written, _spread(table, needs_of(table, size), wide, size, lines))
        across.append(done)
        return done

    xml = TABLE.sub(fitted, xml)
    for table in across:
        xml = on_a_page_across(xml, table)
    return xml


@lru_cache(maxsize=4096)
def word(text: str) -> float:
    """一格文字里断不开的最长一段，有几个汉字宽。

    >>> word("质量指标"), word("满意度指标"), word("经济成本指标"), word("≥120件")
    (4.0, 5.0, 3.0, 3.75)
    """
    if "\n" in text:
        return max(map(word, text.split("\n")))
    bare = "".join(text.split())
    if _HAN.fullmatch(bare) and len(bare) <= _LONGEST_NAME:
        return float(len(bare)) if len(bare) <= _WHOLE else float(-(-len(bare) // 2))
    if _VALUE.fullmatch(bare):
        return _ems(bare)
    return max([min(4.0, _ems(bare)), *map(_ems, _RUN.findall(bare))])


def _ems(text: str) -> float:
    """几个汉字宽；汉字与数字、字母之间空四分之一个字。"""
    gaps = sum(
        (x.isascii() and x.isalnum() and y > "\u2e7f") or (y.isascii() and y.isalnum() and x > "\u2e7f")
        for x, y in pairwise(text)
    )
    return sum(1.0 if ord(c) > 0x2E7F or c in "≥≤" else 0.5 for c in text) + gaps / 4


def needs_of(table: PageTable, size: float, most: float = 4.0) -> list[float]:
    """各栏最少要多宽，二十分之一磅。表头四个字、下面只有一两个字的，排成两行；表头最多算 most 个字。"""
    padding = _PADDING if table.padding is None else table.padding
    longest = [1.0] * len(table.widths)
    heads = [1.0] * len(table.widths)
    for row in table.rows:
        at = 0
        for span, texts, follows in row.cells:
            if span == 1 and not follows and at < len(longest):
                kind = heads if row.header else longest
                kind[at] = max([kind[at], *map(word, texts)])
            at += span
    needs = []
    for body, head in zip(longest, heads, strict=True):
        if head == 4.0 and body <= 2.0:
            head = 2.0
        needs.append((max(body, min(head, most)) * size + padding + _SPARE) * 20)
    return needs


def balanced(table: PageTable, total: float, size: float, lines: Lines) -> list[float] | None:
    """各栏的宽：都够最长的词，加起来是 total，栏目多的表一行不超过几行字；做不到的是 None。

    本来就够的照旧；栏目多的表，另排能矮下去一成以上的另排（一栏一个字也没有写的，让给字多的）。
    """
    needs = needs_of(table, size)
    if sum(needs) > total + 1:
        return None
    widths = _enough(list(table.widths), needs)
    if len(widths) < SECTION_COLUMNS:
        return widths
    spread = _spread(table, needs, total, size, lines)
    as_made, as_spread = (list(_row_lines(table, one, size, lines)) for one in (widths, spread))
    if max(as_made, default=1) <= LINES and sum(as_spread) > _WORTH * sum(as_made):
        return widths
    return spread if max(as_spread, default=1) <= LINES else None


def _spread(table: PageTable, needs: Sequence[float], total: float, size: float, lines: Lines) -> list[float]:
    """够最长的词以外，多出来的宽一点一点给把表撑得最高的那一栏；只放两个字的（是否/跟踪）不加宽，不然排成三个和一个。"""
    whole_heads = needs_of(table, size, _WHOLE)  # “指标目标值”: five characters, not four and one
    needs = whole_heads if sum(whole_heads) <= total else needs
    widths = [min(n, n * total / sum(needs)) for n in needs]
    padding = _PADDING if table.padding is None else table.padding
    wider = [need > (2 * size + padding + 2 * _SPARE) * 20 for need in needs]
    least = list(
        _heights(table, [total] * len(widths), size, lines)
    )  # where a person broke the line it stays
    while total - sum(widths) >= _STEP:
        weights = [0] * len(widths)
        for row, lowest in zip(_heights(table, widths, size, lines), least, strict=True):
            most = max(row, default=1)
            for column, count in enumerate(row):
                helps = count == most > lowest[column] and wider[column]
                weights[column] += count * count if helps else 0
        best = max(range(len(widths)), key=weights.__getitem__)
        if not weights[best]:
            break
        widths[best] += _STEP
    rest = total - sum(widths)
    whole = sum(w for w, more in zip(widths, wider, strict=True) if more)
    if not whole:
        return [w * total / sum(widths) for w in widths]
    return [w * (1 + rest / whole) if more else w for w, more in zip(widths, wider, strict=True)]


def _enough(widths: list[float], needs: Sequence[float]) -> list[float]:
    """不够的补到够，照各栏多出来的分摊。"""
    lack = sum(max(0.0, n - w) for w, n in zip(widths, needs, strict=True))
    spare = sum(max(0.0, w - n) for w, n in zip(widths, needs, strict=True))
    if lack <= 0 or spare <= 0:
        return widths
    share = min(1.0, lack / spare)
    return [n if w < n else w - (w - n) * share for w, n in zip(widths, needs, strict=True)]


def _row_lines(table: PageTable, widths: Sequence[float], size: float, lines: Lines) -> Iterator[int]:
    """各行最高的一格有几行字。"""
    return (max(row, default=1) for row in _heights(table, widths, size, lines))


def _heights(table: PageTable, widths: Sequence[float], size: float, lines: Lines) -> Iterator[list[int]]:
    """一行一行地，各栏有几行字；合并了的格子不算（0）。"""
    margin = _PADDING if table.padding is None else table.padding
    for row, following in zip(table.rows, [*table.rows[1:], None], strict=True):
        counts, at = [0] * len(widths), 0
        continued = set() if following is None else _going_on(following)
        for span, texts, follows in row.cells:
            if not follows and span == 1 and at < len(widths) and at not in continued:
                counts[at] = sum([lines(text, widths[at] / 20 - margin, size) for text in texts])
            at += span
        yield counts


def _going_on(row: PageRow) -> set[int]:
    """哪几列的格子与上面合并。"""
    found, at = set(), 0
    for span, _, follows in row.cells:
        if follows:
            found.add(at)
        at += span
    return found


# --- smaller ----------------------------------------------------------------------------------------

_SMALLER = {"表头": "小表头", "表文": "小表文", "表文左": "小表文左"}
_SMALL_MARGIN = 56  # twips
_MARGINS = "<w:tblCellMar>{}</w:tblCellMar>".format(
    "".join(f'<w:{side} w:w="{_SMALL_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
)


def _sizes(text: str, own: PageTable, sizes: Mapping[str, float]) -> Iterator[tuple[str, PageTable]]:
    """一张表的写法和读成的样子：原样，放不下再要小五号、左右只留 1 毫米的；模板没有这几个样式的只有原样。"""
    yield text, own
    if not sizes.keys() >= {*_SMALLER.values()} or "<w:tblCellMar>" in text:
        return
    small = text
    for old, new in _SMALLER.items():
        small = small.replace(f'<w:pStyle w:val="{old}"/>', f'<w:pStyle w:val="{new}"/>')
    small = small.replace("<w:tblLook", _MARGINS + "<w:tblLook", 1)
    if small != text:
        padding = 2 * _SMALL_MARGIN / 20 if "<w:tblCellMar>" in small else own.padding
        yield small, own._replace(style=_SMALLER.get(own.style, own.style), padding=padding)


# --- written back -----------------------------------------------------------------------------------


def _rewritten(text: str, widths: Sequence[float]) -> str:
    whole = [int(w) for w in widths]
    grid = "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{w}"/>' for w in whole) + "</w:tblGrid>"
    text = _GRID.sub(grid, text, count=1)
    text = _TABLE_WIDTH.sub(f'<w:tblW w:type="dxa" w:w="{sum(whole)}"/>', text, count=1)

    def row(match: re.Match[str]) -> str:
        at = 0
        pieces = match[2].split("<w:tcPr>")
        for number, piece in enumerate(pieces[1:], 1):
            properties, end, content = piece.partition("</w:tcPr>")
            span = _span(properties)
            width = sum(whole[at : at + span])
            at += span
            pieces[number] = _with_width(properties, width) + end + content
        return match[1] + "<w:tcPr>".join(pieces) + match[3]

    return _ROW.sub(row, text)


@lru_cache(maxsize=1024)  # of the cells of a table there are a few kinds
def _span(properties: str) -> int:
    match = SPAN.search(properties)
    return int(match[1]) if match else 1


@lru_cache(maxsize=1024)
def _with_width(properties: str, width: int) -> str:
    return _CELL_WIDTH.sub(f'<w:tcW w:type="dxa" w:w="{width}"/>', properties, count=1)
