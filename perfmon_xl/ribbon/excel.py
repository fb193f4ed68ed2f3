"""The Excel around the workbook, through xlwings: which workbook is in front, where the person is, the status bar.

What only Excel itself can answer (`.api`) is asked in one place, `_asked`; other engines get the harmless answer.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ribbon.context import ButtonContext
from perfmon_xl.ribbon.talking import LaterDialogs
from perfmon_xl.workbook.live.book import XlwingsBook
from perfmon_xl.workbook.live.native import is_busy
from perfmon_xl.workbook.port import CellRef, Workbook

T = TypeVar("T")
_TRIES, _PAUSE = 10, 0.3
_MOST_CALLS = 10_000  # xlwings would repeat a rejected call for ever
_ESCAPE, _HELD_DOWN = 0x1B, 0x8000


def xlwings() -> Any:
    """xlwings，去掉它的两个毛病：退出时杀掉没有窗口的 Excel；Excel 忙时永远等下去。"""
    import xlwings as xw

    if sys.platform == "win32":
        import atexit

        from xlwings import _xlwindows

        atexit.unregister(_xlwindows.cleanup)
        _xlwindows.N_COM_ATTEMPTS = _MOST_CALLS
    return xw


def context_from_caller(answers: Sequence[str | None]) -> ButtonContext:
    """按按钮时眼前的 Excel。不弹框：照已有的回答做，还没有的问题交给 VBA。"""
    xw = xlwings()
    program = ExcelProgram(patiently(lambda: _caller(xw)))
    return ButtonContext(program, LaterDialogs(answers))


def _caller(xw: Any) -> Any:
    """VBA 说的那个工作簿；名字传不过来的（xlwings 会在等号处截断），Excel 等着我们，眼前的还是它。"""
    try:
        return xw.Book.caller()
    except Exception as error:
        if is_busy(error):
            raise
        active = xw.books.active if xw.apps else None
        if active is None:
            raise UserError("没有打开的工作簿。", "请先打开或新建一个工作簿，再点一次。") from error
        return active


def patiently(ask: Callable[[], T], *, wait: Callable[[float], object] = time.sleep) -> T:
    """Excel 忙的时候多问几次；一直忙，最后一次的错误照原样。"""
    for _ in range(_TRIES - 1):
        try:
            return ask()
        except Exception as error:
            if not is_busy(error):
                raise
            wait(_PAUSE)
    return ask()


def _escape_held() -> bool:
    """Excel 等着我们，收不到键；系统知道。只看现在按着没有：“上次问过以后按过”的那一位，会把早先取消对话框的 Esc 算进来。"""
    if sys.platform != "win32":
        return False
    import ctypes

    return bool(ctypes.windll.user32.GetAsyncKeyState(_ESCAPE) & _HELD_DOWN)


class ExcelProgram:
    """打开着 book（xlwings 的 Book）的那个 Excel。"""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._esc_was_up = True

    def book(self) -> ExcelBook:
        patiently(lambda: self._book.name)
        if self._asked(lambda book: book.Application.ActiveProtectedViewWindow is not None, False):
            raise UserError(
                "眼前的工作簿在“受保护的视图”里，没有动它。", "请先点黄色条上的“启用编辑”，再点一次按钮。"
            )
        app = self._book.app
        if app.calculation != "automatic":
            app.calculate()
        return ExcelBook(self._book)

    def open(self, path: Path) -> None:
        self._book.app.books.open(str(path))

    def status(self, text: str) -> None:
        with contextlib.suppress(NotImplementedError):
            self._book.app.status_bar = text or False

    def stop_asked(self) -> bool:
        held = _escape_held()
        self._esc_was_up = self._esc_was_up or not held
        return held and self._esc_was_up

    def forget_stop(self) -> None:
        self._esc_was_up = not _escape_held()

    def _asked(self, ask: Callable[[Any], T], otherwise: T) -> T:
        return _ask_excel(self._book, ask, otherwise)


class ExcelBook:
    """Excel 里打开着的一个工作簿；book 是 xlwings 的 Book。"""

    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def name(self) -> str:
        return str(self._book.name)

    @property
    def path(self) -> Path | None:
        try:
            path = Path(self._book.fullname)
        except Exception:  # xlwings cannot tell where a workbook of OneDrive lies
            return None
        return path if path.is_absolute() and path.exists() else None

    @property
    def read_only(self) -> bool:
        return _ask_excel(self._book, lambda book: bool(book.ReadOnly), False)

    @property
    def saved(self) -> bool:
        return _ask_excel(self._book, lambda book: bool(book.Saved), True)

    def save(self) -> None:
        self._book.save()

    def copy(self, path: Path) -> None:
        def ask(book: Any) -> bool:
            book.SaveCopyAs(str(path))
            return True

        if not _ask_excel(self._book, ask, False) and self.path is not None:
            path.write_bytes(self.path.read_bytes())

    def cells(self) -> Workbook:
        return XlwingsBook(self._book)

    def selected(self) -> CellRef | None:
        area = self._book.app.selection
        if area is None:
            return None
        return CellRef(area.sheet.name, area.row, area.column)

    def go_to(self, place: CellRef) -> None:
        sheet = self._book.sheets[place.sheet]
        sheet.activate()
        sheet.range(place.a1).select()


def _ask_excel(book: Any, ask: Callable[[Any], T], otherwise: T) -> T:
    """只有 Excel 自己答得上的。"""
    return ask(book.api) if book.app.engine.name == "excel" else otherwise
