"""Run on its own: how often xlwings' real Windows engine crosses into Excel for a check, counted with a made-up Excel.

Usage: com_count.py INDICATORS|BOOK.xlsx. Prints JSON. A property read or set, a method call, each step of an enumeration: one.
The made-up Excel holds the cells of a built workbook; what is written is taken and forgotten.
"""

from __future__ import annotations

import atexit
import collections
import ctypes
import datetime as dt
import json
import sys
import types
from pathlib import Path

from perfmon_xl import app
from perfmon_xl.workbook.addresses import range_a1, split_range
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.file.cell_text import fields
from perfmon_xl.workbook.file.cells import SheetPart
from perfmon_xl.workbook.file.package import WORKBOOK, tag
from perfmon_xl.workbook.findings import marks, seen_cells, write_matters
from perfmon_xl.workbook.port import Mark
from perfmon_xl.workbook.read import read
from support.projects import project

COUNT: collections.Counter[str] = collections.Counter()
NOTES = {"Comments", "CommentsThreaded", "AddComment", "Note"}


class Method:
    """要调用的，不是要读的。"""

    def __init__(self, function) -> None:
        self.function = function


class Com:
    """一个 COM 对象：读写属性、调方法都计数。子类写属性是什么样。"""

    def __init__(self, label: str, **known) -> None:
        self.__dict__.update(_label=label, _known=known)

    def _tick(self, what: str) -> None:
        COUNT["notes" if what in NOTES or self._label in NOTES else self._label] += 1

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        known = self._known.get(name)
        if isinstance(known, Method):
            return lambda *a, **k: (self._tick(name), known.function(*a, **k))[1]
        if name not in self._known:
            raise AttributeError(name)
        if callable(known) and not isinstance(known, Com):
            known = known()
        self._tick(name)
        return known

    def __setattr__(self, name, value) -> None:
        self._tick(name)
        if name in self._known and not callable(self._known[name]):
            self._known[name] = value


class Many(Com):
    """一个集合：Count、Item、直接按序号或名字取、逐个取。"""

    def __init__(self, label, items, **known) -> None:
        super().__init__(label, Count=lambda: len(items), Item=Method(self._at), **known)
        self.__dict__["_items"] = items

    def _at(self, key):
        return list(self._items.values())[key - 1] if isinstance(key, int) else self._items[key]

    def __call__(self, key):
        self._tick("Item")
        return self._at(key)

    def __iter__(self):
        self._tick("_NewEnum")
        for item in self._items.values():
            self._tick("Next")
            yield item
        self._tick("Next")


class Grid:
    """一张工作表的单元格，照文件里的。"""

    def __init__(self, part: SheetPart, codes: list[str]) -> None:
        self.values, self.formulas, self.codes = {}, {}, {}
        for at, text in part.written_cells():
            cell = part.read(*at)
            value = cell.value
            if isinstance(value, dt.date):
                value = dt.datetime(value.year, value.month, value.day)
            self.values[at] = float(value) if hasattr(value, "as_tuple") else value
            self.formulas[at] = "=" + (cell.formula or "X") if cell.formula is not None else value
            self.codes[at] = codes[int(fields(text).style or 0)]

    def block(self, of, box, empty):
        top, left, bottom, right = box
        rows = tuple(
            tuple(of.get((r, c), empty) for c in range(left, right + 1)) for r in range(top, bottom + 1)
        )
        return rows[0][0] if (top, left) == (bottom, right) else rows

    def code(self, boxes):
        found = {
            self.codes.get((r, c), "General")
            for top, left, bottom, right in boxes
            for r in range(top, bottom + 1)
            for c in range(left, right + 1)
        }
        return found.pop() if len(found) == 1 else None


def a_range(grid: Grid, address: str) -> Com:
    assert len(address) <= 255, "Excel takes no longer address"
    if address.replace("$", "").replace(":", "").replace(",", "").isdigit():
        return Com("Range", Rows=Com("Rows", AutoFit=Method(lambda: None)))
    boxes = [split_range(one.replace("$", "")) for one in address.split(",")]
    rule = Com(
        "Rule",
        Interior=Com("Interior", Color=0),
        Font=Com("Font", Color=0, Bold=False),
        Borders=Com("Borders", Color=0),
        StopIfTrue=True,
    )
    note = Com("Note", Shape=Com("Note", AlternativeText="", Width=1, Height=1))
    return Com(
        "Range",
        Value=lambda: grid.block(grid.values, boxes[0], None),
        Formula=lambda: grid.block(grid.formulas, boxes[0], ""),
        NumberFormat=lambda: grid.code(boxes),
        Address=range_a1(*boxes[0]),
        FormatConditions=lambda: Many("Rules", {}, Add=Method(lambda *a: rule)),
        AddComment=Method(lambda text: note),
        Count=1,
        Copy=Method(lambda **k: None),
        ClearComments=Method(lambda: None),
    )


def a_sheet(package, name: str, part: str, codes: list[str]) -> Com:
    grid = Grid(SheetPart.of(package, name, part), codes)
    tables = {}
    for kind, target in package.relations(part).values():
        if kind == "table":
            root = package.tree(target)
            tables[root.get("displayName")] = Com(
                "Table",
                DisplayName=root.get("displayName"),
                Range=a_range(grid, root.get("ref")),
                ShowHeaders=True,
                ShowTotals=False,
                Resize=Method(lambda area: None),
            )
    rules = {
        n: Com("Rule", Type=1 if rule.get("type") == "cellIs" else 2, Formula1="=1=1")
        for n, rule in enumerate(package.tree(part).iter(tag("cfRule")))
    }
    return Com(
        "Sheet",
        Name=name,
        ListObjects=lambda: Many("Tables", tables),
        Range=Method(lambda address: a_range(grid, address)),
        Cells=Com("Cells", FormatConditions=lambda: Many("Rules", rules)),
        Comments=lambda: Many("Comments", {}),
        CommentsThreaded=lambda: Many("CommentsThreaded", {}),
        PageSetup=Com("PageSetup", PrintArea=""),
        Shapes=Com(
            "Shapes",
            Count=0,
            Range=Method(lambda numbers: Com("Note", Type=4, AlternativeText="", Width=1, Height=1)),
        ),
    )


