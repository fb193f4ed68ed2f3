"""A second engine for the formulas: Gnumeric, which has neither tables nor our names' ways of writing them.

The workbook is written out for it: a column of a table and a name become a range, a SUMPRODUCT an array formula
(elsewhere Gnumeric takes one row of a range, where Excel and LibreOffice take all of it inside SUMPRODUCT).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula

from support.office import REQUIRED

needs_gnumeric = pytest.mark.skipif(
    not REQUIRED and shutil.which("ssconvert") is None, reason="没有 Gnumeric（ssconvert）"
)


def recalculated_by_gnumeric(path: Path) -> dict[str, list[list[float | str]]]:
    """Gnumeric 全部重算后的各表：表名 → 行 → 值；样子同 support.office.recalculated。"""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # Gnumeric writes no default style
        plain, done = Path(folder) / "plain.xlsx", Path(folder) / "done.xlsx"
        write_out(path, plain)
        subprocess.run(
            ["ssconvert", "--recalc", str(plain), str(done)], check=True, capture_output=True, timeout=180
        )
        book = openpyxl.load_workbook(done, data_only=True)
        return {
            sheet.title: [[_plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]
            for sheet in book
        }


def _plain(value: Any) -> float | str:
    """空的是空字；写成日期样子的数还是数。"""
    return to_excel(value) if isinstance(value, datetime) else "" if value is None else value


def write_out(path: Path, out: Path) -> None:
    """同一个工作簿，公式里没有表格和名称。"""
    book = openpyxl.load_workbook(path)
    tables = {
        table.name: (sheet.title, table.ref, [column.name for column in table.tableColumns])
        for sheet in book
        for table in sheet.tables.values()
    }
    names = {name: found.attr_text for name, found in book.defined_names.items()}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                array = isinstance(cell.value, ArrayFormula)
                text = cell.value.text if array else cell.value
                text = "=" + "".join(
                    _in_ranges(token, tables, names, cell.row) for token in Tokenizer(text).items
                )
                sheet[cell.coordinate] = (
                    ArrayFormula(cell.coordinate, text) if array or "SUMPRODUCT(" in text else text
                )
        for name in list(sheet.tables):
            del sheet.tables[name]
    book.save(out)


def _in_ranges(
    token: Token, tables: dict[str, tuple[str, str, list[str]]], names: dict[str, str], row: int
) -> str:
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return token.value
    if token.value in names:
        return names[token.value]
    found = re.fullmatch(r"([^\[\]]+)\[(.*)\]", token.value)
    if found is None:
        return token.value
    sheet, ref, columns = tables[found[1]]
    inner = found[2]
    parts = re.findall(r"\[((?:[^\[\]']|'.)*)\]", inner) if inner.startswith("[") else [inner]
    special = [part for part in parts if part.startswith("#")]
    (column,) = [part for part in parts if not part.startswith("#")]
    left, top, _, bottom = range_boundaries(ref)
    letter = get_column_letter(left + columns.index(re.sub("'(.)", r"\1", column)))
    quoted = "'" + sheet.replace("'", "''") + "'"
    match special:
        case []:
            return f"{quoted}!${letter}${top + 1}:${letter}${bottom}"
        case ["#This Row"]:
            return f"{quoted}!${letter}${row}"
        case ["#Headers"]:
            return f"{quoted}!${letter}${top}"
        case other:
            raise NotImplementedError(f"{other} in {token.value}")
