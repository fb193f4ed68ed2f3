"""Talking to the person through Windows and Excel: message boxes, questions, file pickers."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from perfmon_xl.ribbon.context import Dialogs, FileKinds
from perfmon_xl.ribbon.talking import file_filter
from perfmon_xl.system.com import not_given

T = TypeVar("T")
TITLE = "绩效监控"
_YES_NO, _WARNING, _INFORMATION, _QUESTION = 0x4, 0x30, 0x40, 0x20
_IN_FRONT = 0x10000  # MB_SETFOREGROUND: Python is not the program in front
_YES = 6
_TEXT = 2  # Application.InputBox: a text
_FOLDER_PICKER = 4  # msoFileDialogFolderPicker


class ExcelDialogs:
    """在 Excel 窗口上弹出的对话框；app 是 xlwings 的 App。"""

    def __init__(self, app: Any) -> None:
        self._app = app

    def tell(self, text: str, *, warning: bool = False) -> None:
        _message_box(self._window(), text, _WARNING if warning else _INFORMATION)

    def ask(self, question: str) -> bool:
        return _message_box(self._window(), question, _YES_NO | _QUESTION) == _YES

    def ask_text(self, question: str, suggested: str = "") -> str | None:
        answer = self._app.api.InputBox(question, TITLE, suggested, *_left_out(4), _TEXT)
        return answer.strip() if isinstance(answer, str) else None

    def open_file(self, title: str, kinds: FileKinds) -> Path | None:
        return _path(self._app.api.GetOpenFilename(file_filter(kinds), not_given(), title))

    def save_file(self, title: str, suggested: str, kinds: FileKinds) -> Path | None:
        return _path(self._app.api.GetSaveAsFilename(suggested, file_filter(kinds), not_given(), title))

    def folder(self, title: str) -> Path | None:
        picker = self._app.api.FileDialog(_FOLDER_PICKER)
        picker.Title = title
        return Path(picker.SelectedItems(1)) if picker.Show() == -1 else None

    def show(self, path: Path) -> None:
        if sys.platform == "win32":
            os.startfile(path)

    def _window(self) -> int:
        try:
            return int(self._app.hwnd or 0)
        except Exception:  # busy, or gone: the box then stands alone
            return 0


class AfterEach:
    """每个对话框关掉以后做一件事；其余照给的对话框。"""

    def __init__(self, dialogs: Dialogs, after: Callable[[], object]) -> None:
        self._dialogs, self._after = dialogs, after

    def tell(self, text: str, *, warning: bool = False) -> None:
        self._dialogs.tell(text, warning=warning)
        self._after()

    def ask(self, question: str) -> bool:
        return self._then(self._dialogs.ask(question))

    def ask_text(self, question: str, suggested: str = "") -> str | None:
        return self._then(self._dialogs.ask_text(question, suggested))

    def open_file(self, title: str, kinds: FileKinds) -> Path | None:
        return self._then(self._dialogs.open_file(title, kinds))

    def save_file(self, title: str, suggested: str, kinds: FileKinds) -> Path | None:
        return self._then(self._dialogs.save_file(title, suggested, kinds))

    def folder(self, title: str) -> Path | None:
        return self._then(self._dialogs.folder(title))

    def show(self, path: Path) -> None:
        self._dialogs.show(path)

    def _then(self, answer: T) -> T:
        self._after()
        return answer


def _left_out(count: int) -> list[object]:
    return [not_given()] * count


def _path(chosen: object) -> Path | None:
    """取消了的，Excel 给 False。"""
    return Path(chosen) if isinstance(chosen, str) else None


def _message_box(window: int, text: str, flags: int) -> int:
    if sys.platform != "win32":
        print(text, file=sys.stderr)
        return 0
    import ctypes

    return int(ctypes.windll.user32.MessageBoxW(window, text, TITLE, flags | _IN_FRONT))


def last_resort(text: str, *, warning: bool = True) -> None:
    """连 Excel 都问不到的时候，也让人看见一句话。"""
    _message_box(0, text, _WARNING if warning else _INFORMATION)
