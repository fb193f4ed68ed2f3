"""The Word and WPS of this Windows that can be asked for a PDF: what is registered, nothing started."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PureWindowsPath

from perfmon_xl.system.windows import Machine, ThisMachine

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


def find_writers(machine: Machine | None = None) -> tuple[Writer, ...]:
    """这台 Windows 上登记着的 Word、WPS，先 Word。不是 Windows 的、没有桌面的（计划任务、服务），一个也没有。"""
    machine = machine or ThisMachine()
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
    return tuple(sorted(found.values(), key=lambda writer: writer.name != WORD))


def _default(machine: Machine, key: str) -> str:
    return next((str(v) for root in ("HKCU", "HKLM") if (v := machine.values(root, key).get(""))), "")


def _image(command: str) -> str:
    """登记的启动命令里程序文件的名字：“"C:\\…\\WINWORD.EXE" /Automation”的 WINWORD.EXE。"""
    quoted = re.match(r'\s*"([^"]+)"', command)
    path = quoted[1] if quoted else re.split(r"(?<=\.exe)\s", command, maxsplit=1, flags=re.IGNORECASE)[0]
    return PureWindowsPath(path.strip()).name
