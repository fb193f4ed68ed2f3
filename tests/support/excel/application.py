"""Application, workbooks, names; an Excel started over a file, and xlwings' book over it."""

from __future__ import annotations

import collections
import os
import random
import re

import openpyxl
import win32com.client
from win32com.server.exception import COMException

from support.excel.cells import boxes_of, plain, quoted
from support.excel.com import CLASSES, COUNT, NOTHING, SETTINGS, Com, Empties, Items, outward, refuse
from support.excel.ranges import Range
from support.excel.sheets import Worksheet


class Autocorrect(Com):
    def __init__(self) -> None:
        self.fills = self.expands = True

    def get_AutoFillFormulasInLists(self):
        return self.fills

    def put_AutoFillFormulasInLists(self, value):
        self.fills = value

    def get_AutoExpandListRange(self):
        return self.expands

    def put_AutoExpandListRange(self, value):
        self.expands = value


class Application(Com):
    def __init__(self) -> None:
        self.books: list[Workbook] = []
        self.hwnd, self.uncalculated, self.oracle = 0, 0, None
        self.front = self.selection = None
        self.answers = collections.defaultdict(lambda: False)  # InputBox, GetOpenFilename, GetSaveAsFilename
        self.said: list[str] = []
        self.correct = Autocorrect()
        self.kept = {
            "ScreenUpdating": True, "EnableEvents": True, "DisplayAlerts": True, "Calculation": -4105, "Visible": True,
            "StatusBar": False, "Interactive": True, "CutCopyMode": False, "EnableCancelKey": 1,
        }  # fmt: skip

    def do_Run(self, Macro, *Arg):
        """The add-in's AddNotes, as its VBA does it."""
        if Macro != "perfmon_xl.xlam!PerfmonRibbon.AddNotes" or SETTINGS.get("no_macro"):
            raise refuse(f"无法运行“{Macro}”宏。")
        sheet, places, texts, heights, width, author = Arg
        added = 0
        for place, text, height in zip(places, texts, heights, strict=True):
            try:
                shape = sheet.get_Range(place).do_AddComment(text).get_Shape()
            except COMException:
                continue
            shape.put_AlternativeText(author)
            shape.put_Width(width)
            shape.put_Height(height)
            added += 1
        return added

    def get_Name(self):
        return "Microsoft Excel"

    def get_Version(self):
        return "16.0"

    def get_Path(self):
        return "C:\\Program Files\\Microsoft Office\\root\\Office16"

    def get_Hwnd(self):
        return self.hwnd

    def get_Application(self):
        return self

    def get_Workbooks(self):
        return Workbooks(self)

    def get_ActiveWorkbook(self):
        return self.front or NOTHING

    def get_ActiveSheet(self):
        return self.front.front if self.front else NOTHING

    def get_Selection(self):
        return self.selection or NOTHING

    def get_ActiveProtectedViewWindow(self):
        return NOTHING

    def get_ProtectedViewWindows(self):
        return Empties()

    def get_AutoCorrect(self):
        return self.correct

    def do_Calculate(self):
        self.front.calculate() if self.front else None

    def do_Union(self, *areas):
        if not 2 <= len([a for a in areas if a is not None]) <= 30:
            raise refuse("Union: 2 到 30 个区域")
        areas = [a for a in areas if a is not None]
        return Range(areas[0].sheet, [box for a in areas for box in a.boxes])

    def do_InputBox(
        self,
        Prompt,
        Title=None,
        Default=None,
        Left=None,
        Top=None,
        HelpFile=None,
        HelpContextID=None,
        Type=None,
    ):
        self.said.append(Prompt)
        return self.answers["InputBox"]

    def do_GetOpenFilename(
        self, FileFilter=None, FilterIndex=None, Title=None, ButtonText=None, MultiSelect=None
    ):
        return self.answers["GetOpenFilename"]

    def do_GetSaveAsFilename(
        self, InitialFilename=None, FileFilter=None, FilterIndex=None, Title=None, ButtonText=None
    ):
        return self.answers["GetSaveAsFilename"]

    def do_Quit(self):
        self.books.clear()

    # Excel has none of these: for the test that drives a stand-in of its own process.
    def do_Expect(self, path):
        self.oracle = oracle_of(path)
        self.front.calculate()

    def do_CallsSoFar(self):
        return sum(COUNT.values())


