"""Which characters no Word file can hold: one answer for whoever prints, refuses or names rows by texts."""

from __future__ import annotations

import re

HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # one surrogate without the other: UTF-8 refuses it
# Control characters, halves of characters, the private use area.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\uf8ff\ufffe\uffff]")


def unprintable(character: str) -> bool:
    """Word 里放不下的字：控制符、半个字、私用区的字。

    >>> unprintable("\\x07"), unprintable("字")
    (True, False)
    """
    return UNPRINTABLE.match(character) is not None
