"""The rows of a worksheet part as text: read by one regex, parsed only when something in them is written.

Only for parts written the usual way, as Excel, WPS, LibreOffice and we ourselves write them. Anything else
(another order of attributes, prefixes, rich text in a cell, comments) is `None`: the tree is read instead.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import unescape

_HEAD = re.compile(
    rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["']utf-8["'])?(?: standalone=["'](?:yes|no)["'])? ?\?>\s*)?"""
    rb"<worksheet(?: [^<>]*)?>",
    re.I,
)
_ROW = re.compile(r'<row r="([0-9]{1,7})"[^<>]*?(?:/>|>(.*?)</row>)', re.S)
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?(?:/>|>'
    r"(?:(<f)(?:/>| [^<>]*/>|(?: [^<>]*)?>([^<]*)</f>))?"
    r'(?:<v/>|<v>([^<]*)</v>|(<is>)<t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_START, _END = b"<sheetData>", b"</sheetData>"
EMPTY = b"<sheetData/>"
_UNUSUAL = ("<!--", "<![CDATA[", "<?", "\r")
_NUMBERED = re.compile("&#(?:x([0-9A-Fa-f]+)|([0-9]+));")
_NAMED = {"&quot;": '"', "&apos;": "'"}

# letters of the column, style, type, "<f" if there is a formula, formula, value, "<is>" if inline, inline text
Written = tuple[str, str, str, str, str, str, str, str]


class RowText(NamedTuple):
    """一行：文件里的文字，和里面的各格。"""

    text: str
    cells: list[Written]


class SheetText(NamedTuple):
    """一个工作表部分拆成两半：去掉各行以后的，和各行。"""

    around: bytes
    rows: dict[int, RowText]


def split_rows(data: bytes, namespace: str) -> SheetText | None:
    """把工作表部分拆开；写法不是通常那样的，或者不是完好的 XML，返回 None。"""
    head = _HEAD.match(data)
    start, end = data.find(_START), data.rfind(_END)
    if head is None or f' xmlns="{namespace}"'.encode() not in head[0] or start < 0 or end < start:
        return None
    try:
        expat.ParserCreate().Parse(data, True)
        inside = data[start + len(_START) : end].decode("utf-8")
    except (expat.ExpatError, UnicodeDecodeError):
        return None
    if any(mark in inside for mark in _UNUSUAL):
        return None
    rows: dict[int, RowText] = {}
    at = cells = 0
    for row in _ROW.finditer(inside):
        number = int(row[1])
        if row.start() != at or number in rows:
            return None
        at = row.end()
        rows[number] = RowText(row[0], _CELL.findall(row[2]) if row[2] else [])
        cells += len(rows[number].cells)
    if at != len(inside) or cells != inside.count("<c ") + inside.count("<c>"):
        return None
    return SheetText(data[:start] + EMPTY + data[end + len(_END) :], rows)


def plain(text: str) -> str:
    """XML 里写的文字是什么字。"""
    if "&" not in text:
        return text
    # &amp; comes last of all in unescape, so "&amp;#10;" stays the five characters that were typed
    return unescape(_NUMBERED.sub(_character, text), _NAMED)


def _character(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16) if found[1] else int(found[2]))
    return "&amp;" if letter == "&" else letter
