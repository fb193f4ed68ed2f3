"""A file opened in the program that the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def open_in_system(path: Path) -> bool:
    """用系统里管这种文件的程序打开；系统没有办法打开的，是 False。"""
    if sys.platform == "win32":
        os.startfile(path)
        return True
    program = shutil.which("xdg-open")
    if program is None:
        return False
    subprocess.Popen(
        [program, str(path)], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return True
