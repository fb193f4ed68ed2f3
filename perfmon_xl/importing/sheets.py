"""The sheets of somebody else's workbook as grids."""

from __future__ import annotations

from perfmon_xl.domain.errors import UserError
from perfmon_xl.importing.grid import Grid
from perfmon_xl.workbook.addresses import split_range
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.file.cells import SheetPart
from perfmon_xl.workbook.file.package import structure, tag

MOST_CELLS = 5_000_000


def grids_of(data: bytes) -> tuple[Grid, ...]:
    """一份 .xlsx 里有内容的各张工作表。"""
    return sheet_grids(PackageBook.from_bytes(data))


def sheet_grids(book: PackageBook) -> tuple[Grid, ...]:
    """打开的一个工作簿里有内容的各张工作表。"""
    grids = []
    with structure():
        for name, part in book.package.sheets.items():
            grid = _sheet_grid(book, name, part)
            if grid.rows:
                grids.append(grid)
    return tuple(grids)


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
