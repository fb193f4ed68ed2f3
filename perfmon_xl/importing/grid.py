"""A page of somebody else's cells: a sheet, a table of a Word document, a .csv; merged cells filled through."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cached_property

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.origin import TablePlace
from perfmon_xl.workbook.convert import display_text
from perfmon_xl.workbook.port import CellRef, RawCell

_DELIMITERS = ("\t", ",", ";")
_LOOKED_AT = 200  # lines: titles stand above the header, never so many
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_FIFTEEN = Context(prec=15)  # digits, as a spreadsheet shows them


@dataclass(frozen=True)
class Grid:
    """一页单元格；合并的单元格每一格都是左上角那一个（ref 相同）。

    行、列从 0 数；ref 是在文件里的位置，从 1 数。sheet：是工作表或 .csv；不是的，是 Word 里的一张表。
    """

    name: str
    rows: tuple[tuple[RawCell, ...], ...]
    sheet: bool = True

    @cached_property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """每一格看得见的文字；合并的各格都是左上角那一格的。"""
        known: dict[CellRef, str] = {}
        texts = []
        for row in self.rows:
            line = []
            for cell in row:
                if cell.value is None and cell.error is None and not cell.uncalculated:
                    line.append("")
                    continue
                if cell.ref not in known:
                    known[cell.ref] = text_of(cell)
                line.append(known[cell.ref])
            texts.append(tuple(line))
        return tuple(texts)

    @cached_property
    def columns(self) -> int:
        return max(map(len, self.rows), default=0)

    @cached_property
    def _owned(self) -> tuple[tuple[bool, ...], ...]:
        """每一格是不是自己（左上角）那一格。"""
        seen: set[CellRef] = set()
        found = []
        for row in self.rows:
            line = []
            for cell in row:
                line.append(cell.ref not in seen)
                seen.add(cell.ref)
            found.append(tuple(line))
        return tuple(found)

    def text(self, row: int, column: int) -> str:
        return self.texts[row][column]

    def is_own(self, row: int, column: int) -> bool:
        """是左上角那一格，不是从上面、左边合并过来的。"""
        return self._owned[row][column]

    def own(self, row: int) -> list[tuple[int, str]]:
        """一行里自己的各格：列、文字；空的也在内。"""
        owned = self._owned[row]
        return [(c, t) for c, t in enumerate(self.texts[row]) if owned[c]]

    def width(self, row: int, column: int) -> int:
        """从这一格起，同一格有几列宽。"""
        cells, end = self.rows[row], column + 1
        while end < len(cells) and cells[end].ref == cells[column].ref:
            end += 1
        return end - column

    def place(self, row: int) -> TablePlace:
        """一行在哪里。"""
        number = self.rows[row][0].ref.row if self.rows[row] else row + 1
        own = next(
            (c.ref.row for c, mine in zip(self.rows[row], self._owned[row], strict=True) if mine), number
        )
        return TablePlace(table=self.name, row=own)

    def words(self) -> list[str]:
        """各格的文字，先后照阅读的顺序，合并的只算一次。"""
        return [t for row in range(len(self.rows)) for _, t in self.own(row) if t]

    def part(self, first: int, last: int) -> Grid:
        """第 first 行到 last 行以前。"""
        return Grid(self.name, self.rows[first:last], self.sheet)

    def turned(self) -> Grid:
        """行列对调；几列宽的格只算一列。"""
        width = self.columns
        rows = [
            tuple(row[c] if c < len(row) else RawCell(row[-1].ref) for row in self.rows) for c in range(width)
        ]
        kept = [
            line
            for n, line in enumerate(rows)
            if n == 0 or any(a.ref != b.ref for a, b in zip(line, rows[n - 1], strict=True))
        ]
        return Grid(self.name, tuple(kept), self.sheet)


def text_of(cell: RawCell) -> str:
    """一格看得见的文字：去掉看不见的字；算出来的数照 15 位写。"""
    value = cell.value
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > 15:
        cell = RawCell(cell.ref, _FIFTEEN.create_decimal(value).normalize(), percent=cell.percent)
    if cell.uncalculated:
        return f"={cell.formula}"
    return _INVISIBLE.sub("", display_text(cell)).strip()


def grid_of_texts(name: str, rows: Sequence[Sequence[str]]) -> Grid:
    """一行一行的文字，没有合并的格。"""
    width = max(map(len, rows), default=0)
    return Grid(
        name,
        tuple(
            tuple(
                RawCell(CellRef(name, row, column), _plain(line[column - 1]) if column <= len(line) else None)
                for column in range(1, width + 1)
            )
            for row, line in enumerate(rows, 1)
        ),
    )


def csv_grid(data: bytes, name: str) -> tuple[Grid, str]:
    """读一份 .csv（UTF-8、UTF-16 或 GB18030）；返回内容和认出的编码。"""
    text, encoding = _decoded(data, name)
    if "\0" in text:
        raise UserError(f"{name} 不是文本文件。", "请从系统重新导出 .csv，或另存为 .xlsx。")
    delimiter = _delimiter(text.splitlines()[:_LOOKED_AT])
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UserError(f"{name} 的引号没有配对（{error}）。", "请从系统重新导出，或另存为 .xlsx。") from None
    return grid_of_texts(name, lines), encoding


def _delimiter(lines: Sequence[str]) -> str:
    """隔开各栏的符号：有它的行最多的；一样多的，出现次数最多的。题目、导出时间几行可以没有。"""
    return max(_DELIMITERS, key=lambda d: (sum(d in line for line in lines), sum(x.count(d) for x in lines)))


def _plain(text: str) -> str | None:
    """="0012" 是 Excel 里保住前导零的写法，取里面的文字。"""
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1]
    return text if text.strip() else None


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if utf16 else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding.removesuffix("-sig").upper()
        except UnicodeDecodeError:
            continue
    raise UserError(f"{name} 的编码认不出来。", "请用记事本另存为 UTF-8 编码，或另存为 .xlsx。")
