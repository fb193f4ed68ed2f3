"""One sheet of an open workbook, as it is now: its tables, its named cells, and which numbers are shown as percent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from perfmon_xl.workbook.addresses import range_a1, split_range
from perfmon_xl.workbook.file.package import format_kind
from perfmon_xl.workbook.live.blocks import Box, halves, hull, runs
from perfmon_xl.workbook.live.native import LONGEST_ADDRESS, ExcelBackend
from perfmon_xl.workbook.live.values import raw_cell
from perfmon_xl.workbook.port import CellRef, RawCell, RawTable


@dataclass(frozen=True, slots=True)
class ListedTable:
    """一个表格在哪里：box 连表头和汇总行。"""

    name: str
    box: Box
    header: bool
    totals: bool

    @property
    def body(self) -> Box:
        top, left, bottom, right = self.box
        return top + self.header, left, bottom - self.totals, right


def listed_tables(sheet: Any) -> tuple[ListedTable, ...]:
    """这张工作表上的表格。"""
    return tuple(
        ListedTable(
            table.display_name,
            split_range(table.range.address),
            bool(table.show_headers),
            bool(table.show_totals),
        )
        for table in sheet.tables
    )


class Patch:
    """一个矩形里的单元格：值一次，公式一次。"""

    def __init__(self, sheet: Any, name: str, box: Box, native: ExcelBackend) -> None:
        self._name = name
        self._top, self._left, *_ = box
        area = sheet.range(range_a1(*box))
        self._values = block(area.raw_value)
        self._formulas = block(area.formula)
        self._percent: frozenset[tuple[int, int]] = frozenset()
        if any(isinstance(v, Decimal) for row in self._values for v in row):
            # Value rounds a cell formatted as currency to four places; Value2 does not.
            exact = block(native.numbers(area))
            self._values = tuple(
                tuple(e if isinstance(v, Decimal) else v for v, e in zip(values, exacts, strict=True))
                for values, exacts in zip(self._values, exact, strict=True)
            )

    def cell(self, row: int, column: int) -> RawCell:
        return raw_cell(
            CellRef(self._name, row, column),
            self._values[row - self._top][column - self._left],
            self._formulas[row - self._top][column - self._left],
            percent=(row, column) in self._percent,
        )

    def _is_number(self, row: int, column: int) -> bool:
        return isinstance(self._values[row - self._top][column - self._left], float | Decimal)


class LiveSheet(Patch):
    """一张工作表上表格和有名称的单元格。formats 记着整栏一样的数字格式，同一次动作里再读就不用再问。"""

    def __init__(
        self,
        sheet: Any,
        name: str,
        tables: Sequence[ListedTable],
        named: Iterable[CellRef],
        native: ExcelBackend,
        formats: dict[Box, str],
    ) -> None:
        cells = [(ref.row, ref.column) for ref in named]
        super().__init__(
            sheet, name, hull([t.box for t in tables] + [(r, c, r, c) for r, c in cells]), native
        )
        self._sheet, self._formats, self._listed = sheet, formats, tables
        self._percent = self._percents(cells)

    def tables(self) -> list[RawTable]:
        raw_tables = []
        for table in self._listed:
            top, left, bottom, right = table.body
            columns = range(left, right + 1)
            header = (
                tuple(str(self.cell(table.box[0], c).value or "") for c in columns) if table.header else ()
            )
            rows = tuple(tuple(self.cell(row, c) for c in columns) for row in range(top, bottom + 1))
            first = CellRef(self._name, table.box[0], left)
            raw_tables.append(RawTable(table.name, self._name, header, first, rows))
        return raw_tables

    # --- percent --------------------------------------------------------------------------------------

    def _percents(self, named: Sequence[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        """格式是百分比的数。先整栏整栏地问格式，一栏里不一样的再分开问。"""
        percents: set[tuple[int, int]] = set()
        asked: list[Box] = []
        for table in self._listed:
            top, left, bottom, right = table.body
            for column in range(left, right + 1):
                column_box = (top, column, bottom, column)
                if top <= bottom and any(self._is_number(r, column) for r in range(top, bottom + 1)):
                    asked.append(column_box)
        known = {box: self._formats[box] for box in asked if box in self._formats}
        fresh = self._ask([box for box in asked if box not in known])
        self._formats.update({box: code for box, code in fresh.items() if code is not None})
        codes: dict[Box, str | None] = {**known, **fresh}
        mixed = [
            (top, box[1], bottom, box[1])
            for box, code in codes.items()
            if code is None
            for top, bottom in runs(r for r in range(box[0], box[2] + 1) if self._is_number(r, box[1]))
        ]
        mixed += [(r, c, r, c) for r, c in named if self._is_number(r, c)]
        while mixed:
            answers = self._ask(mixed)
            codes |= answers
            mixed = [half for box, code in answers.items() if code is None for half in halves(box)]
        for (top, left, bottom, _), code in codes.items():
            if code is not None and format_kind(code) == "%":
                percents |= {(row, left) for row in range(top, bottom + 1)}
        return frozenset(percents)

    def _ask(self, boxes: list[Box]) -> dict[Box, str | None]:
        """这些区域各是什么格式：合在一起问，不一样的对半分开再问；一个区域里面就不一样的是 None。"""
        if not boxes:
            return {}
        address = ",".join(range_a1(*box) for box in boxes)
        code = self._sheet.range(address).number_format if len(address) <= LONGEST_ADDRESS else None
        if code is not None or len(boxes) == 1:
            return dict.fromkeys(boxes, code)
        half = len(boxes) // 2
        return self._ask(boxes[:half]) | self._ask(boxes[half:])


def block(value: Any) -> tuple[tuple[Any, ...], ...]:
    """一格的和一块的，都当一块。"""
    if not isinstance(value, list | tuple):
        return ((value,),)
    return tuple(tuple(row) if isinstance(row, list | tuple) else (row,) for row in value)
