"""Run by a Python of its own, never inside Excel: the user's own Word or WPS turns one .docx into a PDF, over COM.

Usage: word_converter.py PROGID IMAGE SOURCE TARGET [BOOKMARK …]. SOURCE is a copy that nobody else has open; IMAGE the name
of the program's file (WINWORD.EXE). Each line on stdout is JSON: {"pid": …} when the program's process is known,
{"pages": […]} with the page of each bookmark, at last {"ok": true} or {"ok": false, "code": …, "why": …}.

A program of its own is started and nothing else touched; it is ended here alone: by Quit, or, when whoever started this
closes our stdin (time is up, somebody cancelled, or died), by its process id, unless a person has it before them.
"""

import contextlib
import ctypes
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import PureWindowsPath
from typing import Any

# RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER: a cold Word answers so, and one with a dialog open
BUSY = (-2147418111, -2147417846)
_TRIES, _PAUSE = 10, 0.3
_ALERTS_NONE, _MACROS_OFF, _DO_NOT_SAVE = 0, 3, 0
_PDF, _FOR_PRINT, _WHOLE, _CONTENT, _HEADINGS = 17, 0, 0, 0, 1
_PAGE_IN_SECTION = 1  # wdActiveEndAdjustedPageNumber: as printed on the page
_FRAME = "OpusApp"  # the class of Word's window

Say = Callable[[dict[str, object]], None]


class Patient:
    """A COM object whose calls are asked again while the program is busy."""

    def __init__(self, thing: Any, wait: Callable[[float], object] = time.sleep) -> None:
        self.__dict__.update(_thing=thing, _wait=wait)

    def _again(self, ask: Callable[[], Any]) -> Any:
        for left in range(_TRIES, -1, -1):
            try:
                got = ask()
            except Exception as error:
                if getattr(error, "hresult", None) not in BUSY or not left:
                    raise
                self._wait(_PAUSE)
            else:
                plain = got is None or isinstance(got, bool | int | float | str)
                return got if plain else Patient(got, self._wait)

    def __getattr__(self, name: str) -> Any:
        return self._again(lambda: getattr(self._thing, name))

    def __setattr__(self, name: str, value: object) -> None:
        self._again(lambda: setattr(self._thing, name, value))

    def __call__(self, *given: object) -> Any:
        return self._again(lambda: self._thing(*given))


def converse(word: Any, source: str, target: str, names: Sequence[str], say: Say) -> None:
    """The whole conversation with a program that was started for it. Every argument by position: see system/com.py."""
    word.Visible = False
    word.DisplayAlerts = _ALERTS_NONE
    with contextlib.suppress(Exception):  # WPS may not know it
        word.AutomationSecurity = _MACROS_OFF
    try:
        document = word.Documents.Open(
            source,
            False,  # ConfirmConversions
            True,  # ReadOnly
            False,  # AddToRecentFiles
            "", "",  # PasswordDocument, PasswordTemplate: a wrong one is an error, none is a dialog
            False,  # Revert
            "", "",  # WritePasswordDocument, WritePasswordTemplate
            0, 0,  # Format, Encoding
            False,  # Visible
            False,  # OpenAndRepair
            0, True,  # DocumentDirection, NoEncodingDialog
        )  # fmt: skip
        try:
            say({"pages": _pages(document, names)})
            document.ExportAsFixedFormat(
                target, _PDF,
                False, _FOR_PRINT,  # OpenAfterExport, OptimizeFor
                _WHOLE, 1, 1,  # Range, From, To
                _CONTENT,  # Item: without comments and revisions
                True, True,  # IncludeDocProps, KeepIRM
                _HEADINGS,  # CreateBookmarks
                True, True, False,  # DocStructureTags, BitmapMissingFonts, UseISO19005_1
            )  # fmt: skip
        finally:
            document.Close(_DO_NOT_SAVE)
    finally:
        if word.Documents.Count:  # a file that the person double-clicked came to our hidden program
            word.Visible = True
        else:
            word.Quit(_DO_NOT_SAVE)


def _pages(document: Any, names: Sequence[str]) -> list[int] | None:
    """Contents updated (the numbers alone: the entries and their bookmarks are ours), then the page of each bookmark."""
    try:
        for _ in range(2):  # the length of the contents may move the pages
            document.Repaginate()
            for number in range(1, document.TablesOfContents.Count + 1):
                document.TablesOfContents(number).UpdatePageNumbers()
        return [int(document.Bookmarks(name).Range.Information(_PAGE_IN_SECTION)) for name in names]
    except Exception:  # WPS has not all of it; the PDF is made all the same
        return None


# --- Windows ----------------------------------------------------------------------------------------------------


def started(progid: str, image: str) -> tuple[Any, int]:
    """A program of its own (DispatchEx, never one that is open already), and its process where that is certain."""
    import win32com.client

    before = _processes(image)
    word = win32com.client.DispatchEx(progid)
    new = _processes(image) - before
    return word, new.pop() if len(new) == 1 else 0


def _processes(image: str) -> set[int]:
    import win32api
    import win32con
    import win32process

    processes = set()
    for pid in win32process.EnumProcesses():
        with contextlib.suppress(Exception):
            process = win32api.OpenProcess(
                win32con.PROCESS_QUERY_INFORMATION | win32con.PROCESS_VM_READ, False, pid
            )
            if PureWindowsPath(win32process.GetModuleFileNameEx(process, 0)).name.lower() == image.lower():
                processes.add(pid)
    return processes


def before_a_person(pid: int) -> bool:
    """This process has a window of Word's own that somebody sees."""
    import win32gui
    import win32process

    seen = []

    def look(window: int, _: object) -> bool:
        if (
            win32process.GetWindowThreadProcessId(window)[1] == pid
            and win32gui.IsWindowVisible(window)
            and win32gui.GetClassName(window) == _FRAME
        ):
            seen.append(window)
        return True

    with contextlib.suppress(Exception):
        win32gui.EnumWindows(look, None)
    return bool(seen)


def end(pid: int, seen: Callable[[int], bool], kill: Callable[[int], object]) -> None:
    """The program we started is ended, unless its process is not known or a person has come to use it."""
    if pid and not seen(pid):
        with contextlib.suppress(OSError):
            kill(pid)


def _kill(pid: int) -> None:
    handle = ctypes.windll.kernel32.OpenProcess(1, False, pid)  # type: ignore[attr-defined,unused-ignore]
    ctypes.windll.kernel32.TerminateProcess(handle, 1)  # type: ignore[attr-defined,unused-ignore]


def main(progid: str, image: str, source: str, target: str, names: Sequence[str]) -> int:
    lock = threading.Lock()
    pid = 0

    def say(told: dict[str, object]) -> None:
        with lock:
            print(json.dumps(told), flush=True)

    def watch() -> None:
        with contextlib.suppress(OSError, ValueError):
            while os.read(0, 4096):
                pass
        end(pid, before_a_person, _kill)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    try:
        word, pid = started(progid, image)
        say({"pid": pid})
        converse(Patient(word), source, target, names, say)
    except Exception as error:
        say({"ok": False, "code": getattr(error, "hresult", 0), "why": str(error)})
        return 1
    say({"ok": True})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:]))
