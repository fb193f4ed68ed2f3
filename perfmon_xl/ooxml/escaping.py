"""Text in XML. As `xml.sax.saxutils`, which brings urllib, http and email along: a fortieth of what `check` costs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NONE: Mapping[str, str] = MappingProxyType({})
_BLANKS = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}  # an attribute would turn them into spaces


def escape(text: str, more: Mapping[str, str] = _NONE) -> str:
    """文字写进 XML；more 里的字也换。

    >>> escape("<A&B>")
    '&lt;A&amp;B&gt;'
    """
    text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    for character, written in more.items():
        text = text.replace(character, written)
    return text


def unescape(text: str, more: Mapping[str, str] = _NONE) -> str:
    """escape 反过来；more 里的写法也认。&amp; 最后换：“&amp;lt;”是“&lt;”四个字。

    >>> unescape("&amp;lt;")
    '&lt;'
    """
    text = text.replace("&lt;", "<").replace("&gt;", ">")
    for written, character in more.items():
        text = text.replace(written, character)
    return text.replace("&amp;", "&")


def quoteattr(text: str) -> str:
    """一个属性的值，连引号。

    >>> print(quoteattr('说"是"'))
    '说"是"'
    """
    text = escape(text, _BLANKS)
    if '"' not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else '"' + text.replace('"', "&quot;") + '"'
