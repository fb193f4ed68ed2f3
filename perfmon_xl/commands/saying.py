"""Output of a command on stdout, worded for its reader: at a command line, or before the offline package's icons."""

from __future__ import annotations

import os

from perfmon_xl.domain.message import Message, Reader, Wordable

DESK = "PERFMON_XL_DESK"  # set by the .cmd files and the icons of the offline package: nobody there types commands


def reader() -> Reader:
    """谁在看。"""
    return Reader.DESK if os.environ.get(DESK) else Reader.COMMAND_LINE


def say(*lines: Wordable) -> None:
    """几行话。"""
    print(Message.join("\n", lines).worded(reader()))
