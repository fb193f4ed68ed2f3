"""A workbook in memory, over the same port as the others: what tests draw as tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook.port import CellRef, Content, Formula, Mark, RawCell, RawTable, Scalar, no_room

_BETWEEN = 1000


class MemoryBook:
    """tables：表名 → (工作表, 表头, 各行)；named：名称 → (工作表, 行, 列, 值)。

    表格从 A 列起：一张工作表上第一个在第 1 行，第二个在第 1001 行，依次往下，互不相干。
    """

    def __init__(
        self,
        tables: Mapping[str, tuple[str, Sequence[str], Sequence[Sequence[Content]]]] | None = None,
        named: Mapping[str, tuple[str, int, int, Content]] | None = None,
    ) -> None:
        self._tables: dict[str, RawTable] = {}
        self._cells: dict[CellRef, RawCell] = {}
        self._named: dict[str, CellRef] = {}
        self._marks: Mapping[CellRef, Mark] = {}
        for name, (sheet, header, rows) in (tables or {}).items():
            above = sum(table.sheet == sheet for table in self._tables.values())
            first = CellRef(sheet, 1 + _BETWEEN * above, 1)
            self._tables[name] = RawTable(name, sheet, tuple(header), first, ())
            self._extend(name, rows)
        for name, (sheet, row, column, value) in (named or {}).items():
            self._named[name] = CellRef(sheet, row, column)
            self.write({self._named[name]: value})

    def sheet_names(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys([t.sheet for t in self._tables.values()] + [r.sheet for r in self._named.values()])
        )

    def tables(self) -> Mapping[str, RawTable]:
        return {
            name: replace(
                table, rows=tuple(tuple(self._cells.get(c.ref, c) for c in row) for row in table.rows)
            )
            for name, table in self._tables.items()
        }

    def named(self) -> Mapping[str, RawCell]:
        return {name: self._cells.get(ref, RawCell(ref)) for name, ref in self._named.items()}

    def write(self, cells: Mapping[CellRef, Content]) -> None:
        for ref, content in cells.items():
            if isinstance(content, Formula) and not content.text:
                content = Formula(self._cells[ref].formula or "", content.value)
            self._cells[ref] = _raw(ref, content)

    def fold(self, table: str, folded: Sequence[bool]) -> None:
        """内存里的表没有样子。"""

    def mark(self, marks: Mapping[CellRef, Mark]) -> None:
        self._marks = dict(marks)

    def marks(self) -> Mapping[CellRef, Mark]:
        return self._marks

    def cells(self, refs: Collection[CellRef]) -> Mapping[CellRef, RawCell]:
        return {ref: self._cells.get(ref, RawCell(ref)) for ref in refs}

    def remove_rows(self, table: str, count: int) -> None:
        raw = self._tables[table]
        for row in raw.rows[len(raw.rows) - count :]:
            for cell in row:
                self._cells.pop(cell.ref, None)
        self._tables[table] = replace(raw, rows=raw.rows[: len(raw.rows) - count])

    def append_rows(self, table: str, rows: Sequence[Sequence[Content]]) -> None:
        if table not in self._tables:
            raise UserError(f"没有表格“{table}”。")
        self._refuse_over_content(self._tables[table], len(rows))
        self._extend(table, rows)

    def _refuse_over_content(self, raw: RawTable, count: int) -> None:
        bottom = raw.first.row + len(raw.rows)
        for ref, cell in sorted(self._cells.items()):
            inside = raw.first.column <= ref.column < raw.first.column + len(raw.header)
            if ref.sheet == raw.sheet and inside and bottom < ref.row <= bottom + count and not cell.blank:
                raise no_room(raw.name, ref, count)

    def _extend(self, table: str, rows: Sequence[Sequence[Content]]) -> None:
        raw = self._tables[table]
        start = raw.first.row + 1 + len(raw.rows)
        added = []
        for offset, row in enumerate(rows):
            refs = [CellRef(raw.sheet, start + offset, raw.first.column + i) for i in range(len(raw.header))]
            self.write(dict(zip(refs, row, strict=True)))
            added.append(tuple(self._cells[ref] for ref in refs))
        self._tables[table] = replace(raw, rows=(*raw.rows, *added))


def _raw(ref: CellRef, content: Content) -> RawCell:
    if isinstance(content, Formula):
        return RawCell(ref, content.value, content.text)
    value: Scalar = None if content == "" else content
    return RawCell(ref, value)