def _kept(name: str) -> None:
    def read(self):
        return self.kept[name]

    def write(self, value):
        if name == "Calculation" and value not in (-4105, -4135, 2):
            raise refuse("不能设置类 Application 的 Calculation 属性")
        self.kept[name] = value
        if name == "Calculation" and value == -4105 and self.front:
            self.front.calculate()

    setattr(Application, "get_" + name, read)
    setattr(Application, "put_" + name, write)


for _name in (
    "ScreenUpdating",
    "EnableEvents",
    "DisplayAlerts",
    "Calculation",
    "Visible",
    "StatusBar",
    "Interactive",
    "CutCopyMode",
    "EnableCancelKey",
):
    _kept(_name)
CLASSES.remove(Application)
Application.__init_subclass__.__func__(Application)  # again, now with those


class Workbooks(Items):
    def __init__(self, app) -> None:
        self.app = app

    def items(self):
        return self.app.books

    def get_Application(self):
        return self.app

    def do_Open(
        self, Filename, UpdateLinks=None, ReadOnly=None, Format=None, Password=None, WriteResPassword=None, IgnoreReadOnlyRecommended=None,
        Origin=None, Delimiter=None, Editable=None, Notify=None, Converter=None, AddToMru=None, Local=None, CorruptLoad=None,
    ):  # fmt: skip
        for book in self.app.books:
            if book.path.lower() == str(Filename).lower():
                return book
        if not os.path.isfile(Filename):
            raise refuse(f"很抱歉，找不到 {Filename}。")
        self.app.front = Workbook(self.app, Filename)
        self.app.books.append(self.app.front)
        return self.app.front

    def do_Add(self, Template=None):
        raise refuse("fake_excel: Workbooks.Add")


class Workbook(Com):
    def __init__(self, app, path) -> None:
        self.app, self.path, self.name, self.saved = app, os.path.abspath(path), os.path.basename(path), True
        formulas, values = (openpyxl.load_workbook(path, data_only=d) for d in (False, True))
        self.date1904 = formulas.epoch.year == 1904
        self.sheets = [Worksheet(self, ws, values[ws.title]) for ws in formulas.worksheets]
        self.front = (
            self.sheets[formulas._sheets.index(formulas.active)]
            if formulas.active in formulas.worksheets
            else self.sheets[0]
        )
        self.names = [Name(self, n, d.attr_text) for n, d in formulas.defined_names.items()]
        for sheet, ws in zip(self.sheets, formulas.worksheets, strict=True):
            self.names += [
                Name(self, f"{quoted(sheet.name)}!{n}", d.attr_text) for n, d in ws.defined_names.items()
            ]
        self.names.sort(key=lambda n: n.name.lower())
        app.selection = app.selection or Range(self.front, [(1, 1, 1, 1)])

    def calculate(self) -> None:
        """公式现在的值：照 oracle 里同一格、同一公式存着的。"""
        oracle = self.app.oracle
        self.app.uncalculated = 0
        for sheet in self.sheets:
            known = oracle.get(sheet.name, {}) if oracle else {}
            for at, cell in sheet.cells.items():
                if cell.formula is None:
                    continue
                if label := re.fullmatch(r'=HYPERLINK\("(?:[^"]|"")*","((?:[^"]|"")*)"\)', cell.formula):
                    cell.value = label[1].replace('""', '"')
                elif (
                    at in known
                    and known[at].formula is not None
                    and plain(known[at].formula) == plain(cell.formula)
                ):
                    cell.value = known[at].value
                elif cell.value is None:
                    self.app.uncalculated += 1

    def get_Application(self):
        return self.app

    def get_Parent(self):
        return self.app

    def get_Name(self):
        return self.name

    def get_FullName(self):
        return self.path

    def get_Path(self):
        return os.path.dirname(self.path)

    def get_FileFormat(self):
        return 51

    def get_ReadOnly(self):
        return False

    def get_Saved(self):
        return self.saved

    def put_Saved(self, value):
        self.saved = value

    def get_Date1904(self):
        return self.date1904

    def get_Worksheets(self):
        return Sheets(self)

    def get_Sheets(self):
        return Sheets(self)

    def get_Names(self):
        return Names(self)

    def get_ActiveSheet(self):
        return self.front

    def do_Activate(self):
        self.app.front = self

    def do_Save(self):
        """数和文字、公式写回文件（openpyxl）；只供试验。"""
        book = openpyxl.load_workbook(self.path)
        for sheet in self.sheets:
            for (row, column), cell in sheet.cells.items():
                there = book[sheet.name].cell(row, column)
                if type(there).__name__ != "MergedCell":
                    there.value = cell.formula if cell.formula is not None else cell.value
                    if isinstance(cell.value, str) and cell.formula is None:
                        there.data_type = "s"
                    there.number_format = cell.format
        book.save(self.path)
        self.saved = True

    def do_Close(self, SaveChanges=None, Filename=None, RouteWorkbook=None):
        self.app.books.remove(self)
        self.app.front = self.app.books[-1] if self.app.books else None


