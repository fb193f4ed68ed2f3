"""A formula of ours in the workbook at hand: tables and columns by the names that they have there, or not at all.

Excel does not open a workbook with a formula that refers to a table or a column that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Table
from perfmon_xl.workbook.port import Content, Formula, RawTable
from perfmon_xl.workbook.table_binding import columns_in, table_by_headers

_REFERENCE = re.compile(r"([^\W\d][\w.]*)\[((?:\[(?:'.|[^\[\]'])*\]|'.|[^\[\]'])*)\]")
_PIECE = re.compile(r"\[((?:'.|[^\[\]'])*)\]")
_DECLARED: Mapping[str, Table] = {table.name: table for _, table in layout.tables()}


class _NotHereError(Exception):
    """引用的表格或栏目不在。"""


def sound(content: Content, tables: Mapping[str, RawTable]) -> Content:
    """公式照工作簿里实际的表名、表头写；要用的不在的，只写值。tables 是工作簿里的表格。"""
    if not isinstance(content, Formula) or "[" not in content.text:
        return content
    try:
        text = _REFERENCE.sub(lambda match: _reference(match, tables), content.text)
    except _NotHereError:
        return content.value if content.value != "" else None
    return content if text == content.text else Formula(text, content.value)


def _reference(match: re.Match[str], tables: Mapping[str, RawTable]) -> str:
    name, inner = match.groups()
    declared, raw = _DECLARED.get(name), tables.get(name)
    if raw is None and declared is not None:
        raw = table_by_headers(declared, tables)
    if raw is None:
        raise _NotHereError
    fields = {c.header: c.field for c in declared.columns} if declared is not None else {}

    def header(written: str) -> str:
        plain = re.sub(r"'(.)", r"\1", written)
        if plain.startswith(("#", "@")) or plain in raw.header:
            return written
        there = columns_in(declared, raw).get(fields.get(plain, "")) if declared is not None else None
        if there is None:
            raise _NotHereError
        return re.sub(r"(['#@\[\]])", r"'\1", raw.header[there])

    if "[" not in inner:
        return f"{raw.name}[{header(inner)}]" if inner else f"{raw.name}[]"
    return f"{raw.name}[{_PIECE.sub(lambda piece: f'[{header(piece[1])}]', inner)}]"
