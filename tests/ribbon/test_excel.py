"""The Excel around the workbook: refusals and Excel's own moods, with an xlwings whose COM answers are made up."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support.desk import Person, pressed_cold

from perfmon_xl import addin, app
from perfmon_xl.ribbon import excel
from perfmon_xl.ribbon.excel import ExcelBook, ExcelProgram, patiently
from perfmon_xl.system import faults
from perfmon_xl.system.resources import folder
from perfmon_xl.workbook.port import CellRef

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.fixture(autouse=True)
def settings_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """屏幕、事件这些设置怎么开关，tests/workbook/live 里试；这里的 Excel 没有它们。"""
    monkeypatch.setattr("perfmon_xl.workbook.live.book.XlwingsBook.quiet", lambda book: nullcontext())


class com_error(Exception):  # noqa: N818 - the name that pywin32 gives it
    """pywintypes.com_error 的样子。"""

    def __init__(self, hresult: int, excepinfo: tuple[Any, ...] | None = None) -> None:
        super().__init__(hresult)
        self.hresult, self.excepinfo = hresult, excepinfo


IGNORED, REJECTED, LATER = -2146777998, -2147418111, -2147417846
EDITING = [
    com_error(IGNORED),
    com_error(REJECTED),
    com_error(LATER),
    com_error(-2147352567, (0, None, None, None, 0, IGNORED)),
]


class App:
    """Excel 的样子：受保护的视图、手动计算、状态栏。"""

    def __init__(self, *, protected: object = None, calculation: str = "automatic") -> None:
        self.engine = SimpleNamespace(name="excel")
        self.protected, self.calculation, self.calculated = protected, calculation, 0
        self.status_bar: object = None
        self.hwnd = 7

    def calculate(self) -> None:
        self.calculated += 1


class Book:
    """xlwings 的 Book 的样子；busy 是头几次问名字时 Excel 的回答。"""

    def __init__(self, app: App, *busy: Exception, read_only: bool = False, saved: bool = True) -> None:
        self.app, self.busy, self.asked = app, list(busy), 0
        application = SimpleNamespace(ActiveProtectedViewWindow=app.protected)
        self.api = SimpleNamespace(Application=application, ReadOnly=read_only, Saved=saved)
        self.fullname = "https://d.docs.live.net/项目.xlsx"

    @property
    def name(self) -> str:
        self.asked += 1
        if self.busy:
            raise self.busy.pop(0)
        return "项目.xlsx"


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    found = Person()
    monkeypatch.setattr(excel.time, "sleep", lambda _: None)
    return found


def called_from(monkeypatch: pytest.MonkeyPatch, caller: Any, active: Any = None) -> None:
    """xlwings 说调用的是 caller（或者出这个错），眼前的是 active。"""

    def asked() -> Any:
        if isinstance(caller, Exception):
            raise caller
        return caller

    fake = SimpleNamespace(
        Book=SimpleNamespace(caller=asked), apps=[1] if active else [], books=SimpleNamespace(active=active)
    )
    monkeypatch.setattr(excel, "xlwings", lambda: fake)


@pytest.mark.parametrize("error", EDITING)
def test_a_cell_in_edit_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, person: Person, error: Exception
) -> None:
    book = Book(App(), *[error] * 5)
    called_from(monkeypatch, book)
    monkeypatch.setattr(app, "fill_book", lambda cells: ("做了",))
    pressed_cold("fill.run", person)
    assert person.told == ["已填充。\n做了"] and person.warned == [] and book.asked > 5


@pytest.mark.parametrize("error", EDITING)
def test_a_cell_that_stays_in_edit_is_told(
    monkeypatch: pytest.MonkeyPatch, person: Person, error: Exception
) -> None:
    called_from(monkeypatch, Book(App(), *[error] * 100))
    pressed_cold("fill.run", person)
    assert person.warned == [
        "Excel 正忙，现在不能读写。\n怎么办：请先按 Enter 结束编辑，关掉打开的对话框，再点一次。"
    ]


def test_waiting_is_short_and_ends() -> None:
    waits: list[float] = []

    def busy() -> None:
        raise com_error(REJECTED)

    with pytest.raises(com_error):
        patiently(busy, wait=waits.append)
    assert 5 <= len(waits) <= 20 and 1 <= sum(waits) <= 5


def test_another_error_is_not_repeated() -> None:
    asked: list[int] = []

    def broken() -> None:
        asked.append(1)
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        patiently(broken)
    assert asked == [1]


@pytest.mark.parametrize(
    "tag", ["fill.run", "check.run", "check.next", "check.clear", "report.draft", "help.rule"]
)
def test_protected_view_is_refused(monkeypatch: pytest.MonkeyPatch, person: Person, tag: str) -> None:
    called_from(monkeypatch, Book(App(protected=object())))
    pressed_cold(tag, person)
    assert person.warned == [
        "眼前的工作簿在“受保护的视图”里，没有动它。\n怎么办：请先点黄色条上的“启用编辑”，再点一次按钮。"
    ]


def test_read_only_is_refused_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    called_from(monkeypatch, Book(App(), read_only=True))
    pressed_cold("check.run", person)
    assert person.warned[0].startswith("“项目.xlsx”是以只读方式打开的，没有写入。")


def test_no_workbook_at_all_still_says_something(monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    called_from(monkeypatch, ValueError("Book.caller() must not be called directly"))
    pressed_cold("check.run", person)
    assert len(person.warned) == 1 and "没有打开的工作簿" in person.last


def test_a_name_that_does_not_come_through_falls_back_on_the_active_workbook(
    monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    """xlwings 把“a=b.xlsx”截成“a”，找不到；眼前的还是它。"""
    called_from(monkeypatch, KeyError("a"), active=Book(App()))
    pressed_cold("help.about", person)
    assert person.last.startswith("绩效监控 perfmon-xl")


def test_excels_own_refusal_is_told_in_its_words(monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    called_from(monkeypatch, Book(App()))

    def refused(cells: object) -> None:
        raise com_error(-2147352567, (0, "Microsoft Excel", "单元格受保护", None, 0, -2146827284))

    monkeypatch.setattr(app, "fill_book", refused)
    pressed_cold("fill.run", person)
    assert person.warned[0].startswith("Excel 没有照办：单元格受保护")


def test_our_fault_is_a_sentence_with_the_logs_place(
    monkeypatch: pytest.MonkeyPatch, person: Person, tmp_path: Path
) -> None:
    monkeypatch.setattr(faults, "log_folder", lambda: tmp_path)
    book = Book(App())
    called_from(monkeypatch, book)
    monkeypatch.setattr(app, "fill_book", lambda cells: 1 / 0)
    pressed_cold("fill.run", person)
    log = tmp_path / "perfmon-xl-error.log"
    assert person.warned == [f"fill.run：程序出了错，文件没有改动。详情在 {log}，请把它发给维护人员。"]
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8") and book.app.status_bar is False


def test_manual_calculation_is_made_up_for() -> None:
    manual, automatic = App(calculation="manual"), App()
    for one in (manual, automatic):
        ExcelProgram(Book(one)).book()
    assert (manual.calculated, automatic.calculated) == (1, 0)


def test_a_workbook_online_has_no_place() -> None:
    book = ExcelBook(Book(App(), saved=False))
    assert (book.path, book.saved, book.read_only) == (None, False, False)


def test_leaving_xlwings_never_kills_an_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows 上：退出时的清理取消了，忙的时候不会永远重试。"""
    import atexit

    import xlwings

    windows = SimpleNamespace(cleanup=lambda: None, N_COM_ATTEMPTS=0)
    gone: list[object] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", windows)
    monkeypatch.setattr(xlwings, "_xlwindows", windows, raising=False)
    monkeypatch.setattr(atexit, "unregister", gone.append)
    excel.xlwings()
    assert gone == [windows.cleanup] and windows.N_COM_ATTEMPTS > 0


