"""The rows of a worksheet part as text: taken apart only where somebody looks, and only as far as needed.

Why text and not a tree: a workbook has 7,000 cells, most of them computed and never looked into, and a batch opens
hundreds. As trees they took 62 to 90 ms a project, as text 17 to 25 (tests/benchmarks/README.md), and every row that
nobody touched keeps its bytes. Only this room knows of it: everybody else asks `cells.py` and `book.py`.

A part is written the usual way by Excel, WPS, LibreOffice and ourselves: then its rows are cut out of the text.
Anything else (prefixes, comments, rows without numbers) is parsed once and written out the usual way in memory.
One odd cell in a usual row (rich text, other attributes) is parsed by itself when it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from perfmon_xl.domain.errors import UserError
from perfmon_xl.layout.letters import column_number
from perfmon_xl.ooxml.escaping import unescape
from perfmon_xl.workbook.file.nonstandard_rows import odd_fields

if TYPE_CHECKING:
    from perfmon_xl.workbook.port import RawCell

_HEAD = re.compile(
    rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["']utf-8["'])?(?: standalone=["'](?:yes|no)["'])? ?\?>\s*)?"""
    rb"<worksheet(?: [^<>]*)?>",
    re.I,
)
_ROW = re.compile(r'<row r="([0-9]{1,7})"((?: [\w:.-]+="[^"<>]*")*)(?:(/>)|>)')
_CELL = re.compile(
    r'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?(?:/>|>'
    r"(<f(?:/>| [^<>]*/>|(?: [^<>]*)?>[^<]*</f>))?"
    r'(?:<v/>|<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>|<is><t/></is>)?</c>)'
)
_STYLE = re.compile(r'<c r="[A-Z]{1,3}[0-9]{1,7}" s="([0-9]+)"')
_FIRST = re.compile(r"[^<>]*/>|.*?</c>", re.S)  # of what follows '<c r="': where the cell ends
_START, _END, _CELL_START = b"<sheetData>", b"</sheetData>", '<c r="'
_EMPTY = re.compile(rb"<(?:\w+:)?sheetData(?:\s[^<>]*)?/>")
_ODD_CELL = re.compile(r'<c(?: (?!r=")|/?>)')  # without its place, or with something else before it
_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_NUMBERED = re.compile("&#(?:x([0-9A-Fa-f]+)|([0-9]+));")
_NAMED = {"&quot;": '"', "&apos;": "'"}


class CellText(NamedTuple):
    """一格写在文件里的：样式、类型、公式（整个 f 元素，没有的是空）、结果和文字（没有的是 None）；还是 XML 的写法。"""

    style: str = ""
    kind: str = ""
    formula: str = ""
    value: str | None = None
    inline: str | None = None


class RowText:
    """一行：行号、行自己的属性、各格在文件里的文字。不会变：改了的是另一行。"""

    __slots__ = ("_cells", "_inside", "_tail", "_whose", "attributes", "known", "number")

    def __init__(
        self,
        number: int,
        attributes: str = "",
        inside: str | None = None,
        cells: Mapping[int, str] | None = None,
        tail: str = "",
        whose: str = "",
    ) -> None:
        self.number, self.attributes, self._inside, self._whose = number, attributes, inside, whose
        self._cells = cells if inside is not None or cells is not None else {}
        self._tail = tail
        self.known: dict[int, RawCell] = {}  # what these cells were read as, by column

    @property
    def cells(self) -> Mapping[int, str]:
        """各格的文字，按列。位置不在这一行、写了两遍的，不知道哪个算数，是坏了：UserError。"""
        if self._cells is None:
            cells, self._tail = _taken_apart(self._inside or "")
            sound = {column_number(place.rstrip(_DIGITS).upper()): text for place, text in cells}
            number = str(self.number)
            if len(sound) != len(cells) or any(place.lstrip(_LETTERS) != number for place, _ in cells):
                raise UserError(
                    f"{self._whose}第 {number} 行里有写重了或写错了位置的单元格，文件可能已损坏。",
                    "请在 Excel 中打开修复后另存。",
                )
            self._cells = sound
        return self._cells

    @property
    def text(self) -> str:
        """整行的文字。"""
        inside = self._inside
        if inside is None:
            inside = "".join([self.cells[column] for column in sorted(self.cells)]) + self._tail
        return f'<row r="{self.number}"{self.attributes}' + (f">{inside}</row>" if inside else "/>")

    def attribute(self, name: str) -> str:
        """行的一个属性；没有的是空。"""
        match = re.search(f' {name}="([^"]*)"', self.attributes)
        return match[1] if match else ""

    def with_attributes(self, **changes: str) -> RowText:
        """改了几个属性的这一行；改成空的，去掉。"""
        attributes = self.attributes
        for name, value in changes.items():
            if f' {name}="' in attributes:
                attributes = re.sub(f' {name}="[^"]*"', "", attributes)
            attributes += f' {name}="{value}"' if value else ""
        changed = RowText(self.number, attributes, self._inside, self._cells, self._tail, self._whose)
        changed.known = self.known
        return changed

    def with_cells(self, changes: Mapping[int, str]) -> RowText:
        """改了几格的这一行；改成空的，去掉。"""
        cells = {column: text for column, text in {**self.cells, **changes}.items() if text}
        changed = RowText(self.number, self.attributes, None, cells, self._tail)
        changed.known = {column: cell for column, cell in self.known.items() if column not in changes}
        return changed


