"""Excel as a program of its own: the windows by which xlwings finds it, and a place in the running object table."""

from __future__ import annotations

import argparse
import ctypes
import sys
import time
from ctypes import wintypes
from pathlib import Path

import pythoncom

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from support.excel.application import Application, start
from support.excel.com import CLSID, COUNT, SETTINGS, Com, outward


def windows_of_excel(app: Application) -> int:
    """窗口 XLMAIN > XLDESK > EXCEL7；问 EXCEL7 要 OBJID_NATIVEOM 的，给它工作簿的窗口对象。"""
    user, oleacc = ctypes.windll.user32, ctypes.oledll.oleacc
    LRESULT, WPARAM, LPARAM = ctypes.c_ssize_t, wintypes.WPARAM, wintypes.LPARAM
    procedure = ctypes.WINFUNCTYPE(LRESULT, wintypes.HWND, wintypes.UINT, WPARAM, LPARAM)
    user.DefWindowProcW.restype, user.DefWindowProcW.argtypes = (
        LRESULT,
        [wintypes.HWND, wintypes.UINT, WPARAM, LPARAM],
    )
    oleacc.LresultFromObject.restype = LRESULT
    oleacc.LresultFromObject.argtypes = [ctypes.c_void_p, WPARAM, ctypes.c_void_p]
    to_interface = ctypes.PyDLL(pythoncom.__file__).PyCom_InterfaceFromPyObject
    to_interface.argtypes = [ctypes.py_object, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.c_int]
    iid = (ctypes.c_byte * 16).from_buffer_copy(bytes(memoryview(pythoncom.IID_IDispatch)))
    held = outward(ExcelWindow(app))

    @procedure
    def answer(hwnd, message, wparam, lparam):
        if message == 0x3D and ctypes.c_long(lparam).value == -16:  # WM_GETOBJECT, OBJID_NATIVEOM
            pointer = ctypes.c_void_p()
            if to_interface(held, iid, ctypes.byref(pointer), 0):
                return oleacc.LresultFromObject(iid, wparam, pointer)
        return user.DefWindowProcW(hwnd, message, wparam, lparam)

    class WNDCLASS(ctypes.Structure):
        _fields_ = [
            ("style", wintypes.UINT), ("proc", procedure), ("extra", ctypes.c_int), ("wextra", ctypes.c_int), ("instance", wintypes.HINSTANCE),
            ("icon", wintypes.HANDLE), ("cursor", wintypes.HANDLE), ("brush", wintypes.HANDLE), ("menu", wintypes.LPCWSTR), ("name", wintypes.LPCWSTR),
        ]  # fmt: skip

    user.CreateWindowExW.restype = wintypes.HWND
    user.CreateWindowExW.argtypes = [
        wintypes.DWORD,
        wintypes.LPCWSTR,
        wintypes.LPCWSTR,
        wintypes.DWORD,
        *[ctypes.c_int] * 4,
        *[wintypes.HANDLE] * 3,
        ctypes.c_void_p,
    ]
    parent = None
    first = None
    for name in ("XLMAIN", "XLDESK", "EXCEL7"):
        user.RegisterClassW(ctypes.byref(WNDCLASS(0, answer, 0, 0, None, None, None, None, None, name)))
        style = 0x40000000 if parent else 0x00CF0000
        parent = user.CreateWindowExW(
            0, name, app.front.name, style | 0x10000000, 0, 0, 400, 300, parent, None, None, None
        )
        if not parent:
            raise ctypes.WinError()
        first = first or parent
    app._keep = (answer, held)
    return int(first)


class ExcelWindow(Com):
    def __init__(self, app) -> None:
        self.app = app

    def get_Application(self):
        return self.app


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("book")
    parser.add_argument("--oracle")
    parser.add_argument("--reject", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=300)
    given = parser.parse_args()
    pythoncom.CoInitialize()
    app = start(given.book, oracle=given.oracle, reject=given.reject, seed=given.seed)
    app.hwnd = windows_of_excel(app)
    shown = outward(app)
    token = pythoncom.RegisterActiveObject(shown, CLSID, 0)
    print("ready", app.hwnd, flush=True)
    until = time.monotonic() + given.seconds
    while time.monotonic() < until and app.books:
        pythoncom.PumpWaitingMessages()
        time.sleep(0.001)
    pythoncom.RevokeActiveObject(token) if hasattr(pythoncom, "RevokeActiveObject") else None
    print("calls", sum(COUNT.values()), "rejected", SETTINGS["rejected"], flush=True)


if __name__ == "__main__":
    sys.exit(main())
