"""Office programs of this machine: where LibreOffice is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_WINDOWS = (
    Path(r"C:\Program Files\LibreOffice\program\soffice.exe"),
    Path(r"C:\Program Files (x86)\LibreOffice\program\soffice.exe"),
)


def find_office() -> str | None:
    """LibreOffice 的程序，完整的路径；没有装的是 None。"""
    found = on_path("soffice") or on_path("libreoffice")
    return found or next((str(p) for p in _WINDOWS if p.exists()), None)


def on_path(name: str) -> str | None:
    """PATH 里的一个程序。不找当前文件夹：那里放着什么，不由我们说了算（Windows 的 which 先看那里）。"""
    suffix = ".exe" if sys.platform == "win32" else ""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        path = Path(folder) / f"{name}{suffix}"
        if Path(folder).is_absolute() and path.is_file() and os.access(path, os.X_OK):
            return str(path)
    return None
