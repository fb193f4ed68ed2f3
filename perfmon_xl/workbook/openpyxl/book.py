"""A workbook through openpyxl, over the same port: a second opinion on what a file says, and on what is written.

openpyxl keeps no stored result of a formula and drops what it has no model of (slicers, text boxes, lists on another
sheet), so a workbook opened here is saved only to another file. It is loaded twice: with formulas, and with results.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.wording import OWN_ENGINE
from perfmon_xl.system.files import read_package, save_atomically
from perfmon_xl.workbook.addresses import longer_ranges, name_target, range_a1, split_range
from perfmon_xl.workbook.openpyxl.cells import copy_style, raw_cell, resulting_cell, write_cell
from perfmon_xl.workbook.openpyxl.marks import change_formats, is_mark, read_marks, replace_marks
from perfmon_xl.workbook.port import CellRef, Content, Formula, Mark, RawCell, RawTable, Scalar, no_room

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook as Loaded
    from openpyxl.worksheet.table import Table
    from openpyxl.worksheet.worksheet import Worksheet


class OpenpyxlBook:
    """openpyxl 读进来的一个 .xlsx；只能另存。"""

    def __init__(self, data: bytes, name: str = "工作簿") -> None:
        self._name = name
        with self._told_in_words():
            self._book = _loaded(data, results=False)
            self._stored = _loaded(data, results=True)
        self._results: dict[CellRef, Scalar] = {}  # of formulas written since; openpyxl has no place for them

    @classmethod
    def open(cls, path: Path) -> OpenpyxlBook:
        """打开文件：先过读任何文件都要过的安全检查。不能用的文件说明白为什么。"""
        return cls(read_package(path), path.name)

    @contextmanager
    def _told_in_words(self) -> Iterator[None]:
        """openpyxl 读不了、写不了一个文件有无数种样子，都说成一句话。"""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # told once: engines.lost_by
                yield
        except (UserError, MemoryError):
            raise
        except Exception as error:
            raise UserError(
                f"openpyxl 处理不了 {self._name}，多半是里面有它不认得的内容。",
                "请" + OWN_ENGINE + "再试；还不行，在 Excel 中打开修复后另存。",
            ) from error

    def sheet_names(self) -> tuple[str, ...]:
        return tuple(sheet.title for sheet in self._book.worksheets)

    # --- reading ------------------------------------------------------------------------------------

    def tables(self) -> Mapping[str, RawTable]:
        with self._told_in_words():
            return {
                table.displayName: self._table(sheet, table)
                for sheet in self._book.worksheets
                for table in sheet.tables.values()
            }

    def named(self) -> Mapping[str, RawCell]:
        with self._told_in_words():
            return {name: self._cell(ref) for name, ref in self._names().items()}

    def cells(self, refs: Collection[CellRef]) -> Mapping[CellRef, RawCell]:
        with self._told_in_words():
            return {ref: self._cell(ref) for ref in refs}

    def marks(self) -> Mapping[CellRef, Mark]:
        with self._told_in_words():
            return {ref: mark for sheet in self._book.worksheets for ref, mark in read_marks(sheet).items()}

    def _sheet(self, name: str) -> Worksheet:
        found = next((sheet for sheet in self._book.worksheets if sheet.title == name), None)
        if found is None:
            raise UserError(f"工作簿里没有工作表“{name}”。", "请用“新建”出的工作簿，不要删改工作表的名称。")
        return found

    def _cell(self, ref: CellRef) -> RawCell:
        at = ref.row, ref.column
        cell = self._sheet(ref.sheet)._cells.get(at)
        if cell is not None and ref in self._results:
            return resulting_cell(ref, cell, self._results[ref])
        return raw_cell(ref, cell, self._stored[ref.sheet]._cells.get(at))

    def _table(self, sheet: Worksheet, table: Table) -> RawTable:
        top, left, bottom, right = split_range(table.ref)
        columns = range(left, right + 1)
        if table.headerRowCount == 0:
            header, first = tuple(column.name or "" for column in table.tableColumns), top
        else:
            header = tuple(str(self._cell(CellRef(sheet.title, top, c)).value or "") for c in columns)
            first = top + 1
        rows = tuple(
            tuple(self._cell(CellRef(sheet.title, row, column)) for column in columns)
            for row in range(first, bottom - (table.totalsRowCount or 0) + 1)
        )
        return RawTable(table.displayName, sheet.title, header, CellRef(sheet.title, top, left), rows)

    def _names(self) -> dict[str, CellRef]:
        """指向一个单元格的名称；限于一张表的，没有同名的才算。"""
        listed = [
            (name, defined)
            for names in (self._book.defined_names, *(sheet.defined_names for sheet in self._book.worksheets))
            for name, defined in names.items()
            if not defined.hidden
        ]
        found: dict[str, CellRef] = {}
        for name, defined in listed:
            target = name_target(str(defined.attr_text or ""))
            if target is not None and target.sheet in self.sheet_names():
                found.setdefault(name, target)
        return found

    # --- writing ------------------------------------------------------------------------------------

    def write(self, cells: Mapping[CellRef, Content]) -> None:
        with self._told_in_words():
            for ref, content in cells.items():
                self._write(ref, content)

    def _write(self, ref: CellRef, content: Content) -> None:
        sheet = self._sheet(ref.sheet)
        write_cell(sheet, ref, content)
        if isinstance(content, Formula):
            self._results[ref] = content.value
            return
        self._results.pop(ref, None)
        if isinstance(content, str) and ref.row in sheet.row_dimensions:
            # A height set for the old text would cut the new one off; without one, Excel fits the row.
            sheet.row_dimensions[ref.row].height = None

    def fold(self, table: str, folded: Sequence[bool]) -> None:
        with self._told_in_words():
            sheet, found = self._find(table)
            top = split_range(found.ref)[0]
            for offset, hide in enumerate(folded, 1):
                row = sheet.row_dimensions[top + offset]
                row.outlineLevel, row.hidden = int(hide), hide
                row.collapsed = not hide and offset < len(folded) and folded[offset]

    def mark(self, marks: Mapping[CellRef, Mark]) -> None:
        with self._told_in_words():
            for sheet in self._book.worksheets:
                replace_marks(sheet, {ref: mark for ref, mark in marks.items() if ref.sheet == sheet.title})

    def append_rows(self, table: str, rows: Sequence[Sequence[Content]]) -> None:
        if not rows:
            return
        with self._told_in_words():
            sheet, found = self._find(table)
            _, left, bottom, right = split_range(found.ref)
            if found.totalsRowCount:
                raise UserError(f"表格“{table}”带有汇总行，程序加不了行。", "请在 Excel 里先去掉汇总行。")
            last = bottom + len(rows)
            columns = range(left, right + 1)
            for row in range(bottom + 1, last + 1):
                for column in columns:
                    ref = CellRef(sheet.title, row, column)
                    if not self._cell(ref).blank:
                        raise no_room(table, ref, len(rows))
            for row, contents in enumerate(rows, bottom + 1):
                for column, content in zip(columns, contents, strict=True):
                    copy_style(sheet._cells.get((bottom, column)), sheet.cell(row, column))
                    self._write(CellRef(sheet.title, row, column), content)
            self._resize(sheet, found, last)

    def remove_rows(self, table: str, count: int) -> None:
        if count <= 0:
            return
        with self._told_in_words():
            sheet, found = self._find(table)
            _, left, bottom, right = split_range(found.ref)
            for row in range(bottom - count + 1, bottom + 1):
                for column in range(left, right + 1):
                    ref = CellRef(sheet.title, row, column)
                    del sheet[ref.a1]
                    self._results.pop(ref, None)
            self._resize(sheet, found, bottom - count)

    def _find(self, table: str) -> tuple[Worksheet, Table]:
        for sheet in self._book.worksheets:
            for found in sheet.tables.values():
                if found.displayName == table:
                    return sheet, found
        raise UserError(f"没有表格“{table}”。")

    def _resize(self, sheet: Worksheet, table: Table, last: int) -> None:
        """表格到 last 行为止；下拉列表、条件格式、打印区域跟着变长或变短。"""
        top, left, bottom, right = split_range(table.ref)
        table.ref = range_a1(top, left, last, right)
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref

        def longer(ranges: str) -> str:
            return longer_ranges(ranges, (left, right), bottom, last)

        for validation in sheet.data_validations.dataValidation:
            validation.sqref = longer(str(validation.sqref))
        change_formats(sheet, lambda rule, ranges: ranges if is_mark(rule) else longer(ranges))
        if sheet.print_area:
            sheet.print_area = re.sub(rf"\$({bottom})$", f"${last}", str(sheet.print_area))

    # --- the file -----------------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        """整个文件重新写出，公式没有结果；Excel 打开时全部重算。"""
        out = io.BytesIO()
        with self._told_in_words():
            self._book.calculation.fullCalcOnLoad = True
            self._book.save(out)
        return out.getvalue()

    def save(self, path: Path) -> tuple[str, ...]:
        """写到 path；先写临时文件再改名。是不是另一个文件，由叫它的人管。"""
        return save_atomically(path, self.to_bytes())


def _loaded(data: bytes, *, results: bool) -> Loaded:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=results)
