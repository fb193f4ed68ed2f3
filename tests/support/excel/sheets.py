"""Worksheets, tables, page setup."""

from __future__ import annotations

from support.excel.cells import Cell, boxes_of, formula_text, serial
from support.excel.com import Com, Empties, Items, refuse
from support.excel.marks import Comment, Comments, FormatCondition, Shapes
from support.excel.ranges import Range


class Worksheet(Com):
    def __init__(self, book, ws, values) -> None:
        self.book, self.name = book, ws.title
        self.cells: dict[tuple[int, int], Cell] = {}
        self.levels: dict[int, int] = {}
        self.hidden: dict[int, bool] = {}
        for row in ws.iter_rows():
            for one in row:
                note = getattr(one, "comment", None)
                if one.value is None and not one.has_style and note is None:
                    continue
                cell = Cell(
                    format=one.number_format,
                    note=Comment(self, one.row, one.column, note.text, note.author) if note else None,
                )
                value = one.value
                if one.data_type == "f":
                    cell.formula = formula_text(value)
                    value = values.cell(one.row, one.column).value
                cell.value = serial(value, book.date1904)
                if one.quotePrefix:
                    cell.prefix = "'"
                self.cells[one.row, one.column] = cell
        self.tables = [ListObject(self, t) for t in ws.tables.values()]
        self.rules = [FormatCondition(self, [b for r in area.sqref.ranges for b in boxes_of(str(r))], rule)
                      for area, rules in ws.conditional_formatting._cf_rules.items() for rule in rules]  # fmt: skip
        self.print_area = ws.print_area or ""
        if "!" in self.print_area:
            self.print_area = ",".join(part.rpartition("!")[2] for part in self.print_area.split(","))

    def at(self, row, column) -> Cell:
        return self.cells.setdefault((row, column), Cell())

    def get_Application(self):
        return self.book.app

    def get_Parent(self):
        return self.book

    def get_Name(self):
        return self.name

    def get_Index(self):
        return self.book.sheets.index(self) + 1

    def get_Visible(self):
        return -1

    def get_ListObjects(self):
        return ListObjects(self)

    def get_Comments(self):
        return Comments(self)

    def get_Shapes(self):
        return Shapes(self)

    def get_Names(self):
        return Empties()

    def get_PageSetup(self):
        return PageSetup(self)

    def get_UsedRange(self):
        rows, columns = zip(*self.cells, strict=True) if self.cells else ((1,), (1,))
        return Range(self, [(min(rows), min(columns), max(rows), max(columns))])

    def get_Cells(self, RowIndex=None, ColumnIndex=None):
        if RowIndex is not None:
            return Range(self, [(int(RowIndex), int(ColumnIndex or 1)) * 2])
        return Range(self, [(1, 1, 1_048_576, 16_384)])

    def get_Range(self, Cell1, Cell2=None):
        if isinstance(Cell1, Range):
            last = Cell2 or Cell1
            return Range(self, [(*Cell1.boxes[0][:2], *last.boxes[-1][2:])])
        if len(Cell1) > 255:
            raise refuse("方法“Range”作用于对象“_Worksheet”时失败")
        boxes = boxes_of(Cell1)
        if Cell2 is not None:
            boxes = [(*boxes[0][:2], *boxes_of(Cell2)[0][2:])]
        return Range(self, boxes)

    def do_Activate(self):
        self.book.front = self

    def do_Select(self, Replace=None):
        self.book.front = self


class PageSetup(Com):
    def __init__(self, sheet) -> None:
        self.sheet = sheet

    def get_PrintArea(self):
        return self.sheet.print_area

    def put_PrintArea(self, value):
        self.sheet.print_area = value


class ListObjects(Items):
    def __init__(self, sheet) -> None:
        self.sheet = sheet

    def items(self):
        return self.sheet.tables


class ListObject(Com):
    def __init__(self, sheet, table) -> None:
        self.sheet, self.name = sheet, table.displayName
        self.box = boxes_of(table.ref)[0]
        self.header, self.totals = table.headerRowCount != 0, bool(table.totalsRowCount)

    def get_Name(self):
        return self.name

    def get_DisplayName(self):
        return self.name

    def get_Range(self):
        return Range(self.sheet, [self.box])

    def get_ShowHeaders(self):
        return self.header

    def get_ShowTotals(self):
        return self.totals

    def do_Resize(self, Range):
        new = Range.boxes[0]
        if new[:2] != self.box[:2] and new[0] != self.box[0]:
            raise refuse("表格的标题行必须留在原来的行")
        self.box = new
