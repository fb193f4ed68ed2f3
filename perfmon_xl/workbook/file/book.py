"""The headless workbook: reads and writes the parts of an .xlsx and leaves every other part as it was.

Our own reading, and not openpyxl's, for one pass that returns value, formula, error and format together;
the tests ask openpyxl for a second opinion (tests/workbook/file/test_package.py).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.names import CONTENT_TYPES, PACKAGE_RELS
from perfmon_xl.system.files import FileState, open_package, save_atomically
from perfmon_xl.workbook.addresses import longer_ranges, name_target, range_a1, split_range
from perfmon_xl.workbook.file.cell_text import has_content, style_of
from perfmon_xl.workbook.file.cells import SheetPart
from perfmon_xl.workbook.file.lost_tables import tables_by_header
from perfmon_xl.workbook.file.marks import is_mark, read_marks, replace_marks
from perfmon_xl.workbook.file.package import WORKBOOK, Package, structure, tag
from perfmon_xl.workbook.file.row_heights import fit, fit_marked
from perfmon_xl.workbook.port import CellRef, Content, Formula, Mark, RawCell, RawTable, no_room

_SPARE_ROWS = 1_000
_LAST_ROW = 1_048_576
_BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")
_REPAIR = "请在 Excel 中打开修复后另存，或换一份完好的文件。"


class PackageBook:
    """磁盘上的一个 .xlsx。"""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._opened: tuple[Path, FileState] | None = None
        self.below: dict[str, CellRef] = {}  # what stands right under a table that did not grow
        self.tables_lost = False  # by another program, on saving: they were read by their headers
        self._sheets: dict[str, SheetPart] = {}
        self._tables: dict[str, RawTable] = {}
        self._table_parts: dict[str, tuple[str, str]] = {}
        self._named: dict[str, RawCell] = {}
        self._refs: list[tuple[str, CellRef]] = []
        # rows with new text: as high as it needs once all is written
        self._to_fit: dict[str, set[int]] = {}
        # sheets written since they were read, with the rows written; None: nothing read yet
        self._stale: dict[str, set[int]] | None = None

    @classmethod
    def open(cls, path: Path) -> PackageBook:
        """打开文件；不能用的文件说明白为什么。"""
        opened = open_package(path)
        book = cls(Package(opened.data, path))
        book._opened = (path, opened.state)
        return book

    @classmethod
    def from_bytes(cls, data: bytes) -> PackageBook:
        return cls(Package(data))

    def sheet_names(self) -> tuple[str, ...]:
        with structure():
            return tuple(self.package.sheets)

    def _sheet(self, name: str) -> SheetPart:
        if name not in self._sheets:
            part = self.package.sheets.get(name)
            if part is None:
                raise UserError(
                    f"工作簿里没有工作表“{name}”。", "请用“新建”出的工作簿，不要删改工作表的名称。"
                )
            self._sheets[name] = SheetPart.of(self.package, name, part)
        return self._sheets[name]

    # --- reading ------------------------------------------------------------------------------------

    def tables(self) -> Mapping[str, RawTable]:
        self._load()
        return self._tables

    def named(self) -> Mapping[str, RawCell]:
        self._load()
        return self._named

    def cells(self, refs: Collection[CellRef]) -> Mapping[CellRef, RawCell]:
        with structure():
            return {ref: self._sheet(ref.sheet).read_full(ref.row, ref.column) for ref in refs}

    def marks(self) -> Mapping[CellRef, Mark]:
        with structure():
            return read_marks(self.package)

    def _load(self) -> None:
        if self._stale is None or self._stale:
            with structure():
                self._load_all()

    def _load_all(self) -> None:
        stale = self._stale
        if stale is None:
            self._refs = self._names()
        fresh: dict[str, RawTable] = {}
        for sheet, part in self.package.sheets.items():
            if stale is not None and sheet not in stale:
                fresh |= {name: table for name, table in self._tables.items() if table.sheet == sheet}
                continue
            for kind, target in self.package.relations(part).values():
                if kind == "table":
                    table = self._table(sheet, target, None if stale is None else stale[sheet])
                    fresh[table.name] = table
        self.tables_lost = not self._table_parts
        if self.tables_lost:
            for sheet in self.package.sheets:
                fresh |= {table.name: table for table in tables_by_header(sheet, self._sheet(sheet))}
        self._tables = fresh
        self._named = self._named | {
            name: self._sheet(ref.sheet).read(ref.row, ref.column)
            for name, ref in self._refs
            if stale is None or ref.sheet in stale
        }
        self._stale = {}

    def _table(self, sheet: str, part: str, written: set[int] | None) -> RawTable:
        """一个表格；written 是读过以后写过的行，别的行照用（None：还没有读过）。"""
        root = self.package.attributes(part)
        name = root.get("displayName") or root.get("name") or part
        top, left, bottom, right = split_range(root.get("ref") or "A1")
        if name in self._table_parts and self._table_parts[name] != (sheet, part):
            raise UserError(f"{self.package.whose}里有两张表格都叫“{name}”，文件已损坏。", _REPAIR)
        if bottom < top or right - left + 1 < self.package.table_columns(part):
            raise UserError(f"{self.package.whose}里表格“{name}”的范围写坏了（{part}）。", _REPAIR)
        self._table_parts[name] = (sheet, part)
        cells = self._sheet(sheet)
        if root.get("headerRowCount") == "0":
            header = tuple(
                c.get("name") or ""
                for c in self.package.tree(part).iterfind(f"{tag('tableColumns')}/{tag('tableColumn')}")
            )
            first_row = top
            if header == tuple(str(cells.read(top, c).value or "") for c in range(left, right + 1)):
                first_row = top + 1  # the first row repeats the names: it is the header after all
        else:
            header = tuple(str(cells.read(top, column).value or "") for column in range(left, right + 1))
            first_row = top + 1
        # Somebody drew the table down to the end of the sheet: the blank rows there are nothing to read.
        last = min(bottom - int(root.get("totalsRowCount") or 0), max(cells.last_row, top) + _SPARE_ROWS)
        below = next((c for c in range(left, right + 1) if not cells.read(bottom + 1, c).blank), 0)
        if below:
            self.below[name] = CellRef(sheet, bottom + 1, below)
        else:
            self.below.pop(name, None)
        columns, known = range(left, right + 1), self._unwritten(name, first_row, written)
        rows = tuple(
            known[row] if row in known else cells.read_row(row, columns) for row in range(first_row, last + 1)
        )
        return RawTable(name, sheet, header, CellRef(sheet, first_row - 1, left), rows)

    def _unwritten(
        self, name: str, first_row: int, written: set[int] | None
    ) -> Mapping[int, Sequence[RawCell]]:
        """上一次读过、以后没有写过的行；表格只会变长变短，不会挪动。"""
        if written is None or name not in self._tables:
            return {}
        rows = enumerate(self._tables[name].rows, first_row)
        return {number: row for number, row in rows if number not in written}

    def _names(self) -> list[tuple[str, CellRef]]:
        found: dict[str, CellRef] = {}
        sheets = self.package.sheets
        for element in self.package.tree(WORKBOOK).iterfind(f"{tag('definedNames')}/{tag('definedName')}"):
            name = element.get("name") or ""
            target = name_target(element.text or "")
            if (
                target is None
                or element.get("hidden") == "1"
                or name.startswith("_xlnm.")  # Excel's own: print areas, filters
                or (name in found and element.get("localSheetId"))
            ):
                continue
            if target.sheet in sheets:
                found[name] = target
        return list(found.items())

    # --- writing ------------------------------------------------------------------------------------

    def write(self, cells: Mapping[CellRef, Content]) -> None:
        rows: dict[str, dict[int, dict[int, Content]]] = {}
        for ref, content in cells.items():
            rows.setdefault(ref.sheet, {}).setdefault(ref.row, {})[ref.column] = content
        formulas_changed = False
        with structure():
            for name, written in rows.items():
                sheet = self._sheet(name)
                for row, contents in written.items():
                    formulas_changed |= sheet.write(row, contents)
                texts = (row for row, contents in written.items() if any(map(_is_text, contents.values())))
                self._to_fit.setdefault(name, set()).update(texts)
            if cells:
                self._written({name: set(written) for name, written in rows.items()}, formulas_changed)

    def fold(self, table: str, folded: Sequence[bool]) -> None:
        self._load()
        with structure():
            raw = self._tables[table]
            sheet = self._sheet(raw.sheet)
            self._fit(raw.sheet)
            for offset, hide in enumerate(folded, 1):
                follows = folded[offset] if offset < len(folded) else False
                sheet.set_outline(raw.first.row + offset, hide=hide, opens=follows and not hide)
            form = self.package.touch(sheet.part).find(tag("sheetFormatPr"))
            if form is not None and any(folded):
                form.set("outlineLevelRow", "1")

    def mark(self, marks: Mapping[CellRef, Mark]) -> None:
        with structure():
            replace_marks(self.package, marks)
            by_sheet: dict[str, list[tuple[int, int]]] = {}
            for ref in marks:
                by_sheet.setdefault(ref.sheet, []).append((ref.row, ref.column))
            for name, cells in by_sheet.items():
                self._fit(name)
                fit_marked(self._sheet(name), cells)

    def append_rows(self, table: str, rows: Sequence[Sequence[Content]]) -> None:
        if rows:
            self._load()
            with structure():
                self._append(table, rows)

    def _part_of(self, table: str) -> tuple[str, str]:
        if table not in self._table_parts:
            raise UserError(
                f"“{self._tables[table].sheet}”里的表格“{table}”在别的程序存盘时丢了，加不了行。",
                "请在 Excel 里选中这张表按 Ctrl+T 建回表格，或取出数据再新建一个工作簿。",
            )
        return self._table_parts[table]

    def _append(self, table: str, rows: Sequence[Sequence[Content]]) -> None:
        raw = self._tables[table]
        sheet_name, part = self._part_of(table)
        root = self.package.touch(part)
        top, left, bottom, right = split_range(root.get("ref") or "A1")
        sheet = self._sheet(sheet_name)
        if int(root.get("totalsRowCount") or 0):
            raise UserError(f"表格“{table}”带有汇总行，程序加不了行。", "请在 Excel 里先去掉汇总行。")
        new_bottom = bottom + len(rows)
        if new_bottom > _LAST_ROW:
            raise UserError(
                f"表格“{table}”一直画到工作表的第 {bottom} 行，加不了行。",
                "请在 Excel 里用“表格设计→调整表格大小”，只留有内容的行。",
            )
        blocked = next(
            (
                (r, c)
                for r in range(bottom + 1, new_bottom + 1)
                for c in range(left, right + 1)
                if (text := sheet.in_row(r).get(c)) is not None and has_content(text)
            ),
            None,
        )
        if blocked is not None:
            raise no_room(raw.name, CellRef(sheet_name, *blocked), len(rows))
        columns = range(left, right + 1)
        styles = {column: style_of(text) for column, text in sheet.in_row(bottom).items()}
        for offset, row in enumerate(rows, 1):
            sheet.write(bottom + offset, dict(zip(columns, row, strict=True)), styles)
        self._to_fit.setdefault(sheet_name, set()).update(range(bottom + 1, new_bottom + 1))
        root.set("ref", range_a1(top, left, new_bottom, right))
        sorting = root.find(tag("autoFilter"))
        if sorting is not None:
            sorting.set("ref", range_a1(top, left, new_bottom, right))
        self._stretch(sheet, (left, right), bottom, new_bottom)
        self._written({sheet_name: set(range(bottom + 1, new_bottom + 1))}, True)

    def remove_rows(self, table: str, count: int) -> None:
        if count <= 0:
            return
        self._load()
        with structure():
            sheet_name, part = self._part_of(table)
            root = self.package.touch(part)
            top, left, bottom, right = split_range(root.get("ref") or "A1")
            sheet = self._sheet(sheet_name)
            for row in range(bottom - count + 1, bottom + 1):
                for column in range(left, right + 1):
                    sheet.remove(row, column)
            root.set("ref", range_a1(top, left, bottom - count, right))
            sorting = root.find(tag("autoFilter"))
            if sorting is not None:
                sorting.set("ref", range_a1(top, left, bottom - count, right))
            self._stretch(sheet, (left, right), bottom, bottom - count)
            self._written({sheet_name: set(range(bottom - count + 1, bottom + 1))}, True)

    def _stretch(self, sheet: SheetPart, columns: tuple[int, int], bottom: int, new_bottom: int) -> None:
        """下拉列表、条件格式、打印区域跟着表格变长或变短。"""
        root = self.package.touch(sheet.part)
        for element in root.iter(tag("dataValidation"), tag("conditionalFormatting")):
            if is_mark(element):
                continue
            element.set("sqref", longer_ranges(element.get("sqref") or "", columns, bottom, new_bottom))
        size = root.find(tag("dimension"))
        if size is not None and size.get("ref"):
            top, left, last, right = split_range(size.get("ref") or "A1")
            size.set("ref", range_a1(top, left, max(last, new_bottom), right))
        index = list(self.package.sheets).index(sheet.name)
        for element in self.package.tree(WORKBOOK).iterfind(f"{tag('definedNames')}/{tag('definedName')}"):
            if element.get("name") == "_xlnm.Print_Area" and element.get("localSheetId") == str(index):
                self.package.touch(WORKBOOK)
                element.text = re.sub(rf"\$({bottom})$", f"${new_bottom}", element.text or "")

    def _written(self, rows: Mapping[str, set[int]], formulas_changed: bool) -> None:
        if self._stale is not None:
            for sheet, numbers in rows.items():
                self._stale.setdefault(sheet, set()).update(numbers)
        root = self.package.tree(WORKBOOK)
        calc = root.find(tag("calcPr"))
        if calc is None:
            calc = etree.Element(tag("calcPr"))
            before = next(e for n in _BEFORE_CALC if (e := root.find(tag(n))) is not None)
            before.addnext(calc)
        if calc.get("fullCalcOnLoad") not in ("1", "true"):
            self.package.touch(WORKBOOK)
            calc.set("fullCalcOnLoad", "1")
        if formulas_changed:
            self._drop_calc_chain()

    def _drop_calc_chain(self) -> None:
        """公式增减之后计算链就不对了；去掉它，Excel 打开时重建。"""
        chain = next((p for kind, p in self.package.relations(WORKBOOK).values() if kind == "calcChain"), "")
        if not chain or chain in self.package.removed:
            return
        self.package.removed.add(chain)
        rels = posixpath.join(posixpath.dirname(WORKBOOK), "_rels", posixpath.basename(WORKBOOK) + ".rels")
        for relation in self.package.touch(rels).findall(f"{{{PACKAGE_RELS}}}Relationship"):
            if (relation.get("Type") or "").endswith("/calcChain"):
                relation.getparent().remove(relation)  # type: ignore[union-attr]
        for override in list(self.package.touch(CONTENT_TYPES)):
            if override.get("PartName") == f"/{chain}":
                self.package.tree(CONTENT_TYPES).remove(override)

    def _fit(self, *sheets: str) -> None:
        for name in sheets:
            fit(self._sheet(name), self._to_fit.pop(name, ()))

    # --- the file -----------------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        with structure():
            self._fit(*self._to_fit)
        return self.package.to_bytes()

    def save(self, path: Path) -> tuple[str, ...]:
        """写到 path，一步换上；打开以后别的程序又存过的，不写。返回要告诉用户的话。"""
        expected = self._opened[1] if self._opened is not None and self._opened[0] == path else None
        notes = save_atomically(path, self.to_bytes(), expected=expected)
        self._opened = None  # what stands there now is ours
        return notes


def _is_text(content: Content) -> bool:
    return isinstance(content.value if isinstance(content, Formula) else content, str)
