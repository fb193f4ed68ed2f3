"""One budget of time and memory for what is read from outside: a file made to swell ends in words, not in a dead machine.

Switched on by the command line, the processes of a batch, the worker of the local page, and around the press of a
button. Reading a file starts its time anew, so a folder of files takes as long as it takes; LibreOffice has limits of
its own. Time is that of the processor, so a busy machine changes nothing. Only the main thread of a process can be
stopped: a library's user, a thread or a machine of a cluster that does a batch has the batch's own time limit alone.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.limits import Alarm, limit_memory, unlimit_memory

SECONDS = 8.0
MEMORY = 1024 * 1024 * 1024
_reading: list[str] = []  # the files that are worked on, the last one last; empty: not switched on
_MOST_NAMED = 3
_alarm = Alarm()


class Exhausted(BaseException):
    """处理器时间用完了。

    Like Ctrl-C, it may come at any step of any code, so no `except Exception` on the way may take it for something else
    (a damaged file, a fault of ours); whoever limits turns it into words.
    """


def switch_on() -> None:
    """从这里起，每读一个文件都计时，内存不超过限度。只在主线程里有用。"""
    if threading.current_thread() is not threading.main_thread():
        return
    limit_memory(MEMORY)
    _alarm.ready(_stop)
    sys.unraisablehook = _unraisable
    _reading[:] = [""]


def switch_off() -> None:
    """不再计时，内存照原来的。"""
    if _reading:
        _reading.clear()
        _alarm.away()
        unlimit_memory()
        sys.unraisablehook = sys.__unraisablehook__


def start(name: str) -> None:
    """读到一个文件：它的时间从现在算起。"""
    if _reading and threading.current_thread() is threading.main_thread():
        _reading[:] = [*(one for one in _reading if one not in ("", name)), name][-_MOST_NAMED:]
        _alarm.after(SECONDS)


def stop() -> None:
    """这个文件看完了：后面的事不算它的。"""
    if _reading and threading.current_thread() is threading.main_thread():
        _alarm.after(0)
        _reading[:] = [""]


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """一件事的限度：做完就撤。已经开着的照旧。时间、内存不够的，说成一句话。"""
    outermost = not _reading
    if outermost:
        switch_on()
    try:
        yield
    except (MemoryError, Exhausted):
        raise too_much() from None
    finally:
        if outermost:
            switch_off()


def too_much() -> UserError:
    """超过了限度，怎么说。"""
    names = [name for name in _reading if name]
    which = "、".join(names) or "这个文件"
    one_of = "（其中一个）" if len(names) > 1 else " "
    return UserError(
        f"{which}{one_of}里的内容多得不正常，{SECONDS:g} 秒或 1 GB 内存里读不完，已停下。",
        "请确认文件来源；真有这么多内容的，请分成几个文件。",
    )


def _stop(number: int, frame: FrameType | None) -> None:
    raise Exhausted


def _unraisable(event: sys.UnraisableHookArgs, /) -> None:
    """The alarm may ring where nothing can be raised (a weak reference that ends): it rings again a second later."""
    if not isinstance(event.exc_value, Exhausted):
        sys.__unraisablehook__(event)
