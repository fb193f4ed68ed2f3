"""One budget of time and memory for what is read from outside: a file made to swell ends in words, not in a dead machine.

The command line switches it on. Reading a file starts its time anew, so a folder of files takes as long as it takes;
a batch and LibreOffice have limits of their own. Time is that of the processor, so a busy machine changes nothing.
Windows has neither limit: there only sizes are looked at (ooxml/safety.py) and the template's process is stopped.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from types import FrameType

from perfmon_xl.domain.errors import UserError

SECONDS = 8.0
MEMORY = 1024 * 1024 * 1024
_reading: list[str] = []  # the file that is worked on; empty: not switched on


class OverBudgetError(UserError):
    """一个文件用的时间或内存超过了限度。"""


def switch_on() -> None:
    """从这里起，每读一个文件都计时，内存不超过限度。只在主线程里有用。"""
    limit_memory()
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGPROF, _stop)
        _reading[:] = [""]


def switch_off() -> None:
    if _reading and hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        _reading.clear()


def start(name: str) -> None:
    """读到一个文件：它的时间从现在算起。"""
    if _reading and threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        _reading[:] = [name]
        signal.setitimer(signal.ITIMER_PROF, SECONDS)


def limit_memory() -> None:
    """这个进程最多用这么多内存；系统没有这个限度的（Windows），不限。"""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def too_much() -> OverBudgetError:
    """超过了限度，怎么说。"""
    name = _reading[0] if _reading and _reading[0] else "这个文件"
    return OverBudgetError(
        f"{name} 里的内容多得不正常，{SECONDS:g} 秒或 1 GB 内存里读不完，已停下。",
        "请确认文件来源；真有这么多内容的，请分成几个文件。",
    )


def _stop(number: int, frame: FrameType | None) -> None:
    raise too_much()
