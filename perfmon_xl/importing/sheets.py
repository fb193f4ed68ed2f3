"""A form filled in as an Excel sheet, as the same blocks as a Word report: titles as paragraphs, the rest as a grid."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.importing.document import Block, Para
from perfmon_xl.importing.grid import Grid


def blocks_of_grid(page: Grid) -> Iterator[Block]:
    """一行只有一段文字的（表名、年度、单位）是段落，其余是表格。"""
    first = next(
        (n for n in range(len(page.rows)) if len({t for t in page.texts[n] if t}) > 1), len(page.rows)
    )
    for row in range(first):
        yield from (Para(line) for _, text in page.own(row) for line in text.splitlines() if line.strip())
    if first < len(page.rows):
        yield page.part(first, len(page.rows))
