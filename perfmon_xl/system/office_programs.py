"""Office programs of this machine: LibreOffice, and the Word or WPS that can be asked for a PDF."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfmon_xl.system.windows import Machine

_WINDOWS = (
    Path(r"C:\Program Files\LibreOffice\program\soffice.exe"),
    Path(r"C:\Program Files (x86)\LibreOffice\program\soffice.exe"),
)
WORD, WPS = "Word", "WPS 文字"
# What each calls itself over COM; WPS may have put itself in Word's place (its option “compatible with Office”).
_PROGIDS = ("Word.Application", "KWPS.Application", "Kwps.Application", "wps.Application")
_CLASSES = r"Software\Classes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """能转 PDF 的文字处理程序：给人看的名字、COM 里的名字、程序文件的名字（不知道的是空的）。"""

    name: str
    progid: str
    image: str


def find_office() -> str | None:
    """LibreOffice 的程序，完整的路径；没有装的是 None。"""
    found = on_path("soffice") or on_path("libreoffice")
    return found or next((str(p) for p in _WINDOWS if p.exists()), None)


def find_writers(machine: Machine | None = None) -> tuple[Writer, ...]:
    """这台 Windows 上登记着的 Word、WPS，先 Word。不是 Windows 的、没有桌面的（计划任务、服务），一个也没有。"""
    if machine is None:
        from perfmon_xl.system.windows import ThisMachine

        machine = ThisMachine()
    if not machine.is_windows() or not machine.has_desktop() or machine.installed("pywin32") is None:
        return ()
    found: dict[str, Writer] = {}  # one class under two names is one program
    for progid in _PROGIDS:
        clsid = _default(machine, rf"{_CLASSES}\{progid}\CLSID")
        if not clsid:
            continue
        image = _image(_default(machine, rf"{_CLASSES}\CLSID\{clsid}\LocalServer32"))
        word = progid == _PROGIDS[0] and not image.lower().startswith(("wps", "kwps", "ksolaunch"))
        found.setdefault(clsid.lower(), Writer(name=WORD if word else WPS, progid=progid, image=image))
    return tuple(sorted(found.values(), key=lambda one: one.name != WORD))


def _default(machine: Machine, key: str) -> str:
    return next((str(v) for root in ("HKCU", "HKLM") if (v := machine.values(root, key).get(""))), "")


def _image(command: str) -> str:
    """登记的启动命令里程序文件的名字：“"C:\\…\\WINWORD.EXE" /Automation”的 WINWORD.EXE。"""
    quoted = re.match(r'\s*"([^"]+)"', command)
    path = quoted[1] if quoted else re.split(r"(?<=\.exe)\s", command, maxsplit=1, flags=re.IGNORECASE)[0]
    return PureWindowsPath(path.strip()).name


def on_path(name: str) -> str | None:
    """PATH 里的一个程序。不找当前文件夹：那里放着什么，不由我们说了算（Windows 的 which 先看那里）。"""
    suffix = ".exe" if sys.platform == "win32" else ""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        path = Path(folder) / f"{name}{suffix}"
        if Path(folder).is_absolute() and path.is_file() and os.access(path, os.X_OK):
            return str(path)
    return None
