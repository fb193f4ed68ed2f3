"""An open workbook through xlwings: the same port as a file, read and written in whole blocks.

Every call crosses into Excel's process, so a sheet is read with two calls (values, formulas) over the rectangle that
holds its tables and named cells, and written rectangle by rectangle. Nothing is selected or activated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook.addresses import name_target, range_a1
from perfmon_xl.workbook.file.marks import LEVELS
from perfmon_xl.workbook.live.blocks import Box, halves, hull, rectangles, runs
from perfmon_xl.workbook.live.native import LONGEST_ADDRESS, com_errors_in_words, native_of
from perfmon_xl.workbook.live.sheet import ListedTable, LiveSheet, Patch, block, listed_tables
from perfmon_xl.workbook.live.values import LONGEST_IN_BLOCK, as_excel_value
from perfmon_xl.workbook.port import CellRef, Content, Formula, Mark, RawCell, RawTable, no_room

TEXT_FORMAT = "@"
_ONE_LINE = 20  # a longer text may need a taller row


class XlwingsBook:
    """Excel 里打开着的工作簿；book 是 xlwings 的 Book。"""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._native = native_of(book)
        self._names: dict[str, CellRef] | None = None
        self._listed: dict[str, tuple[ListedTable, ...]] | None = None
        self._sheets: dict[str, Any] = {}
        self._read: dict[str, LiveSheet] = {}
        self._formats: dict[str, dict[tuple[int, int, int, int], str]] = {}
        self._quiet = 0

    # --- reading ------------------------------------------------------------------------------------

    def sheet_names(self) -> tuple[str, ...]:
        with com_errors_in_words():
            return tuple(self._tables_by_sheet())

    def tables(self) -> Mapping[str, RawTable]:
        with com_errors_in_words():
            return {
                table.name: table
                for sheet, tables in self._tables_by_sheet().items()
                if tables
                for table in self._sheet(sheet).tables()
            }

    def named(self) -> Mapping[str, RawCell]:
        with com_errors_in_words():
            return _NamedCells(self, self._named_refs())

    def cells(self, refs: Collection[CellRef]) -> Mapping[CellRef, RawCell]:
        by_sheet: dict[str, list[CellRef]] = {}
        for ref in refs:
            by_sheet.setdefault(ref.sheet, []).append(ref)
        cells: dict[CellRef, RawCell] = {}
        with com_errors_in_words():
            for name, wanted in by_sheet.items():
                area = hull((r.row, r.column, r.row, r.column) for r in wanted)
                patch = Patch(self._open_sheet(name), name, area, self._native)
                cells |= {ref: patch.cell(ref.row, ref.column) for ref in wanted}
        return cells

    def cell(self, ref: CellRef) -> RawCell:
        """有名称的一个单元格。"""
        with com_errors_in_words():
            return self._sheet(ref.sheet).cell(ref.row, ref.column)

    def _tables_by_sheet(self) -> dict[str, tuple[ListedTable, ...]]:
        if self._listed is None:
            self._sheets = {sheet.name: sheet for sheet in self._book.sheets}
            self._listed = {name: listed_tables(sheet) for name, sheet in self._sheets.items()}
        return self._listed

    def _open_sheet(self, name: str) -> Any:
        self._tables_by_sheet()
        if name not in self._sheets:
            raise UserError(f"工作簿里没有工作表“{name}”。", "请用“新建”出的工作簿，不要删改工作表的名称。")
        return self._sheets[name]

    def _resized(self, sheet: str, table: ListedTable, bottom: int) -> None:
        """这个表格现在到 bottom 行；别的表格没有动，不用再问。"""
        self._forget()
        tables = self._tables_by_sheet()
        top, left, _, right = table.box
        now = replace(table, box=(top, left, bottom, right))
        self._listed = {**tables, sheet: tuple(now if one is table else one for one in tables[sheet])}

    def _named_refs(self) -> dict[str, CellRef]:
        """名称在一次动作里不会变，只问一遍。限于一张表的名称，没有同名的才算。"""
        if self._names is None:
            found: dict[str, CellRef] = {}
            local: dict[str, CellRef] = {}
            sheets = self._tables_by_sheet()
            for name in self._book.names:
                ref = name_target(name.refers_to)
                if ref is not None and ref.sheet in sheets:
                    _, mark, own = name.name.rpartition("!")
                    (local if mark else found)[own] = ref
            self._names = {**local, **found}
        return self._names

    def _sheet(self, name: str) -> LiveSheet:
        if name not in self._read:
            self._read[name] = LiveSheet(
                self._open_sheet(name),
                name,
                self._tables_by_sheet()[name],
                [ref for ref in self._named_refs().values() if ref.sheet == name],
                self._native,
                self._formats.setdefault(name, {}),
            )
        return self._read[name]

    def _forget(self) -> None:
        """写过之后，读到的都旧了：公式跟着变。"""
        self._read.clear()

    # --- writing ------------------------------------------------------------------------------------

    def write(self, cells: Mapping[CellRef, Content]) -> None:
        by_sheet: dict[str, dict[tuple[int, int], Content]] = {}
        stale = False
        for ref, content in cells.items():
            if isinstance(content, Formula) and not content.text:
                stale = True  # the formula stays; Excel has its result, or works it out below
            else:
                by_sheet.setdefault(ref.sheet, {})[ref.row, ref.column] = content
        if not cells:
            return
        with com_errors_in_words(), self.quiet():
            with self._held():
                for sheet, contents in by_sheet.items():
                    self._write_sheet(self._open_sheet(sheet), contents)
            if stale:
                self._book.app.calculate()
        self._forget()

    def _write_sheet(self, sheet: Any, contents: Mapping[tuple[int, int], Content]) -> None:
        dates = any(isinstance(c, date) for c in contents.values()) and self._native.date1904()
        values = {at: as_excel_value(content, date1904=dates) for at, content in contents.items()}
        formulas = {at for at, content in contents.items() if isinstance(content, Formula)}
        long = {at for at, v in values.items() if isinstance(v, str) and len(v) > LONGEST_IN_BLOCK} - formulas
        _general(sheet, rectangles(formulas))
        for top, left, bottom, right in rectangles(values.keys() - long):
            where = [[(r, c) for c in range(left, right + 1)] for r in range(top, bottom + 1)]
            area = sheet.range(range_a1(top, left, bottom, right))
            rows = tuple(tuple(values[at] for at in row) for row in where)
            if any(at in formulas for row in where for at in row):
                # Not Range.formula: its conversions make a hundred calls of one.
                area.impl.formula = rows
            else:
                area.raw_value = rows
        for at in sorted(long):
            sheet.range(range_a1(*at, *at)).raw_value = values[at]
        tall = {
            row
            for (row, _), content in contents.items()
            if isinstance(content, str) and (len(content) > _ONE_LINE or "\n" in content)
        }
        for first, last in runs(tall):
            # A height set for the old text would cut the new one off.
            sheet.range(f"{first}:{last}").rows.autofit()

    def append_rows(self, table: str, rows: Sequence[Sequence[Content]]) -> None:
        if not rows:
            return
        with com_errors_in_words():
            sheet_name, found = self._find(table)
            with self.quiet(), self._held():
                self._append(sheet_name, found, rows)
        self._resized(sheet_name, found, found.box[2] + len(rows))

    def _find(self, table: str) -> tuple[str, ListedTable]:
        for sheet, tables in self._tables_by_sheet().items():
            for one in tables:
                if one.name == table:
                    return sheet, one
        raise UserError(f"没有表格“{table}”。")

    def _append(self, sheet_name: str, table: ListedTable, rows: Sequence[Sequence[Content]]) -> None:
        sheet = self._open_sheet(sheet_name)
        top, left, bottom, right = table.box
        if table.totals:
            raise UserError(f"表格“{table.name}”带有汇总行，程序加不了行。", "请在 Excel 里先去掉汇总行。")
        new_bottom = bottom + len(rows)
        below = sheet.range(range_a1(bottom + 1, left, new_bottom, right))
        for row, formulas in enumerate(block(below.formula), bottom + 1):
            for column, formula in enumerate(formulas, left):
                if formula not in (None, ""):
                    raise no_room(table.name, CellRef(sheet_name, row, column), len(rows))
        self._native.extend(sheet, table.box, new_bottom)
        # Enlarged first: what is written below a table would make Excel enlarge it by itself.
        sheet.tables[table.name].resize(sheet.range(range_a1(top, left, new_bottom, right)))
        self._write_sheet(
            sheet,
            {
                (bottom + number, column): content
                for number, row in enumerate(rows, 1)
                for column, content in zip(range(left, right + 1), row, strict=True)
            },
        )

    def remove_rows(self, table: str, count: int) -> None:
        if count <= 0:
            return
        with com_errors_in_words():
            name, found = self._find(table)
            sheet = self._open_sheet(name)
            top, left, bottom, right = found.box
            with self.quiet(), self._held():
                sheet.tables[found.name].resize(sheet.range(range_a1(top, left, bottom - count, right)))
                self._native.erase(sheet, (bottom - count + 1, left, bottom, right))
        self._resized(name, found, bottom - count)

    def marks(self) -> Mapping[CellRef, Mark]:
        marks: dict[CellRef, Mark] = {}
        with com_errors_in_words():
            for name in self._tables_by_sheet():
                sheet = self._open_sheet(name)
                tints = self._native.tints(sheet)
                notes = (
                    {(n.row, n.column): n.text for n in self._native.notes(sheet) if n.ours} if tints else {}
                )
                for tint in tints:
                    for top, left, bottom, right in tint.boxes():
                        for row in range(top, bottom + 1):
                            for column in range(left, right + 1):
                                note = notes.get((row, column), "")
                                marks[CellRef(name, row, column)] = Mark(tint.level, note)
        return marks

    def fold(self, table: str, folded: Sequence[bool]) -> None:
        with com_errors_in_words(), self.quiet():
            name, found = self._find(table)
            self._native.fold(self._open_sheet(name), found.box[0] + 1, folded)

    def mark(self, marks: Mapping[CellRef, Mark]) -> None:
        by_sheet: dict[str, dict[tuple[int, int], Mark]] = {}
        for ref, mark in marks.items():
            by_sheet.setdefault(ref.sheet, {})[ref.row, ref.column] = mark
        with com_errors_in_words(), self.quiet():
            for name in self._tables_by_sheet():
                self._mark_sheet(self._open_sheet(name), by_sheet.get(name, {}))

    def _mark_sheet(self, sheet: Any, marks: Mapping[tuple[int, int], Mark]) -> None:
        self._native.take_tints(sheet)
        for level in LEVELS:
            cells = [at for at, mark in marks.items() if mark.level == level]
            if cells:
                self._native.tint(self._native.area(sheet, rectangles(cells)), level)
        wanted = {at: mark.note for at, mark in marks.items() if mark.note}
        for note in self._native.notes(sheet):
            at = note.row, note.column
            if note.ours and wanted.get(at) != note.text:
                note.delete()
            else:
                wanted.pop(at, None)  # already there, or somebody else's
        self._native.add_notes(sheet, wanted)

    # --- manners ------------------------------------------------------------------------------------

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """写的时候屏幕不闪、不触发事件；不管怎么结束，都恢复原样。可以一层套一层。"""
        self._quiet += 1
        try:
            if self._quiet > 1:
                yield
                return
            with (
                self._book.app.properties(screen_updating=False, enable_events=False, display_alerts=False),
                self._native.autocorrect_off(),
            ):
                yield
        finally:
            self._quiet -= 1

    @contextmanager
    def _held(self) -> Iterator[None]:
        """一批写完再算，不是写一块算一遍。"""
        with self._book.app.properties(calculation="manual"):
            yield


def _general(sheet: Any, boxes: Sequence[Box]) -> None:
    """要写公式的地方不能是文本格式：Excel 会把公式当成文字收下。不是文本的，格式照旧。合在一起问，不一样的对半分开再问。"""
    if not boxes:
        return
    address = ",".join(range_a1(*box) for box in boxes)
    code = None
    if len(address) <= LONGEST_ADDRESS:
        area = sheet.range(address)
        code = area.number_format
        if code == TEXT_FORMAT:
            area.number_format = "General"
    if code is None:
        half = len(boxes) // 2
        parts = (boxes[:half], boxes[half:]) if half else [[halve] for halve in halves(boxes[0])]
        for part in parts:
            _general(sheet, part)


class _NamedCells(Mapping[str, RawCell]):
    """名称 → 单元格；问到哪张工作表才读哪张。"""

    def __init__(self, book: XlwingsBook, refs: Mapping[str, CellRef]) -> None:
        self._book, self._refs = book, refs

    @property
    def refs(self) -> Mapping[str, CellRef]:
        """各名称在哪里，不用读。"""
        return self._refs

    def __getitem__(self, name: str) -> RawCell:
        return self._book.cell(self._refs[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._refs)

    def __len__(self) -> int:
        return len(self._refs)
