"""How far a batch has come, on a terminal: how many, how fast, how long still."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from perfmon_xl.batch.engine import Tally

_EVERY = 0.2  # seconds between two lines
_WIDTH = 79


class ProgressLine:
    """一行，就地更新；不是终端的不写。"""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._start, self._shown = clock(), float("-inf")
        self._on = stream.isatty()

    def __call__(self, tally: Tally) -> None:
        now = self._clock()
        last = tally.seen == tally.whole
        if self._on and (last or now - self._shown >= _EVERY):
            self._shown = now
            text = progress_text(tally, now - self._start)
            self._stream.write(f"\r{text}{' ' * (_WIDTH - 2 * len(text))}" + ("\n" if last else ""))
            self._stream.flush()

    def broken_off(self) -> None:
        """没有做完：换一行，别的话另起。"""
        if self._on and self._shown > float("-inf"):
            self._stream.write("\n")


def progress_text(tally: Tally, seconds: float) -> str:
    """做到哪了、多快、还要多久；没有变的不算进速度。

    >>> progress_text(Tally(whole=200, seen=50, unchanged=10, failed=2), 20)
    '50/200，每秒 2 个，还要约 1 分 15 秒，没有做成 2 个'
    """
    parts = [f"{tally.seen}/{tally.whole}"]
    worked = tally.seen - tally.unchanged
    if worked and seconds > 0:
        rate = worked / seconds
        parts.append(f"每秒 {rate:.2g} 个" if rate < 100 else f"每秒 {rate:.0f} 个")
        if tally.seen < tally.whole:
            parts.append(f"还要约 {spelled((tally.whole - tally.seen) / rate)}")
    if tally.failed:
        parts.append(f"没有做成 {tally.failed} 个")
    return "，".join(parts)


def spelled(seconds: float) -> str:
    """时间长短的说法。

    >>> spelled(0.4), spelled(75), spelled(7500)
    ('1 秒', '1 分 15 秒', '2 小时 5 分')
    """
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} 秒"
    if whole < 3600:
        return f"{whole // 60} 分 {whole % 60} 秒"
    return f"{whole // 3600} 小时 {whole % 3600 // 60} 分"
