"""Where a figure stands in the summary workbook: as it is being written, and in a file that somebody kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from perfmon_xl.domain.origin import CellPlace, Origin
from perfmon_xl.domain.summary_cells import KEYS, SummaryCell, row_keys
from perfmon_xl.layout.letters import column_letters
from perfmon_xl.workbook.build.listing import TOTAL_ROW, Listing
from perfmon_xl.workbook.port import CellRef, RawCell, RawTable, Workbook


def places(listings: Iterable[Listing[Any]]) -> Callable[[SummaryCell], Origin | None]:
    """正要写的汇总工作簿里，一个值在哪一格。"""
    known = {listing.table: (listing, _rows(listing)) for listing in listings if listing.table in KEYS}

    def place(cell: SummaryCell) -> Origin | None:
        listing, rows = known[cell.table]
        column = next((n for n, c in enumerate(listing.columns, 1) if c.header == cell.header), 0)
        row = rows.get(cell.row) if cell.row else TOTAL_ROW + 1
        return CellPlace(listing.sheet, column_letters(column), row, cell.header) if column and row else None

    return place


def _rows(listing: Listing[Any]) -> Mapping[str, int]:
    keys = [c for header in KEYS[listing.table] for c in listing.columns if c.header == header]
    names = row_keys(tuple(str(c.value(row)) for c in keys) for row in listing.rows)
    return {name: row for row, name in enumerate(names, listing.first + 1)}


class SummaryBook:
    """一个汇总工作簿现在的各个值。"""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._tables = {name: table for name, table in book.tables().items() if name in KEYS}
        self._rows = {name: _read_rows(table) for name, table in self._tables.items()}

    @staticmethod
    def is_one(book: Workbook) -> bool:
        """是不是汇总工作簿。"""
        return set(KEYS) <= set(book.tables())

    def cell(self, cell: SummaryCell) -> RawCell | None:
        """一个值现在的单元格；行或者栏没有了的是 None。"""
        table = self._tables.get(cell.table)
        if table is None or cell.header not in table.header:
            return None
        at = table.header.index(cell.header)
        if not cell.row:
            ref = CellRef(table.sheet, table.first.row - 1, table.first.column + at)
            return self._book.cells([ref]).get(ref)
        row = self._rows[cell.table].get(cell.row)
        return None if row is None else row[at]


def _read_rows(table: RawTable) -> Mapping[str, Sequence[RawCell]]:
    columns = [table.header.index(header) for header in KEYS[table.name] if header in table.header]
    names = row_keys(tuple(str(row[c].value or "") for c in columns) for row in table.rows)
    return dict(zip(names, table.rows, strict=True))
