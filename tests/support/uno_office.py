"""A running LibreOffice of our own, headless, and its bridge into this Python: own profile, own pipe, nothing shared."""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import pytest

from support.office import REQUIRED

_PACKAGES = "/usr/lib/python3/dist-packages"


@functools.cache
def have_uno() -> bool:
    """这个 Python 能不能直接用 uno（要和系统的 Python 同一个版本）。"""
    if shutil.which("soffice") is None:
        return False
    sys.path.append(_PACKAGES)  # last: only uno is wanted from there
    try:
        importlib.import_module("uno")
    except ImportError:
        sys.path.remove(_PACKAGES)
        return False
    return True


UNO_MARKS = (
    pytest.mark.office,
    pytest.mark.skipif(
        not have_uno() and not REQUIRED, reason="没有 LibreOffice，或 uno 是别的 Python 版本的"
    ),
)


def needs_uno(test):
    """这个测试要在这个进程里用 LibreOffice。"""
    for mark in UNO_MARKS:
        test = mark(test)
    return test


class Office:
    """开着的 LibreOffice。"""

    def __init__(self) -> None:
        from support.uno_desktop import connected, start, uno, value

        self.uno, self._hidden = uno, (value("Hidden", True),)
        self.folder = Path(tempfile.mkdtemp(prefix="perfmon-office-"))
        pipe = f"p{uuid.uuid4().hex[:12]}"
        self.process = start(self.folder / "profile", pipe)
        try:
            self.desktop = connected(pipe)
        except RuntimeError:
            self.close()
            raise

    def open(self, path: Path):
        """打开一个文件；只开副本，免得留下锁文件。"""
        url = self.uno.systemPathToFileUrl(str(Path(path).resolve()))
        document = self.desktop.loadComponentFromURL(url, "_blank", 0, self._hidden)
        if document is None:
            raise FileNotFoundError(path)
        return document

    def new(self):
        return self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, self._hidden)

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self.desktop.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        with contextlib.suppress(ProcessLookupError):
            # soffice is a wrapper: the program itself is another process of the group
            os.killpg(self.process.pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)
