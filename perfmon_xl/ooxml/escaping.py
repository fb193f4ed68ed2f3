"""Text for XML and back, as `xml.sax.saxutils` has it, which loads urllib, http and ssl with it."""

from __future__ import annotations

from collections.abc import Mapping

_IN_ATTRIBUTES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;", '"': "&quot;"}


def escape(text: str, more: Mapping[str, str] | None = None) -> str:
    """more：还要换的字和换成什么。

    >>> escape("a<b & c"), escape('"', {'"': "&quot;"})
    ('a&lt;b &amp; c', '&quot;')
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for letter, written in (more or {}).items():
        text = text.replace(letter, written)
    return text


def unescape(text: str, more: Mapping[str, str] | None = None) -> str:
    """more：还要换回来的写法和是什么字；&amp; 最后换。

    >>> unescape("a&lt;b &amp;amp; c")
    'a<b &amp; c'
    """
    text = text.replace("&lt;", "<").replace("&gt;", ">")
    for written, letter in (more or {}).items():
        text = text.replace(written, letter)
    return text.replace("&amp;", "&")


def quoted(text: str) -> str:
    """一个属性的值，带引号。

    >>> quoted('a"b<c')
    '"a&quot;b&lt;c"'
    """
    return f'"{escape(text, _IN_ATTRIBUTES)}"'
