"""Long work says what it is doing: one line on a terminal from the first second, nothing when piped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def working(what: str) -> Iterator[None]:
    """做的时候终端上有一行；做完擦掉。输出不是终端的，什么也不写。"""
    stream = sys.stderr
    shown = stream.isatty()
    if shown:
        stream.write(f"{what}\r")
        stream.flush()
    try:
        yield
    finally:
        if shown:
            stream.write(" " * (2 * len(what)) + "\r")
            stream.flush()
