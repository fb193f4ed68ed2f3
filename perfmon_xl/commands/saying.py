"""What a command says on stdout, in the command line's own words."""

from __future__ import annotations

from perfmon_xl.domain.message import Message, Reader, Wordable


def say(*lines: Wordable) -> None:
    """几行话。"""
    print(Message.join("\n", lines).worded(Reader.COMMAND_LINE))
