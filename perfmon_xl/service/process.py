"""The worker's process seen from the service: started before it is needed, asked one thing at a time, ended at any moment."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

_MOST_JOBS = 20  # its memory grows a little with each
_FAREWELL = 3.0  # seconds for its “finally”s
_MODULE = "perfmon_xl.service.worker"


class WorkerEnded(Exception):  # noqa: N818 - somebody asked for it, or the system did
    """进程没有把这件事做完就没了。"""


class WorkerProcess:
    """一个做事的进程；没有就现起一个。perform 一次一个，end 从别的线程叫。"""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._jobs = 0
        self._changing = threading.Lock()

    @property
    def pid(self) -> int | None:
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        """先起好，等着。"""
        with self._changing:
            self._started()

    def perform(self, asked: Mapping[str, Any], step: Callable[[str], None]) -> dict[str, Any]:
        """做一件事，返回最后的答话；进程半路没了的是 WorkerEnded。"""
        with self._changing:
            process = self._started()
        self._jobs += 1
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps(asked, ensure_ascii=True) + "\n")
            process.stdin.flush()
            for line in process.stdout:
                told: dict[str, Any] = json.loads(line)
                if "step" not in told:
                    return told
                step(told["step"])
        except (OSError, ValueError):
            pass
        raise WorkerEnded

    def rest(self) -> None:
        """一件事做完以后：做得多了的换掉。"""
        if self._jobs >= _MOST_JOBS:
            self.end()

    def end(self) -> None:
        """停下，连同它起的 LibreOffice；先好好说，不听的强行结束。"""
        with self._changing:
            process, self._process, self._jobs = self._process, None, 0
        if process is None or process.poll() is not None:
            return
        if sys.platform == "win32":
            subprocess.run(
                [_taskkill(), "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False
            )
        else:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
                try:
                    process.wait(_FAREWELL)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_FAREWELL)

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._jobs = 0
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", _MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._process


def _taskkill() -> str:
    """完整的路径：当前文件夹里的不用。"""
    return str(Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe"))
