"""xlwings over LibreOffice: what the add-in asks of a live workbook, answered as Excel on Windows answers it.

So the product's own code, on real xlwings objects, meets a real spreadsheet program. Values arrive as they do from
COM (errors as numbers, dates as datetimes); text is taken as typed; formulas are in Excel's grammar both ways.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import xlwings as xw
from xlwings import base_classes as base
from xlwings import utils

from perfmon_xl.workbook.addresses import split_range
from support.uno_office import Office, have_uno

if have_uno():
    import uno
    from com.sun.star.table import CellAddress

    from support.uno_desktop import value

EPOCH = dt.datetime(1899, 12, 30)
ERRORS = {
    532: 2007,
    32767: 2042,
    525: 2029,
    521: 2000,
    503: 2036,
    523: 2036,
    524: 2023,
}  # ours → Excel's number
_ERROR_BASE = -2146828288
_DATES, _LOGICAL = 2 | 4, 1024
_FORMULA, _NOTE = 16, 8
_EXCEL_GRAMMAR = 3
_STRING = re.compile(r'("(?:[^"]|"")*")')
_SHEET_MARK = re.compile(r"('(?:[^']|'')+'|[^\W\d]\w*)!(?=\$?[A-Z]{1,3}\$?\d)")
_SHEET_DOT = re.compile(r"\$?('(?:[^']|'')+'|[^\W\d]\w*)\.(?=\$?[A-Z]{1,3}\$?\d)")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_RANGE = re.compile(r"[A-Za-z]{1,3}\d+(:[A-Za-z]{1,3}\d+)?")


class Engine:
    name, type = "libreoffice", "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(element, options):
        return "" if element is None else element

    @staticmethod
    def clean_value_data(data, datetime_builder, empty_as, number_builder, err_to_str):
        def one(v):
            if v is None or v == "":
                return empty_as
            if isinstance(v, int) and not isinstance(v, bool):
                return None
            return number_builder(v) if number_builder is not None and type(v) is float else v

        return [[one(v) for v in row] for row in data]


class Apps(base.Apps):
    def __init__(self, engine) -> None:
        self.engine, self.running = engine, []

    def keys(self):
        return [a.pid for a in self.running]

    def add(self, spec=None, add_book=None, xl=None, visible=None):
        app = App(self.engine)
        self.running.insert(0, app)
        return app

    def __iter__(self):
        return iter(list(self.running))

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid):
        return next(a for a in self.running if a.pid == pid)

    @staticmethod
    def cleanup() -> None:
        pass


class App(base.App):
    version, path, startup_path, engine = "16.0", "", "", None
    visible = screen_updating = display_alerts = enable_events = interactive = status_bar = None

    def __init__(self, engine) -> None:
        self.engine, self.office, self.open_books = engine, Office(), []
        self.visible, self.interactive, self.status_bar = False, True, False
        self.screen_updating = self.display_alerts = self.enable_events = True
        self.alerts: list[tuple[str, str]] = []

    @property
    def api(self):
        return self.office.desktop

    xl = api

    @property
    def pid(self):
        return self.office.process.pid

    hwnd = pid

    @property
    def books(self):
        return Books(self)

    def activate(self, steal_focus=False) -> None:
        pass

    def quit(self) -> None:
        for book in list(self.open_books):
            book.close()
        self.office.close()
        self.engine.apps.running.remove(self)

    kill = quit

    def calculate(self) -> None:
        for book in self.open_books:
            book.document.calculateAll()

    @property
    def calculation(self):
        return "automatic" if self.open_books[0].document.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, mode) -> None:
        for book in self.open_books:
            book.document.enableAutomaticCalculation(mode != "manual")

    @property
    def selection(self):
        return self.open_books[0].selection if self.open_books else None

    def alert(self, prompt, title, buttons, mode, callback):
        self.alerts.append((prompt, title))
        return "ok"


class Books(base.Books):
    app = None

    def __init__(self, app) -> None:
        self.app = app

    @property
    def api(self):
        return self.app.office.desktop.Components

    @property
    def active(self):
        return self.app.open_books[0]

    def _added(self, document):
        book = Book(self.app, document)
        self.app.open_books.insert(0, book)
        return book

    def add(self):
        return self._added(self.app.office.new())

    def open(self, fullname, *args, **kwargs):
        return self._added(self.app.office.open(Path(fullname)))

    def __len__(self) -> int:
        return len(self.app.open_books)

    def __iter__(self):
        return iter(list(self.app.open_books))

    def __call__(self, key):
        if isinstance(key, int):
            return self.app.open_books[key - 1]
        for book in self.app.open_books:
            if key.lower() in (book.name.lower(), book.fullname.lower()):
                return book
        raise KeyError(key)


class Book(base.Book):
    app = None

    def __init__(self, app, document) -> None:
        self.app, self.document = app, document
        self.parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        self.parser.FormulaConvention, self.parser.CompileEnglish = _EXCEL_GRAMMAR, True

    @property
    def api(self):
        return self.document

    @property
    def fullname(self):
        return uno.fileUrlToSystemPath(self.document.URL) if self.document.URL else self.document.Title

    @property
    def name(self):
        return os.path.basename(self.fullname)  # noqa: PTH119 — a title has no path

    @property
    def sheets(self):
        return Sheets(self)

    @property
    def names(self):
        return Names(self)

    def activate(self) -> None:
        self.app.open_books.remove(self)
        self.app.open_books.insert(0, self)

    def close(self) -> None:
        self.document.close(True)
        self.app.open_books.remove(self)

    def save(self, path=None, password=None) -> None:
        if path is None:
            self.document.store()
        else:
            url = uno.systemPathToFileUrl(str(Path(path).resolve()))
            self.document.storeAsURL(url, (value("FilterName", "Calc MS Excel 2007 XML"),))

    @property
    def selection(self):
        a = self.document.CurrentSelection.RangeAddress
        return Range(Sheet(self, self.document.Sheets.getByIndex(a.Sheet)), box_of(a))

    def format_key(self, code) -> int:
        formats = self.document.NumberFormats
        locale = uno.createUnoStruct("com.sun.star.lang.Locale", Language="en", Country="US")
        key = formats.queryKey(code, locale, False)
        return key if key != -1 else formats.addNew(code, locale)


class Sheets(base.Sheets):
    book = None

    def __init__(self, book) -> None:
        self.book = book

    @property
    def api(self):
        return self.book.document.Sheets

    @property
    def active(self):
        return Sheet(self.book, self.book.document.CurrentController.ActiveSheet)

    def __len__(self) -> int:
        return self.api.Count

    def __iter__(self):
        return (Sheet(self.book, self.api.getByIndex(i)) for i in range(len(self)))

    def __call__(self, key):
        if isinstance(key, int):
            return Sheet(self.book, self.api.getByIndex(key - 1))
        for name in self.api.ElementNames:
            if name.lower() == key.lower():
                return Sheet(self.book, self.api.getByName(name))
        raise KeyError(key)

    def add(self, before=None, after=None, name=None):
        at = before.index - 1 if before else after.index if after else self.active.index - 1
        self.api.insertNewByName(name, at)
        return Sheet(self.book, self.api.getByName(name))


class Sheet(base.Sheet):
    book = None

    def __init__(self, book, sheet) -> None:
        self.book, self.sheet = book, sheet

    @property
    def api(self):
        return self.sheet

    @property
    def name(self):
        return self.sheet.Name

    @property
    def index(self):
        return self.sheet.RangeAddress.Sheet + 1

    @property
    def visible(self):
        return self.sheet.IsVisible

    @property
    def tables(self):
        return Tables(self)

    @property
    def notes(self):
        return [Note(self, a) for a in self.sheet.Annotations]

    @property
    def page_setup(self):
        return PageSetup(self)

    @property
    def cells(self):
        return Range(self, (1, 1, _LAST_ROW, _LAST_COLUMN))

    @property
    def used_range(self):
        cursor = self.sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        return Range(self, (1, 1, *box_of(cursor.RangeAddress)[2:]))

    def activate(self) -> None:
        self.book.document.CurrentController.setActiveSheet(self.sheet)

    select = activate

    def range(self, first, last=None):
        if isinstance(first, Range) and last is None:
            return first
        if last is not None:
            start, end = self.range(first).box, self.range(last).box
            return Range(self, (start[0], start[1], end[2], end[3]))
        if isinstance(first, tuple):
            return Range(self, (first[0], first[1], first[0], first[1]))
        address = first.replace("$", "")
        if "," in address:
            return Range(self, *(self.range(one).box for one in address.split(",")))
        if _RANGE.fullmatch(address):
            return Range(self, split_range(address.upper()))
        if found := re.fullmatch(r"(\d+):(\d+)", address):
            return Range(self, (int(found[1]), 1, int(found[2]), _LAST_COLUMN))
        raise KeyError(first)


def box_of(address):
    return address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1


class PageSetup(base.PageSetup):
    def __init__(self, sheet) -> None:
        self.sheet = sheet

    @property
    def api(self):
        return self.sheet.sheet

    @property
    def print_area(self):
        areas = self.api.PrintAreas
        return ",".join(Range(self.sheet, box_of(a)).address for a in areas) or None

    @print_area.setter
    def print_area(self, area) -> None:
        self.api.setPrintAreas(tuple(self.sheet.range(one).api.RangeAddress for one in area.split(",")))


class Range(base.Range):
    """一个或几个矩形；几个的，只有数字格式看全部。"""

    sheet = row = column = options = shape = None

    def __init__(self, sheet, *boxes) -> None:
        self.sheet, self.boxes, self.box = sheet, boxes, boxes[0]
        self.row, self.column, bottom, right = self.box
        self.shape = (bottom - self.row + 1, right - self.column + 1)
        self.options, self.arg1_input = {}, ""

    @property
    def api(self):
        return self._rectangle(self.box)

    def _rectangle(self, box):
        top, left, bottom, right = box
        return self.sheet.sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    @property
    def coords(self):
        return (self.sheet.name, self.row, self.column, *self.shape)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row, column=None):
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        r, c = self.row + row - 1, self.column + column - 1
        return Range(self.sheet, (r, c, r, c))

    @property
    def address(self):
        top, left, bottom, right = self.box
        corners = [f"${utils.col_name(c)}${r}" for r, c in ((top, left), (bottom, right))]
        return ":".join(dict.fromkeys(corners))

    # --- values ---------------------------------------------------------------------------------------

    def _formula_boxes(self):
        top, left = self.row, self.column
        for address in self.api.queryContentCells(_FORMULA).RangeAddresses:
            t, lft, b, r = box_of(address)
            yield t - top, lft - left, b - top, r - left

    def _values(self):
        given = self.api.getDataArray()
        data = [[None if v == "" else v for v in row] for row in given]
        for top, left, bottom, right in self._formula_boxes():
            for i in range(top, bottom + 1):
                data[i][left : right + 1] = given[i][left : right + 1]
        formats = self.sheet.book.document.NumberFormats
        for group in self.api.getUniqueCellFormatRanges():
            kind = formats.getByKey(group.NumberFormat).Type
            if not kind & (_DATES | _LOGICAL):
                continue
            for i, j in self._places(group.RangeAddresses):
                if isinstance(data[i][j], float):
                    number = data[i][j]
                    data[i][j] = bool(number) if kind & _LOGICAL else EPOCH + dt.timedelta(days=number)
        for i, j in self._places(self.api.queryFormulaCells(4).RangeAddresses):
            error = self._rectangle(self(i + 1, j + 1).box).getCellByPosition(0, 0).getError()
            data[i][j] = _ERROR_BASE + ERRORS.get(error, 2015)
        return data

    def _places(self, addresses):
        for address in addresses:
            top, left, bottom, right = box_of(address)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield row - self.row, column - self.column

    @property
    def raw_value(self):
        data = self._values()
        return data[0][0] if len(self) == 1 else tuple(map(tuple, data))

    @raw_value.setter
    def raw_value(self, data) -> None:
        self._put(data)

    def _put(self, data) -> None:
        rows = data if isinstance(data, list | tuple) else [[data]]
        rows = rows if isinstance(rows[0], list | tuple) else [rows]
        target = Range(
            self.sheet, (self.row, self.column, self.row + len(rows) - 1, self.column + len(rows[0]) - 1)
        )
        # LibreOffice takes the notes away with the old contents, Excel does not.
        notes = [(n.location, n.text, n.api.AnnotationShape.Title) for n in target.notes]
        texts = set(self._text_cells(target))
        target.api.setFormulaArray(
            tuple(
                tuple(_as_text(v) if (i, j) in texts else _as_typed(v) for j, v in enumerate(row))
                for i, row in enumerate(rows)
            )
        )
        for place, text, title in notes:
            place.add_note(text).api.AnnotationShape.Title = title

    # --- formulas -------------------------------------------------------------------------------------

    @property
    def _cell_address(self):
        address = CellAddress()
        address.Sheet, address.Column, address.Row = self.sheet.index - 1, self.column - 1, self.row - 1
        return address

    def _text_cells(self, target):
        """Excel keeps whatever is written into a cell of format @ as text, a formula and a number too."""
        formats = self.sheet.book.document.NumberFormats
        for group in target.api.getUniqueCellFormatRanges():
            if formats.getByKey(group.NumberFormat).FormatString == "@":
                yield from target._places(group.RangeAddresses)

    @property
    def formula(self):
        own = self.api.getFormulaArray()
        found = [
            [_formula_text(v, o) for v, o in zip(values, row, strict=True)]
            for values, row in zip(self.api.getDataArray(), own, strict=True)
        ]
        for top, left, bottom, right in self._formula_boxes():
            for i in range(top, bottom + 1):
                for j in range(left, right + 1):
                    found[i][j] = in_excel_grammar(own[i][j])
        return found[0][0] if len(self) == 1 else tuple(map(tuple, found))

    @formula.setter
    def formula(self, formulas) -> None:
        self._put(formulas)

    formula2 = formula

    # --- formats --------------------------------------------------------------------------------------

    @property
    def number_format(self):
        formats = self.sheet.book.document.NumberFormats
        codes = {
            formats.getByKey(group.NumberFormat).FormatString
            for box in self.boxes
            for group in self._rectangle(box).getUniqueCellFormatRanges()
        }
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, code) -> None:
        for box in self.boxes:
            self._rectangle(box).NumberFormat = self.sheet.book.format_key(code)

    @property
    def color(self):
        v = self.api.CellBackColor
        return None if v in (-1, None) else (v >> 16 & 255, v >> 8 & 255, v & 255)

    @color.setter
    def color(self, colour) -> None:
        self.api.CellBackColor = -1 if colour is None else (colour[0] << 16) + (colour[1] << 8) + colour[2]

    @property
    def rows(self):
        return self

    def autofit(self, axis=None) -> None:
        if axis in ("r", "rows", None):
            self.api.Rows.OptimalHeight = True
        if axis in ("c", "columns", None):
            self.api.Columns.OptimalWidth = True

    def clear_contents(self) -> None:
        self.api.clearContents(1 | 2 | 4 | _FORMULA)

    def clear(self) -> None:
        self.api.clearContents(1023)

    def copy(self, destination=None) -> None:
        destination = getattr(destination, "impl", destination)
        for row in range(destination.row, destination.row + destination.shape[0]):
            target = destination.sheet.range((row, destination.column))
            destination.sheet.sheet.copyRange(target._cell_address, self.api.RangeAddress)

    def select(self) -> None:
        self.sheet.book.document.CurrentController.select(self.api)

    # --- notes ----------------------------------------------------------------------------------------

    @property
    def notes(self):
        """这个区域里的批注。"""
        found = []
        for box in map(box_of, self.api.queryContentCells(_NOTE).RangeAddresses):
            for row in range(box[0], box[2] + 1):
                for column in range(box[1], box[3] + 1):
                    cell = self.sheet.sheet.getCellByPosition(column - 1, row - 1)
                    found.append(Note(self.sheet, cell.Annotation))
        return found

    @property
    def note(self):
        return next(iter(self.notes), None)

    def add_note(self, text):
        self.sheet.sheet.Annotations.insertNew(self._cell_address, text)
        return Note(self.sheet, self.api.getCellByPosition(0, 0).Annotation)


def _reworded(formula: str, sheets, separators: dict[str, str], array_separators: dict[str, str]) -> str:
    """一个公式从一种写法换成另一种；双引号里的文字不动。"""
    found, in_array = "", False
    for part in _STRING.split(formula):
        if part.startswith('"'):
            found += part
            continue
        for piece in re.split(r"([{}])", sheets(part)):
            in_array = piece == "{" or (in_array and piece != "}")
            found += piece.translate(str.maketrans(array_separators if in_array else separators))
    return found


def in_excel_grammar(formula: str) -> str:
    """LibreOffice 的公式文字写成 Excel 的样子。FormulaParser 也会，可是一格要几次往返，又不认得表格。"""
    return _reworded(formula, lambda p: _SHEET_DOT.sub(r"\1!", p), {";": ","}, {";": ",", "|": ";"})


def in_own_grammar(formula: str) -> str:
    return _reworded(formula, lambda p: _SHEET_MARK.sub(r"$\1.", p), {",": ";"}, {",": ";", ";": "|"})


def _as_typed(v):
    if v is None:
        return ""
    if isinstance(v, bool):
        return "TRUE" if v else "FALSE"
    if isinstance(v, str):
        return in_own_grammar(v) if v.startswith("=") else v
    return repr(float(v))


def _as_text(v):
    if v is None or v == "":
        return ""
    if isinstance(v, bool):
        return "'" + str(v).upper()
    return "'" + (v.removeprefix("'") if isinstance(v, str) else f"{v:.15g}")


def _formula_text(v, own):
    return v if isinstance(v, str) else own


class Note(base.Note):
    def __init__(self, sheet, annotation) -> None:
        self.sheet, self.api_ = sheet, annotation

    @property
    def api(self):
        return self.api_

    @property
    def author(self):
        return self.api_.Author

    @property
    def text(self):
        return self.api_.String or self.api_.AnnotationShape.String

    @property
    def location(self):
        at = self.api_.Position
        return Range(self.sheet, (at.Row + 1, at.Column + 1, at.Row + 1, at.Column + 1))

    def delete(self) -> None:
        self.location.api.clearContents(_NOTE)


class Names(base.Names):
    book = sheet = None

    def __init__(self, book) -> None:
        self.book = book

    @property
    def api(self):
        return self.book.document.NamedRanges

    def _all(self):
        return [Name(self.book, n) for n in self.api]

    def __len__(self) -> int:
        return self.api.Count

    def __iter__(self):
        return iter(self._all())

    def __call__(self, key):
        if isinstance(key, int):
            return Name(self.book, self.api.getByIndex(key - 1))
        return next(n for n in self._all() if n.name.lower() == key.lower())

    def contains(self, key) -> bool:
        return any(n.name.lower() == str(key).lower() for n in self._all())

    __contains__ = contains


class Name(base.Name):
    book = sheet = None

    def __init__(self, book, named) -> None:
        self.book, self.named = book, named

    @property
    def api(self):
        return self.named

    @property
    def name(self):
        return self.named.Name

    @property
    def refers_to(self):
        return "=" + self.book.parser.printFormula(self.named.getTokens(), CellAddress())

    @property
    def refers_to_range(self):
        a = self.named.ReferredCells.RangeAddress
        return Range(Sheet(self.book, self.book.document.Sheets.getByIndex(a.Sheet)), box_of(a))


class Tables(base.Collection):
    sheet = None

    def __init__(self, sheet) -> None:
        self.sheet = sheet

    @property
    def api(self):
        return self.sheet.book.document.DatabaseRanges

    def _all(self):
        return [Table(self.sheet, d) for d in self.api if d.DataArea.Sheet == self.sheet.index - 1]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self):
        return iter(self._all())

    def __call__(self, key):
        if isinstance(key, int):
            return self._all()[key - 1]
        return next(t for t in self._all() if t.name.lower() == key.lower())

    def __contains__(self, key) -> bool:
        return any(t.name.lower() == str(key).lower() for t in self._all())


class Table(base.Table):
    sheet = parent = None

    def __init__(self, sheet, database_range) -> None:
        self.sheet = self.parent = sheet
        self.database_range = database_range

    @property
    def api(self):
        return self.database_range

    @property
    def name(self):
        return self.database_range.Name

    display_name = name

    @property
    def range(self):
        return Range(self.sheet, box_of(self.database_range.DataArea))

    @property
    def show_headers(self):
        return self.database_range.ContainsHeader

    @property
    def show_totals(self):
        return self.database_range.TotalsRow

    def resize(self, area) -> None:
        self.database_range.DataArea = area.api.RangeAddress
        # LibreOffice forgets what formulas made of a table that has shrunk, until they are entered again.
        for sheet in self.sheet.book.sheets:
            for address in sheet.api.queryContentCells(_FORMULA).RangeAddresses:
                cells = sheet.range((1, 1))._rectangle(box_of(address))
                formulas = cells.getFormulaArray()
                if any(f"{self.name}[" in one for row in formulas for one in row):
                    cells.setFormulaArray(formulas)


def register() -> xw.main.Engine:
    """让 xlwings 用 LibreOffice；返回这个引擎，用 engine.apps.add() 开一个。"""
    engine = xw.main.Engine(impl=Engine())
    xw.engines.add(engine)
    xw.engines.active = engine
    return engine