def codes_of(package) -> list[str]:
    part = next(p for kind, p in package.relations(WORKBOOK).values() if kind == "styles")
    styles = package.tree(part)
    known = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(tag("numFmt"))}
    known |= {"0": "General", "9": "0%", "10": "0.00%", "49": "@", "4": "#,##0.00"}
    return [known.get(xf.get("numFmtId"), "other") for xf in styles.iterfind(f"{tag('cellXfs')}/{tag('xf')}")]


def excel_with(package):
    codes = codes_of(package)
    sheets = {name: a_sheet(package, name, part, codes) for name, part in package.sheets.items()}
    names = {
        n: Com("Name", Name=e.get("name"), RefersTo="=" + (e.text or ""))
        for n, e in enumerate(package.tree(WORKBOOK).iter(tag("definedName")))
    }
    correct = Com("AutoCorrect", AutoFillFormulasInLists=True, AutoExpandListRange=True)
    application = Com(
        "Application", Hwnd=7, ScreenUpdating=True, EnableEvents=True, DisplayAlerts=True, Calculation=-4105,
        AutoCorrect=correct, Union=Method(lambda first, *rest: first), Calculate=Method(lambda: None),
        Run=Method(lambda macro, sheet, places, *more: len(places)),
    )  # fmt: skip
    return Com(
        "Workbook", Application=application, Worksheets=Many("Sheets", sheets), Sheets=Many("Sheets", sheets),
        Names=Many("Names", names), Date1904=False, Name="书.xlsx", FullName="C:\\书.xlsx",
    )  # fmt: skip


def windows_engine():
    """Linux 上也能用的 xlwings 的 Windows 引擎：pywin32 只剩名字。"""

    class Anything:
        def __getattr__(self, name):
            return Anything()

        def __call__(self, *args, **kwargs):
            return 0

    def module(name, **content):
        made = types.ModuleType(name)
        made.__dict__.update(content)
        sys.modules[name] = made
        return made

    error = type("com_error", (Exception,), {"hresult": 0})
    module(
        "pywintypes", com_error=error, error=type("error", (Exception,), {}), TimeType=dt.datetime, IID=str
    )
    module("win32api")
    module("win32con")
    module("pythoncom", Empty=None, CoInitialize=lambda: None, ole_error=error, __file__="x")
    module("win32gui")
    module("win32process", GetWindowThreadProcessId=lambda handle: (1, 4242))
    module("win32timezone")
    none = {name: type(name, (), {}) for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass")}
    client = module("win32com.client", Dispatch=None, DispatchEx=None, **none)
    module("win32com", client=client)
    ctypes.windll = ctypes.oledll = Anything()
    ctypes.PyDLL = lambda *args: Anything()
    import xlwings
    from xlwings import _xlwindows

    atexit.unregister(_xlwindows.cleanup)
    engine = xlwings.main.Engine(impl=_xlwindows.engine)
    xlwings.engines.add(engine)
    xlwings.engines.active = engine
    return xlwings, _xlwindows


def refused(*given):
    raise sys.modules["pywintypes"].com_error


def main(what: str) -> None:
    content = build(project(int(what))) if what.isdigit() else Path(what).read_bytes()
    headless = PackageBook.from_bytes(content)
    xlwings, windows = windows_engine()
    from perfmon_xl.workbook.live.book import XlwingsBook

    live = XlwingsBook(xlwings.Book(impl=windows.Book(xl=excel_with(headless.package))))
    found: dict[str, object] = {"sheets": len(headless.sheet_names())}
    COUNT.clear()
    reading = read(live)
    found["names"] = COUNT.pop("Name", 0) + COUNT.pop("Names", 0)
    found["read"] = COUNT.total()
    checked = app.check_reading(reading)
    found["findings"] = len(checked.findings)
    assert reading.monitoring == read(headless).monitoring
    COUNT.clear()
    plan, _ = write_matters(reading, checked.matters, checked.verdict, seen_cells(reading, checked.findings))
    places = {ref: Mark(mark.level, "") for ref, mark in marks(checked.matters).items()}
    with live.quiet():  # one session for the whole action, as a button has it (ribbon/context.py)
        plan.apply(live)
        written_in = COUNT.total()
        COUNT.clear()
        live.mark({})
        found["clear"] = COUNT.total()
        COUNT.clear()
        live.mark(places)
        found["colours"] = COUNT.total() - int(str(found["clear"]))
        COUNT.clear()
    found["write"] = written_in + COUNT.total()
    by_sheet: dict[str, dict[tuple[int, int], str]] = {}
    for ref, mark in marks(checked.matters).items():
        if mark.note:
            by_sheet.setdefault(ref.sheet, {})[ref.row, ref.column] = mark.note
    found["noted"] = sum(map(len, by_sheet.values()))
    for how in ("notes", "notes without the add-in"):
        COUNT.clear()
        for name, notes in by_sheet.items():
            live._native.add_notes(live._open_sheet(name), notes)
        found[how] = COUNT.total()
        live._book.app.api._known["Run"] = Method(refused)
    print(json.dumps(found))


main(sys.argv[1])
