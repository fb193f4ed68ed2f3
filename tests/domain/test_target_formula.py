"""The native formulas beside a value say what Python says, step by step, for every spelling."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from support.office import needs_office, recalculated
from support.spellings import SPELLINGS

from perfmon_xl.domain.target import read_target
from perfmon_xl.layout.parsing import understood, understood_values
from perfmon_xl.workbook.port import column_letters

_MOST_NESTED, _LONGEST = 64, 8192


def test_formulas_stay_within_what_a_spreadsheet_takes() -> None:
    for column in understood("value", "值"):
        depth = most = 0
        for character in column.formula:
            depth += {"(": 1, ")": -1}.get(character, 0)
            most = max(most, depth)
        assert most < _MOST_NESTED and len(column.formula) < _LONGEST, column.header


@needs_office
def test_every_spelling_is_understood_alike(tmp_path: Path) -> None:
    columns = understood("value", "值")
    places = {"value": 1, **{c.field: number for number, c in enumerate(columns, 2)}}
    path = tmp_path / "spellings.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, text = book.add_worksheet("值"), book.add_format({"num_format": "@"})
    typed = [*SPELLINGS, Decimal(70), Decimal("0.95"), Decimal("-3.5")]
    for row, value in enumerate(typed):
        if isinstance(value, Decimal):
            sheet.write_number(row, 0, float(value))
        else:
            sheet.write_string(row, 0, value, text)
        for column in columns:
            formula = re.sub(
                r"\{([a-z][a-z_0-9]*)\}",
                lambda m, row=row: f"${column_letters(places[m[1]])}{row + 1}",
                column.formula,
            )
            sheet.write_formula(row, places[column.field] - 1, "=" + formula)
    book.close()
    rows = recalculated(path)["值"]
    assert len(SPELLINGS) >= 120
    for row, value in enumerate(typed):
        wanted = understood_values("value", read_target(value))
        for column in columns:
            got, want = rows[row][places[column.field] - 1], wanted[column.field]
            same = (
                abs(float(want) - got) < 1e-9 * max(1, abs(got)) if isinstance(want, Decimal) else got == want
            )
            assert same, (value, column.header, got, want)
