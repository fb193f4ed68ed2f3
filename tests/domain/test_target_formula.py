"""The native formulas beside a value say what Python says, step by step, for every spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from support.office import needs_office, recalculated
from support.spellings import READ_BY_PROGRAM, SPELLINGS

from perfmon_xl.domain.target import Kind, TargetValue, read_plain, read_target, with_unit_of
from perfmon_xl.layout.letters import column_letters
from perfmon_xl.layout.parsing import reading_columns, understood_values

_MOST_NESTED, _LONGEST = 64, 8192


def test_formulas_stay_within_what_a_spreadsheet_takes() -> None:
    for column in reading_columns("value", "值", ("one", "other")):
        depth = most = 0
        for character in column.formula:
            depth += {"(": 1, ")": -1}.get(character, 0)
            most = max(most, depth)
        assert most < _MOST_NESTED and len(column.formula) < _LONGEST, column.header


def _stored(target: TargetValue) -> Mapping[str, str]:
    values = understood_values("value", target)
    return {name: str(values[name]) for name in ("value_seen", "value_reading")}


Row = tuple[str | Decimal, Mapping[str, str], TargetValue]


def _differences(path: Path, rows: list[Row]) -> list[object]:
    """一行一个值：填写的、存着的原文和读法、Python 的读法；公式算出来不一样的。"""
    columns = reading_columns("value", "值")
    places = {"value": 1, **{c.field: number for number, c in enumerate(columns, 2)}}
    book = xlsxwriter.Workbook(str(path))
    sheet, text = book.add_worksheet("值"), book.add_format({"num_format": "@"})
    for row, (typed, stored, _) in enumerate(rows):
        if isinstance(typed, Decimal):
            sheet.write_number(row, 0, float(typed))
        else:
            sheet.write_string(row, 0, typed, text)
        for column in columns:
            if column.stored:
                sheet.write_string(row, places[column.field] - 1, stored[column.field], text)
                continue
            formula = re.sub(
                r"\{([a-z][a-z_0-9]*)\}",
                lambda m, row=row: f"${column_letters(places[m[1]])}{row + 1}",
                column.formula,
            )
            sheet.write_formula(row, places[column.field] - 1, "=" + formula)
    book.close()
    shown = recalculated(path)["值"]
    wrong: list[object] = []
    for row, (typed, _, target) in enumerate(rows):
        wanted = understood_values("value", target)
        for column in columns:
            if column.stored:
                continue
            got, want = shown[row][places[column.field] - 1], wanted[column.field]
            same = (
                isinstance(got, float) and abs(float(want) - got) < 1e-9 * max(1, abs(got))
                if isinstance(want, Decimal)
                else got == want
            )
            if not same:
                wrong.append((typed, column.header, got, want))
    return wrong


@needs_office
def test_every_spelling_is_understood_alike(tmp_path: Path) -> None:
    """填充过的：公式读不了的，照存着的读法读；改过的：存着的读法不算，公式读不了的是“未识别”。"""
    typed = [*SPELLINGS, *READ_BY_PROGRAM, Decimal(70), Decimal("0.95"), Decimal("-3.5")]
    assert len(typed) >= 240
    filled = [(text, _stored(value), value) for text, value in ((text, read_target(text)) for text in typed)]
    none, other = _stored(TargetValue()), _stored(read_target("三十五户"))
    changed = [
        (text, kept, read_plain(text))
        for kept in (none, other)
        for text in READ_BY_PROGRAM
        if read_target(text).reading
    ]
    assert _differences(tmp_path / "spellings.xlsx", [*filled, *changed]) == []


def test_what_the_formulas_read_themselves_is_what_the_program_reads() -> None:
    for text in (*SPELLINGS, *READ_BY_PROGRAM):
        value, plain = read_target(text), read_plain(text)
        if value.reading:
            assert plain.kind is Kind.UNREAD, text
        else:
            assert plain == value, text


def test_a_bare_number_beside_a_target_takes_its_unit() -> None:
    assert str(with_unit_of(read_target("50"), read_target("≥50件"))) == "50件"
