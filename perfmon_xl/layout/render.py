"""Formula templates of the layout turned into the formulas of a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping

from perfmon_xl.layout.letters import column_letters
from perfmon_xl.layout.schema import Table

_PLACE = re.compile(r"\{([a-z][a-z_0-9]*)\}")
_SPECIAL = re.compile(r"(['#@\[\]])")


def column_reference(table: str, header: str) -> str:
    """同一行另一栏的引用：目标对比表[[#This Row],[偏差]]。"""
    return f"{table}[[#This Row],[{_SPECIAL.sub(_QUOTE, header)}]]"


_QUOTE = r"'\1"


def row_formula(table: Table, field: str, headers: Mapping[str, str] | None = None, name: str = "") -> str:
    """一栏的公式（不带等号）；headers 是工作簿里实际的表头，name 是实际的表名。"""
    return rendered(table, table.column(field).formula, headers, name)


def rendered(table: Table, template: str, headers: Mapping[str, str] | None = None, name: str = "") -> str:
    """一段公式里的 {栏目} 换成表内引用；headers、name 同 row_formula。

    给了 headers、里面又没有要用的栏目的，返回空：引用一个没有的栏目，Excel 说文件已损坏，不肯打开。
    """
    known = {column.field: column.header for column in table.columns} if headers is None else headers
    if any(field not in known for field in _PLACE.findall(template)):
        return ""
    return _PLACE.sub(lambda match: column_reference(name or table.name, known[match[1]]), template)


def first_row_formula(table: Table, field: str, row: int) -> str:
    """同一条公式用行内地址写（$AB5）；表格从 A 列起、栏目按声明的顺序时用，可作共享公式的头。"""
    return at_row(table, table.column(field).formula, row)


def at_row(table: Table, template: str, row: int) -> str:
    """一段公式里的 {栏目} 换成某一行的地址（$AB5），给条件格式和下拉列表用；前提同 first_row_formula。"""
    places = {column.field: number for number, column in enumerate(table.columns, 1)}
    return _PLACE.sub(lambda match: f"${column_letters(places[match[1]])}{row}", template)
