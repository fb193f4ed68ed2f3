"""A form filled in as an Excel sheet, as the same blocks as a Word report: titles as paragraphs, the rest as a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfmon_xl.importing.document import Block, Grid, Para
from perfmon_xl.importing.grid import Grid as Page
from perfmon_xl.importing.grid import sheet_grids
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.port import RawCell
from perfmon_xl.workbook.read import shown


def blocks_of_book(book: PackageBook) -> tuple[Block, ...]:
    """各张工作表，先后照文件；一行只有一段文字的（表名、年度、单位）是段落，其余是表格。"""
    return tuple(block for page in sheet_grids(book) for block in _blocks(page))


def _blocks(page: Page) -> Iterator[Block]:
    rows = page.rows
    first = next((n for n, row in enumerate(rows) if len(_texts(row)) > 1), len(rows))
    for row in rows[:first]:
        yield from (Para(line) for text in _texts(row) for line in text.splitlines() if line.strip())
    if first < len(rows):
        cells = tuple(tuple(shown(cell).strip() for cell in row) for row in rows[first:])
        spans = tuple(_widths(row) for row in rows[first:])
        yield Grid(cells, max(map(len, cells)), spans, name=page.name, first=first)


def _texts(row: Sequence[RawCell]) -> list[str]:
    """一行里看得见的文字，合并的只算一次。"""
    by_anchor = {(cell.ref.row, cell.ref.column): shown(cell).strip() for cell in row}
    return [text for text in by_anchor.values() if text]


def _widths(row: Sequence[RawCell]) -> tuple[int, ...]:
    """每格几列宽；接着左边一格的是 0。"""
    widths: list[int] = []
    for number, cell in enumerate(row):
        if number and cell.ref == row[number - 1].ref:
            widths[_anchor(widths)] += 1
            widths.append(0)
        else:
            widths.append(1)
    return tuple(widths)


def _anchor(widths: Sequence[int]) -> int:
    return max(n for n, width in enumerate(widths) if width)
