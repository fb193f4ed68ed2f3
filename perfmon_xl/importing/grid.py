"""A page of somebody else's cells, from .csv or .xlsx: rows of equal length, merged cells filled through."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook.addresses import split_range
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.file.cells import SheetPart
from perfmon_xl.workbook.file.package import structure, tag
from perfmon_xl.workbook.port import CellRef, RawCell
from perfmon_xl.workbook.read import shown

MOST_CELLS = 5_000_000
_DELIMITERS = ("\t", ",", ";")
_LOOKED_AT = 200  # lines: titles stand above the header, never so many


@dataclass(frozen=True, slots=True)
class Grid:
    """一页单元格；合并的单元格每一格都是左上角那一个（ref 相同）。"""

    name: str
    rows: tuple[tuple[RawCell, ...], ...]

    def text(self, row: int, column: int) -> str:
        return shown(self.rows[row][column]).strip()


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
    width = max(map(len, lines), default=0)
    return Grid(
        name,
        tuple(
            tuple(
                RawCell(CellRef(name, row, column), _plain(line[column - 1]) if column <= len(line) else None)
                for column in range(1, width + 1)
            )
            for row, line in enumerate(lines, 1)
        ),
    ), encoding


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


def sheet_grids(book: PackageBook) -> tuple[Grid, ...]:
    """一个 .xlsx 里有内容的各张工作表。"""
    found = []
    with structure():
        for name, part in book.package.sheets.items():
            grid = _sheet_grid(book, name, part)
            if grid.rows:
                found.append(grid)
    return tuple(found)


def _sheet_grid(book: PackageBook, name: str, part: str) -> Grid:
    sheet = SheetPart.of(book.package, name, part)
    used = list(sheet.used())
    bottom, right = (max((p[i] for p in used), default=0) for i in (0, 1))
    if bottom * right > MOST_CELLS:
        raise UserError(f"工作表“{name}”太大（{bottom} 行 {right} 列）。", "请只留下要用的行和栏目再试。")
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    for merged in book.package.tree(part).iter(tag("mergeCell")):
        top, left, last, end = split_range(merged.get("ref") or "A1")
        for row in range(top, min(last, bottom) + 1):
            for column in range(left, min(end, right) + 1):
                anchors[row, column] = (top, left)
    return Grid(
        name,
        tuple(
            tuple(sheet.read(*anchors.get((row, column), (row, column))) for column in range(1, right + 1))
            for row in range(1, bottom + 1)
        ),
    )
