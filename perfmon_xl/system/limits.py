"""How a system limits one process: processor time that rings an alarm, memory that is refused.

Linux and macOS: an interval timer and RLIMIT_AS. Windows has neither: there a thread looks at the processor time and
interrupts the main thread (between two steps of Python, not inside a pattern), and a job object of our own holds the memory (processes that we start are not in it).
"""

from __future__ import annotations

import _thread
import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

Handler = Callable[[int, FrameType | None], None]
_AGAIN = 1.0  # seconds: whoever swallowed the alarm hears it once more
_LOOK = 0.2  # seconds
_job: list[int] = []  # Windows: the handle of our job object


class Alarm:
    """处理器时间用完了，打断主线程：在那里叫 handler。"""

    def __init__(self, *, by_thread: bool = not hasattr(signal, "setitimer")) -> None:
        self._by_thread = by_thread
        # Windows knows few signals; this one means Ctrl-Break and is free for it.
        self._signal = getattr(signal, "SIGBREAK", None) or getattr(
            signal, "SIGUSR2" if by_thread else "SIGPROF"
        )
        self._until: float | None = None
        self._before: Any = None
        self._watching: threading.Thread | None = None

    def ready(self, handler: Handler) -> None:
        """handler 从这里起听着；时间还没有开始算。只能在主线程里叫。"""
        self._before = signal.signal(self._signal, handler)

    def after(self, seconds: float) -> None:
        """过这么多秒响，以后每秒再响一次；0 是不响。"""
        if not self._by_thread:
            signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN if seconds else 0)
            return
        self._until = time.process_time() + seconds if seconds else None
        if seconds and self._watching is None:
            self._watching = threading.Thread(target=self._watch, name="budget", daemon=True)
            self._watching.start()

    def away(self) -> None:
        """不响了，信号照原来的。"""
        self.after(0)
        signal.signal(self._signal, self._before if self._before is not None else signal.SIG_DFL)

    def _watch(self) -> None:
        while True:
            time.sleep(_LOOK)
            until = self._until
            if until is not None and time.process_time() >= until:
                self._until = until + _AGAIN
                _thread.interrupt_main(self._signal)


def limit_memory(most: int) -> None:
    """这个进程最多用这么多内存；已经用了一大半的（住在别的程序里），再给这么多。系统不管这个的，不限。"""
    with contextlib.suppress(ImportError, ValueError, OSError, AttributeError):
        if sys.platform == "win32":
            _limit_job(most)
            return
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        used = _address_space()
        room = most if used < most // 2 else used + most
        resource.setrlimit(
            resource.RLIMIT_AS, (room if hard == resource.RLIM_INFINITY else min(room, hard), hard)
        )


def unlimit_memory() -> None:
    """撤掉 limit_memory 设的。"""
    with contextlib.suppress(ImportError, ValueError, OSError, AttributeError):
        if sys.platform == "win32":
            _limit_job(0)
            return
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _address_space() -> int:
    """现在占着的地址空间，字节；问不到的是 0。"""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _limit_job(most: int) -> None:
    """Windows：我们自己的作业对象，一个进程最多这么多内存；0 是不限。我们起的进程（LibreOffice）不在里面。"""
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    kernel.SetInformationJobObject.argtypes = [
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
    ]

    class Limits(ctypes.Structure):  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION
        _fields_ = [
            ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", wintypes.DWORD),
            ("least_set", ctypes.c_size_t), ("most_set", ctypes.c_size_t), ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t), ("priority", wintypes.DWORD), ("scheduling", wintypes.DWORD),
            ("counters", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t), ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t), ("peak_job", ctypes.c_size_t),
        ]  # fmt: skip

    process_memory, silent_breakaway, extended = 0x100, 0x1000, 9
    if not _job:
        job = kernel.CreateJobObjectW(None, None)
        if not job or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
            return
        _job.append(job)
    limits = Limits(flags=silent_breakaway | (process_memory if most else 0), process_memory=most)
    kernel.SetInformationJobObject(_job[0], extended, ctypes.byref(limits), ctypes.sizeof(limits))
