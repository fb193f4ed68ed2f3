"""The lines that another process prints, read by a thread so that whoever waits for them can give up in time."""

from __future__ import annotations

import contextlib
import queue
from typing import IO


def read_lines(stream: IO[str], lines: queue.Queue[str]) -> None:
    """一行一行地放进 lines；对方退出了，放一个空的。"""
    with contextlib.suppress(ValueError, OSError):
        for line in stream:
            lines.put(line)
    lines.put("")
