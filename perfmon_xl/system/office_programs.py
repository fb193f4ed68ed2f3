"""Office programs of this machine: where LibreOffice is."""

from __future__ import annotations

import shutil
from pathlib import Path

_WINDOWS = (
    Path(r"C:\Program Files\LibreOffice\program\soffice.exe"),
    Path(r"C:\Program Files (x86)\LibreOffice\program\soffice.exe"),
)


def find_office() -> str | None:
    """LibreOffice 的程序；没有装的是 None。"""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((str(p) for p in _WINDOWS if p.exists()), None)
