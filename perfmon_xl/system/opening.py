"""A file opened in the program that the system has for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from perfmon_xl.system.limits import unlimit_memory
from perfmon_xl.system.office_programs import on_path


def open_in_system(path: Path) -> bool:
    """用系统里管这种文件的程序打开；没有这样的程序、打不开的，是 False。"""
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return True
        program = on_path("open" if sys.platform == "darwin" else "xdg-open")
        if program is None:
            return False
        unlimit_memory()  # ours is for files from outside: a Writer or a browser does not live on it
        nowhere = subprocess.DEVNULL
        subprocess.Popen([program, str(path)], start_new_session=True, stdout=nowhere, stderr=nowhere)
    except OSError:
        return False
    return True
