"""Range: blocks of cells, their formats, copying, clearing."""

from __future__ import annotations

from support.excel.cells import Cell, address, constant, enter, error_value, inside, overlaps, seen, without
from support.excel.com import ERRORS, NOTHING, SETTINGS, Com, Items, refuse
from support.excel.marks import Comment, FormatConditions


class Range(Com):
    _default = "Item"

    def __init__(self, sheet, boxes) -> None:
        self.sheet, self.boxes = sheet, boxes

    def each(self):
        for top, left, bottom, right in self.boxes:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield row, column

    def block(self, read):
        top, left, bottom, right = self.boxes[0]
        blank = Cell()
        rows = tuple(
            tuple(read(self.sheet.cells.get((r, c), blank)) for c in range(left, right + 1))
            for r in range(top, bottom + 1)
        )
        return rows[0][0] if (top, left) == (bottom, right) else rows

    def assign(self, data, write) -> None:
        self.sheet.book.saved = False
        for top, left, bottom, right in self.boxes:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    one = data
                    if isinstance(data, tuple):
                        line = data[row - top] if row - top < len(data) else None
                        if isinstance(line, tuple):
                            one = line[column - left] if column - left < len(line) else error_value("#N/A")
                        else:  # a flat array is a row
                            one = data[column - left] if column - left < len(data) else error_value("#N/A")
                        if isinstance(one, str) and len(one) > (911 if SETTINGS["excel2003"] else 8203):
                            raise refuse("应用程序定义或对象定义错误")
                    write(self.sheet.at(row, column), one)
        app = self.sheet.book.app
        if app.kept["Calculation"] == -4105:
            self.sheet.book.calculate()

    def put_OutlineLevel(self, value):
        for top, _, bottom, _ in self.boxes:
            self.sheet.levels.update(dict.fromkeys(range(top, bottom + 1), int(value)))

    def put_Hidden(self, value):
        for top, _, bottom, _ in self.boxes:
            self.sheet.hidden.update(dict.fromkeys(range(top, bottom + 1), bool(value)))

    def get_Application(self):
        return self.sheet.book.app

    def get_Parent(self):
        return self.sheet

    def get_Worksheet(self):
        return self.sheet

    def get_Value(self, RangeValueDataType=None):
        return self.block(lambda cell: seen(cell, self.sheet.book.date1904))

    def put_Value(self, value):
        self.assign(value, enter)

    def get_Value2(self):
        return self.block(lambda cell: error_value(cell.value) if cell.value in ERRORS else cell.value)

    def put_Value2(self, value):
        self.assign(value, enter)

    def get_Formula(self):
        return self.block(lambda cell: cell.formula if cell.formula is not None else constant(cell.value))

    def put_Formula(self, value):
        self.assign(value, enter)

    def get_Formula2(self):
        return self.get_Formula()

    def put_Formula2(self, value):
        self.assign(value, enter)

    def get_HasFormula(self):
        return all(self.sheet.cells.get(at, Cell()).formula is not None for at in self.each())

    def get_Text(self):
        value = self.block(lambda cell: cell.value)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def get_PrefixCharacter(self):
        return self.block(lambda cell: cell.prefix)

    def get_NumberFormat(self):
        found = {self.sheet.cells[at].format if at in self.sheet.cells else "General" for at in self.each()}
        return found.pop() if len(found) == 1 else None  # VT_NULL in Excel

    def put_NumberFormat(self, value):
        for at in self.each():
            self.sheet.at(*at).format = value

    def get_Address(
        self, RowAbsolute=None, ColumnAbsolute=None, ReferenceStyle=None, External=None, RelativeTo=None
    ):
        text = ",".join(address(box) for box in self.boxes)
        return text if len(text) <= 255 else text[: text[:256].rindex(",")]

    def get_Areas(self):
        return Areas(self)

    def get_Row(self):
        return self.boxes[0][0]

    def get_Column(self):
        return self.boxes[0][1]

    def get_Count(self):
        return sum((b - t + 1) * (r - left + 1) for t, left, b, r in self.boxes)

    def get_Rows(self):
        return Lines(self, 0)

    def get_Columns(self):
        return Lines(self, 1)

    def get_Item(self, RowIndex, ColumnIndex=None):
        top, left, _, right = self.boxes[0]
        if ColumnIndex is None:
            RowIndex, ColumnIndex = divmod(int(RowIndex) - 1, right - left + 1)
            RowIndex, ColumnIndex = RowIndex + 1, ColumnIndex + 1
        return Range(self.sheet, [(top + int(RowIndex) - 1, left + int(ColumnIndex) - 1) * 2])

    def get_Interior(self):
        return CellFill(self)

    def get_FormatConditions(self):
        return FormatConditions(self)

    def get_Comment(self):
        note = self.sheet.cells.get(next(self.each()), Cell()).note
        return note or NOTHING

    def do_AddComment(self, Text=None):
        cell = self.sheet.at(*next(self.each()))
        if cell.note is not None:
            raise refuse("应用程序定义或对象定义错误")
        cell.note = Comment(self.sheet, *next(self.each()), Text or "", "登录的人")
        return cell.note

    def do_ClearComments(self):
        for at in list(self.each()):
            if at in self.sheet.cells:
                self.sheet.cells[at].note = None

    def do_ClearContents(self):
        for at in list(self.each()):
            if at in self.sheet.cells:
                one = self.sheet.cells[at]
                one.value = one.formula = None
                one.prefix = ""

    def do_Clear(self):
        for at in list(self.each()):
            self.sheet.cells.pop(at, None)
        for rule in list(self.sheet.rules):
            rule.boxes = [piece for box in rule.boxes for piece in without(box, self.boxes)]
            if not rule.boxes:
                self.sheet.rules.remove(rule)

    def do_Copy(self, Destination=None):
        """内容、格式、批注、条件格式都到目标区域；一行可以铺到几行。"""
        top, left, bottom, right = self.boxes[0]
        there = Destination.boxes[0]
        for row in range(there[0], there[2] + 1):
            for column in range(there[1], there[3] + 1):
                source = self.sheet.cells.get(
                    (
                        top + (row - there[0]) % (bottom - top + 1),
                        left + (column - there[1]) % (right - left + 1),
                    )
                )
                if source is None:
                    Destination.sheet.cells.pop((row, column), None)
                    continue
                new = Destination.sheet.at(row, column)
                new.value, new.format, new.prefix, new.fill = (
                    source.value,
                    source.format,
                    source.prefix,
                    source.fill,
                )
                new.formula = (
                    source.formula
                )  # relative references are not moved: the add-in overwrites what it copies
                new.note = source.note and Comment(
                    Destination.sheet, row, column, source.note.text, source.note.author
                )
        for rule in self.sheet.rules:
            if any(overlaps(box, self.boxes[0]) for box in rule.boxes) and not any(
                inside(there, box) for box in rule.boxes
            ):
                rule.boxes.append(there)

    def do_AutoFit(self):
        return True

    def do_Select(self):
        if self.sheet.book.front is not self.sheet:
            raise refuse("类 Range 的 Select 方法无效")
        self.sheet.book.app.selection = self
        return True

    def do_Calculate(self):
        self.sheet.book.calculate()


class Lines(Com):
    """Range.Rows 和 Range.Columns。"""

    def __init__(self, area, axis) -> None:
        self.area, self.axis = area, axis

    def get_Count(self):
        box = self.area.boxes[0]
        return box[2 + self.axis] - box[self.axis] + 1

    def get_Rows(self):
        return Lines(self.area, 0)

    def get_Columns(self):
        return Lines(self.area, 1)

    def do_AutoFit(self):
        return True


class Areas(Items):
    def __init__(self, area) -> None:
        self.area = area

    def items(self):
        return [Range(self.area.sheet, [box]) for box in self.area.boxes]


class CellFill(Com):
    def __init__(self, area) -> None:
        self.area = area

    def get_Color(self):
        return float(self.area.sheet.at(*next(self.area.each())).fill or 0xFFFFFF)

    def put_Color(self, value):
        for at in self.area.each():
            self.area.sheet.at(*at).fill = int(value)

    def get_ColorIndex(self):
        return -4142 if self.area.sheet.at(*next(self.area.each())).fill is None else 3
