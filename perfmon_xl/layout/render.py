"""Formula templates of the layout turned into the formulas of a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping

from perfmon_xl.layout.schema import Table

_PLACE = re.compile(r"\{([a-z][a-z_0-9]*)\}")
_SPECIAL = re.compile(r"(['#@\[\]])")


def column_reference(table: str, header: str) -> str:
    """同一行另一栏的引用：目标对比表[[#This Row],[偏差]]。"""
    return f"{table}[[#This Row],[{_SPECIAL.sub(_QUOTE, header)}]]"


_QUOTE = r"'\1"


def row_formula(table: Table, field: str, headers: Mapping[str, str] | None = None, name: str = "") -> str:
    """一栏的公式（不带等号）；headers 是工作簿里实际的表头，name 是实际的表名。"""
    known = {column.field: column.header for column in table.columns}
    known.update(headers or {})
    return _PLACE.sub(
        lambda match: column_reference(name or table.name, known[match[1]]), table.column(field).formula
    )