class SheetText(NamedTuple):
    """一个工作表部分拆成两半：去掉各行以后的，和各行。"""

    around: bytes
    rows: dict[int, RowText]


def split_rows(data: bytes, namespace: str, whose: str = "") -> SheetText | None:
    """把工作表部分拆开；写法不是通常那样的，或者不是完好的 XML，返回 None。whose：是谁的，出错时说。"""
    head = _HEAD.match(data)
    start, end = data.find(_START), data.rfind(_END)
    if head is None or f' xmlns="{namespace}"'.encode() not in head[0] or start < 0 or end < start:
        return None
    try:
        plain_markup = _is_plain_markup(data)
        inside = data[start + len(_START) : end].decode("utf-8")
    except (expat.ExpatError, UnicodeDecodeError):
        return None
    rows = rows_of(inside, whose) if plain_markup and "\r" not in inside else None
    if rows is None:
        return None
    return SheetText(data[:start] + b"<sheetData/>" + data[end + len(_END) :], rows)


def _is_plain_markup(data: bytes) -> bool:
    """完好的 XML，里面又只有元素和文字：没有注释、处理指令、CDATA。"""
    others: list[object] = []
    parser = expat.ParserCreate()
    parser.CommentHandler = others.append
    parser.ProcessingInstructionHandler = lambda target, _: others.append(target)
    parser.StartCdataSectionHandler = lambda: others.append("CDATA")
    parser.Parse(data, True)
    return not others


def rows_of(inside: str, whose: str = "") -> dict[int, RowText] | None:
    """sheetData 里面的文字拆成各行；写法不是通常那样的，返回 None。"""
    if _ODD_CELL.search(inside):
        return None
    rows: dict[int, RowText] = {}
    at = 0
    while at < len(inside):
        head = _ROW.match(inside, at)
        if head is None or (number := int(head[1])) in rows:
            return None
        begin = at = head.end()
        if not head[3]:
            at = inside.find("</row>", begin)
            if at < begin or (at > begin and not inside.startswith(_CELL_START, begin)):
                return None
        rows[number] = RowText(number, head[2], inside[begin:at], whose=whose)
        if not head[3]:
            at += len("</row>")
    return rows


def _taken_apart(inside: str) -> tuple[list[tuple[str, str]], str]:
    """一行里面的文字拆成各格（位置和文字），和各格后面的。"""
    _, *pieces = inside.split(_CELL_START)
    tail = ""
    if pieces and not pieces[-1].endswith("</c>") and "<" in pieces[-1]:
        last = _FIRST.match(pieces[-1])
        end = last.end() if last else len(pieces[-1])
        pieces[-1], tail = pieces[-1][:end], pieces[-1][end:]
    return [(piece[: piece.index('"')], _CELL_START + piece) for piece in pieces], tail


def joined(around: bytes, rows: Mapping[int, RowText], namespace: str) -> bytes:
    """split_rows 反过来：各行按行号放回去。"""
    if not rows:
        return around
    inside = "".join(rows[number].text for number in sorted(rows)).encode("utf-8")
    empty = _EMPTY.search(around)
    if empty is None:
        return around
    space = f' xmlns="{namespace}"'.encode() if b":" in empty[0].split(b"sheetData")[0] else b""
    return (
        around[: empty.start()]
        + b"<sheetData"
        + space
        + b">"
        + inside
        + b"</sheetData>"
        + around[empty.end() :]
    )


def fields(text: str) -> CellText:
    """一格的文字里各是什么。"""
    match = _CELL.fullmatch(text)
    if match is None:
        return CellText(*odd_fields(text))
    style, kind, formula, value, inline = match.groups()
    return CellText(style or "", kind or "", formula or "", value, inline)


def style_of(text: str) -> str:
    """一格的样式，没有的是空；别的不看。"""
    match = _STYLE.match(text)
    return match[1] if match else fields(text).style


def formula_text(formula: str) -> str:
    """f 元素里的公式；共享公式只有头上写着。"""
    return "" if formula.endswith("/>") else plain(formula[formula.index(">") + 1 : -len("</f>")])


def formula_attribute(formula: str, name: str) -> str:
    """f 元素的一个属性；没有的是空。"""
    match = re.match(rf'<f(?: [^<>]*)? {name}="([^"]*)"', formula)
    return match[1] if match else ""


def has_content(text: str) -> bool:
    """一格里有没有东西，只有样式的不算。"""
    return not text.endswith(('"/>', '"></c>'))


def plain(text: str) -> str:
    """XML 里写的文字是什么字。"""
    if "&" not in text:
        return text
    # &amp; comes last of all in unescape, so "&amp;#10;" stays the five characters that were typed
    return unescape(_NUMBERED.sub(_character, text), _NAMED)


def _character(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16) if match[1] else int(match[2]))
    return "&amp;" if letter == "&" else letter
