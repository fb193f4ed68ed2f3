"""A quoted name or value that is blank is said in words, once for all rules: no message has empty quotation marks."""

from __future__ import annotations

import re

from perfmon_xl.domain.message import Message, Wordable

_VALUE = re.compile(r"(?<=[是从为值])“\s*”")
_NAME = re.compile(r"“\s*”")
_LIST = re.compile(r"（\s*）")


def in_words(text: Wordable) -> Wordable:
    """空的引号换成话：名称空着的“（没有写名称）”，值空着的“空着的”。

    >>> str(in_words("“”的目标值是“”。")), str(in_words("写的是“甲”。"))
    ('“（没有写名称）”的目标值是空着的。', '写的是“甲”。')
    """
    if isinstance(text, str):
        return _filled(text)
    message = Message.of(text)
    return Message(tuple(_filled(p) if isinstance(p, str) else p for p in message.pieces))


def _filled(text: str) -> str:
    if "“" not in text and "（" not in text:
        return text
    return _LIST.sub("", _NAME.sub("“（没有写名称）”", _VALUE.sub("空着的", text)))
