"""Links inside the workbook: a formula that goes to a cell where one clicks, and the cell read back from its address."""

from __future__ import annotations

import re

from perfmon_xl.layout.letters import column_number
from perfmon_xl.workbook.port import CellRef, Formula, RawCell

_LINK = re.compile(r"""HYPERLINK\("#'(?P<sheet>(?:[^'"]|''|"")+)'!(?P<column>[A-Z]{1,3})(?P<row>\d+)"[,;]""")


def link_to(cell: CellRef, text: str) -> Formula:
    """点一下就到 cell；看得见的是 text（公式里的文字最多 255 个字）。"""
    sheet = cell.sheet.replace("'", "''").replace('"', '""')
    return Formula(f"""HYPERLINK("#'{sheet}'!{cell.a1}","{text.replace('"', '""')}")""", text)


def target_of(cell: RawCell) -> CellRef | None:
    """点一下去哪一格；不是这样的链接的是 None。"""
    match = _LINK.match(cell.formula or "")
    if match is None:
        return None
    sheet = match["sheet"].replace("''", "'").replace('""', '"')
    return CellRef(sheet, int(match["row"]), column_number(match["column"]))
