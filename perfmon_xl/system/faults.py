"""What a fault of the program leaves behind: its details in a file of the user's own, never a traceback on the screen."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import traceback
from pathlib import Path

LOG_NAME = "perfmon-xl-error.log"
_MOST = 1 << 20  # bytes: an old log is put aside, not grown for ever


def log_folder() -> Path:
    """记录放在哪里：只有自己能写的文件夹。"""
    local = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None
    return Path(local) / "perfmon-xl" if local else Path.home() / ".perfmon_xl" / "log"


def log_fault(what: str, fault: BaseException | None = None) -> Path | None:
    """把 fault（不给的是正在处理的异常）的详情记下来，返回文件名；what 是当时在做什么。哪里都记不了的是 None。

    本身绝不出错。
    """
    try:
        told = traceback.format_exc() if fault is None else "".join(traceback.format_exception(fault))
        details = f"{what}\n{told}\n".encode("utf-8", "backslashreplace")
    except Exception:  # a fault whose own text cannot be made
        details = b"(no details)\n"
    for attempt in (_in_own_folder, _in_new_file):
        with contextlib.suppress(Exception):
            return attempt(details)
    return None


def fault_message(log: Path | None) -> str:
    """给人看的一句话。"""
    where = (
        f"详情在 {log}，请把它发给维护人员。"
        if log is not None
        else "详情没有地方能记，请把您做的步骤告诉维护人员。"
    )
    return f"程序出了错，文件没有改动。{where}"


def _in_own_folder(details: bytes) -> Path:
    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / LOG_NAME
    with contextlib.suppress(OSError):
        if path.lstat().st_size > _MOST:
            path.replace(path.with_suffix(".old.log"))
    # No link is followed: what stands there must be our own file.
    flags = (
        os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    _write(os.open(path, flags, 0o600), details)
    return path


def _in_new_file(details: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(prefix="perfmon-xl-error-", suffix=".log")
    _write(descriptor, details)
    return Path(name)


def _write(descriptor: int, details: bytes) -> None:
    with os.fdopen(descriptor, "ab") as out:
        out.write(details)
