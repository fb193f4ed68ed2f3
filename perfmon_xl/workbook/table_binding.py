"""A declared table found in a workbook: by its name, or by its headers; where each of its columns stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perfmon_xl.domain.text_keys import header_key
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.carried import KEY, SOURCE
from perfmon_xl.layout.letters import column_letters
from perfmon_xl.layout.render import row_formula
from perfmon_xl.layout.schema import Table, Type
from perfmon_xl.workbook.port import CellRef, RawTable


@dataclass(frozen=True, slots=True)
class TableBinding:
    """声明的一张表在工作簿里是哪张，各栏在第几列（从 0 数）。"""

    table: Table
    raw: RawTable
    columns: Mapping[str, int]
    filled: tuple[tuple[str, Type, int], ...]  # what people fill in: field, type, column
    places: Mapping[str, tuple[str, str]]  # field → letters of the column and header, of all one can point at

    @property
    def headers(self) -> dict[str, str]:
        """字段 → 工作簿里实际的表头。"""
        return {field: self.raw.header[index] for field, index in self.columns.items()}

    def formula(self, field: str) -> str:
        """计算栏的公式，引用工作簿里实际的表头；不是计算栏的，要用的栏目不在的，是空的。"""
        return row_formula(self.table, field, self.headers, self.raw.name)

    def ref(self, row: int, field: str) -> CellRef:
        """第 row 行（从 0 数）某一栏的单元格。"""
        first = self.raw.first
        return CellRef(first.sheet, first.row + 1 + row, first.column + self.columns[field])

    def is_blank(self, row: int) -> bool:
        """一行里人填的栏目全空，就是空行。"""
        cells = self.raw.rows[row]
        return all(
            (cell := cells[index]).value in (None, "") and cell.error is None and not cell.uncalculated
            for name, _, index in self.filled
            if name not in (KEY, SOURCE)
        )


def table_by_headers(table: Table, raw_tables: Mapping[str, RawTable]) -> RawTable | None:
    """改了名的表格：表头全对得上、又只有一张这样的，才认。"""
    names = {t.name for _, t in layout.tables()}
    wanted = {c.field for c in table.columns if not c.computed and not c.later}
    if not wanted:
        return None
    fitting = [
        raw for name, raw in raw_tables.items() if name not in names and wanted <= set(columns_in(table, raw))
    ]
    return fitting[0] if len(fitting) == 1 else None


def columns_in(table: Table, raw: RawTable) -> dict[str, int]:
    """字段 → 第几列（从 0 数），照表头找；同一列只算一个字段的。"""
    exact = {header: index for index, header in reversed(list(enumerate(raw.header)))}
    loose = {header_key(header): index for index, header in reversed(list(enumerate(raw.header)))}
    columns: dict[str, int] = {}
    for column in table.columns:
        for name in (column.header, *column.also):
            index = exact.get(name, loose.get(header_key(name)))
            if index is not None and index not in columns.values():
                columns[column.field] = index
                break
    return columns


def bound(table: Table, raw: RawTable) -> TableBinding:
    """声明的表和工作簿里的表对上栏目。"""
    columns = columns_in(table, raw)
    declared = [(table.column(field), index) for field, index in columns.items()]
    return TableBinding(
        table,
        raw,
        columns,
        filled=tuple((c.field, c.type, index) for c, index in declared if not c.computed),
        places={
            c.field: (column_letters(raw.first.column + index), c.header)
            for c, index in declared
            if not (c.computed and c.hidden)  # a step of reading a value; nobody points at it
        },
    )
