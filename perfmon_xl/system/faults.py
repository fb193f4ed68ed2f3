"""What a fault of the program leaves behind: its details in a file, never a traceback before a person."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path

LOG_NAME = "perfmon-xl-error.log"


def log_fault(what: str) -> Path:
    """把正在处理的异常的详情记到临时文件夹，返回文件名；what 是当时在做什么。"""
    path = Path(tempfile.gettempdir()) / LOG_NAME
    try:
        with path.open("a", encoding="utf-8") as out:
            out.write(f"{what}\n{traceback.format_exc()}\n")
    except OSError:
        print(traceback.format_exc(), file=sys.stderr)
    return path