class Sheets(Items):
    def __init__(self, book) -> None:
        self.book = book

    def items(self):
        return self.book.sheets

    def get_Parent(self):
        return self.book


class Name(Com):
    _default = "Value"

    def __init__(self, book, name, target) -> None:
        self.book, self.name, self.target = book, name, target

    def get_Name(self):
        return self.name

    def get_Value(self):
        return "=" + self.target

    def get_RefersTo(self):
        return "=" + self.target

    def get_RefersToRange(self):
        sheet, _, address = self.target.rpartition("!")
        for one in self.book.sheets:
            if one.name == sheet.strip("'").replace("''", "'"):
                return Range(one, boxes_of(address))
        raise refuse("名称不指向区域")


class Names(Items):
    def __init__(self, book) -> None:
        self.book = book

    def items(self):
        return self.book.names


def oracle_of(path):
    """每张表每一格应有的值和公式。"""
    app = Application()
    book = Workbook(app, path)
    return {sheet.name: sheet.cells for sheet in book.sheets}


def start(path, *, oracle=None, reject=0.0, seed=1) -> Application:
    app = Application()
    app.oracle = oracle_of(oracle) if oracle else None
    app.front = Workbook(app, path)
    app.books.append(app.front)
    app.front.calculate()
    SETTINGS.update(reject=reject, random=random.Random(seed), rejected=0)
    COUNT.clear()
    return app


def dispatch(thing):
    """像从 Excel 拿到的：经过真的 IDispatch，由 pywin32 照类型信息来用。"""
    return win32com.client.Dispatch(outward(thing))


def named_arguments_arrive() -> None:
    """As if pywin32 were mended: a dynamic object passes what stands behind an argument left out (pywin32 pull request 2150)."""
    from win32com.client import build

    made = build.DispatchItem.MakeDispatchFuncMethod
    build.DispatchItem.MakeDispatchFuncMethod = lambda *a, **k: [
        line.replace("pythoncom.Missing", "pythoncom.Empty") for line in made(*a, **k)
    ]


def xlwings_book(app: Application):
    """xlwings 的 Book，底下是 xlwings 真的 Windows 引擎。"""
    import xlwings as xw
    from xlwings import _xlwindows

    return xw.Book(impl=_xlwindows.Book(xl=_xlwindows.COMRetryObjectWrapper(dispatch(app.front))))
