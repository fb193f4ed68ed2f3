"""The cells of a worksheet part straight from its text: one regex pass instead of three objects a cell.

Only for parts written the usual way, as Excel, WPS, LibreOffice and we ourselves write them. Anything else
(another order of attributes, prefixes, rich text in a cell, comments) is `None`: the tree is read instead.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.sax.saxutils import unescape

_HEAD = re.compile(rb'\s*(?:<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")?[^>]*\?>\s*)?<worksheet[\s>]')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?(?:/>|>'
    r"(?:(<f)(?:/>| [^<>]*/>|(?: [^<>]*)?>([^<]*)</f>))?"
    r'(?:<v/>|<v>([^<]*)</v>|(<is>)<t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_NUMBERED = re.compile("&#(?:x([0-9A-Fa-f]+)|([0-9]+));")
_NAMED = {"&quot;": '"', "&apos;": "'"}
_UNUSUAL = ("<!--", "<![CDATA[", "<?")


class Written(NamedTuple):
    """一格写在文件里的样子；没有的是空文字。"""

    letters: str
    row: str
    style: str
    kind: str
    has_formula: str
    formula: str
    value: str
    is_inline: str
    inline: str


def written_cells(data: bytes, namespace: str) -> list[Written] | None:
    """工作表部分里的全部单元格；写法不是通常那样的，返回 None。"""
    head = _HEAD.match(data)
    if head is None or f'<worksheet xmlns="{namespace}"'.encode() not in data[: head.end() + 100]:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    start, end = text.find("<sheetData>"), text.rfind("</sheetData>")
    if start < 0 or end < start or any(mark in text[start:end] for mark in _UNUSUAL):
        return None
    inside = text[start:end]
    if "\r" in inside:
        inside = inside.replace("\r\n", "\n").replace("\r", "\n")
    found = _CELL.findall(inside)
    if len(found) != inside.count("<c ") + inside.count("<c>"):
        return None
    return [Written._make(one) for one in found]


def plain(text: str) -> str:
    """XML 里写的文字是什么字。"""
    if "&" not in text:
        return text
    # &amp; comes last of all in unescape, so "&amp;#10;" stays the five characters that were typed
    return unescape(_NUMBERED.sub(_character, text), _NAMED)


def _character(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16) if found[1] else int(found[2]))
    return "&amp;" if letter == "&" else letter
