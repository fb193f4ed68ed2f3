"""How wide the columns of a sheet are, and which cells are merged: what the height of a row depends on."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from perfmon_xl.workbook.addresses import split_range
from perfmon_xl.workbook.file.package import tag

if TYPE_CHECKING:
    from lxml import etree

USUAL_WIDTH, _LAST_COLUMN = 8.43, 1000


class ColumnWidths(NamedTuple):
    """一张工作表各列多宽（半角字，隐藏的是无穷），哪些单元格是合并的头一格。写单元格、加行都不改它们。"""

    widths: Mapping[int, float]
    merged: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, root: etree._Element) -> ColumnWidths:
        return cls(_widths(root), _merged(root))


def _widths(root: etree._Element) -> Mapping[int, float]:
    return {
        number: inf if column.get("hidden") in ("1", "true") else float(column.get("width") or USUAL_WIDTH)
        for column in root.iterfind(f"{tag('cols')}/{tag('col')}")
        for number in range(int(column.get("min") or 1), min(int(column.get("max") or 1), _LAST_COLUMN) + 1)
    }


def _merged(root: etree._Element) -> frozenset[tuple[int, int]]:
    found = set()
    for element in root.iterfind(f"{tag('mergeCells')}/{tag('mergeCell')}"):
        top, left, *_ = split_range(element.get("ref") or "A1")
        found.add((top, left))
    return frozenset(found)
