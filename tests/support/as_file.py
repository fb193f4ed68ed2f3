"""A drawn workbook as an .xlsx: what a test shows as text, in a file that every reader opens."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import xlsxwriter

from perfmon_xl.workbook.port import RawCell, Workbook


def as_file(book: Workbook) -> bytes:
    """表格和命名单元格照原样；错误值是一个得出它的公式，公式没有结果的写成得出空文字。"""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    pages = {name: made.add_worksheet(name) for name in book.sheet_names()}
    day = made.add_format({"num_format": "yyyy-mm-dd"})

    def put(cell: RawCell) -> None:
        page, at = pages[cell.ref.sheet], (cell.ref.row - 1, cell.ref.column - 1)
        value = cell.value
        if cell.error is not None:
            page.write_formula(*at, f"={cell.error}", None, cell.error)
        elif cell.formula is not None:
            shown = float(value) if isinstance(value, Decimal) else "" if value is None else value
            page.write_formula(*at, f"={cell.formula}", None, shown)
        elif isinstance(value, date):
            page.write_datetime(*at, value, day)
        elif isinstance(value, Decimal):
            page.write_number(*at, float(value))
        elif isinstance(value, bool):
            page.write_boolean(*at, value)
        elif value:
            page.write_string(*at, str(value))

    for table in book.tables().values():
        top, left = table.first.row - 1, table.first.column - 1
        columns = [{"header": header} for header in table.header]
        pages[table.sheet].add_table(
            top,
            left,
            top + max(1, len(table.rows)),
            left + len(table.header) - 1,
            {"name": table.name, "columns": columns, "autofilter": False},
        )
        for row in table.rows:
            for cell in row:
                put(cell)
    for name, cell in book.named().items():
        made.define_name(name, f"='{cell.ref.sheet}'!${cell.ref.a1.rstrip('0123456789')}${cell.ref.row}")
        put(cell)
    made.close()
    return out.getvalue()