class Keys:
    """Esc 这个键，照 GetAsyncKeyState 说：按着的高位是 1，上次问过以后按过的低位是 1。"""

    def __init__(self) -> None:
        self.held, self.pressed = False, False

    def tap(self) -> None:
        self.pressed = True

    def hold(self) -> None:
        self.held = self.pressed = True

    def GetAsyncKeyState(self, key: int) -> int:
        state = (0x8000 if self.held else 0) | (1 if self.pressed else 0)
        self.pressed = False
        return state


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Keys:
    import ctypes

    found = Keys()
    monkeypatch.setattr(excel.sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=found), raising=False)
    return found


def test_an_esc_of_before_stops_nothing(keys: Keys) -> None:
    """结束录入、取消别的对话框的 Esc，不停下一个按钮。"""
    program = ExcelProgram(Book(App()))
    keys.tap()
    assert not program.stop_asked()
    program.forget_stop()
    keys.hold()
    assert program.stop_asked() and program.stop_asked()


def test_an_esc_still_held_from_a_dialog_counts_only_after_it_was_let_go(keys: Keys) -> None:
    program = ExcelProgram(Book(App()))
    keys.hold()
    program.forget_stop()
    assert not program.stop_asked()
    keys.held = False
    assert not program.stop_asked()
    keys.hold()
    assert program.stop_asked()


def test_jumping_and_where_one_is() -> None:
    done: list[object] = []

    class Sheets(dict[str, Any]):
        def __missing__(self, name: str) -> Any:
            area = SimpleNamespace(select=lambda: done.append("select"))
            return SimpleNamespace(
                activate=lambda: done.append(name), range=lambda a1: (done.append(a1), area)[1]
            )

    book = Book(App())
    book.sheets = Sheets()
    book.app.selection = SimpleNamespace(sheet=SimpleNamespace(name="资金"), row=4, column=3)
    ExcelBook(book).go_to(CellRef("表4 目标对比表", 7, 6))
    assert done == ["表4 目标对比表", "F7", "select"]
    assert ExcelBook(book).selected() == CellRef("资金", 4, 3)
    book.app.selection = None
    assert ExcelBook(book).selected() is None


def test_the_warm_way_hands_its_words_back_instead_of_showing_them(
    monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    called_from(monkeypatch, Book(App()))
    monkeypatch.setattr(app, "fill_book", lambda cells: ("做了",))
    vba = (folder("addin") / "PerfmonRibbon.bas").read_text(encoding="ascii")
    found = re.search(r'Door = "(.*)" & request', vba)
    assert found is not None and 'Answered("answer(\'" & command & "\')")' in vba
    assert eval(found[1] + "answer('fill.run')") == "已填充。\n做了"
    monkeypatch.setattr(app, "fill_book", lambda cells: 1 / 0)
    assert addin.answer("fill.run").startswith("!fill.run：程序出了错")
    assert person.told == [] and person.warned == []


def test_when_the_warm_way_failed_it_is_said_once_and_remembered(
    monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    from perfmon_xl.app import installing

    kept: list[int] = []
    monkeypatch.setattr(installing, "remember_cold", lambda: kept.append(1))
    called_from(monkeypatch, Book(App()))
    monkeypatch.setattr(app, "fill_book", lambda cells: ("做了",))
    pressed_cold("fill.run", person, warm_failed=True)
    assert kept == [1] and person.last.startswith("已填充。\n做了\n\n（后台的 Python 没有起来")
    pressed_cold("fill.run", person)
    assert kept == [1] and person.last == "已填充。\n做了"
