"""A worksheet of XlsxWriter that writes Excel's shared formulas, rows that grow while one types, and results as they are.

Cells with formulas are nearly all that a workbook of ours consists of, so they have a short way in (`put_formulas`)
and a short way out (`_cell`): no look for array formulas, new functions or escapes in what is the same down a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellStringTuple, Worksheet

from perfmon_xl.layout.letters import column_letters
from perfmon_xl.ooxml.escaping import escape
from perfmon_xl.workbook.addresses import range_a1
from perfmon_xl.workbook.build.shared_formulas import SharedFormula

_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_SHORT = frozenset((CellBlankTuple, CellFormulaTuple, CellStringTuple))
_FUNCTION = re.compile(r"[A-Z][A-Z0-9._]*\(")
Formula = str | SharedFormula
FormulaCell = tuple[int, Formula, Any, float | str]  # column from 0, formula without “=”, format, result


class FormulaWorksheet(Worksheet):  # type: ignore[misc]
    """growing：打字时自己长高的行（从 0 数），写着高度而不写 customHeight；XlsxWriter 写高度就写它。"""

    def __init__(self) -> None:
        super().__init__()
        self.growing: set[int] = set()

    def put_formula(self, row: int, column: int, formula: Formula, style: Any, value: float | str) -> None:
        """一格公式和它的结果；row、column 从 0 数。"""
        self.put_formulas(row, ((column, formula, style, value),))

    def put_formulas(self, row: int, cells: Iterable[FormulaCell]) -> None:
        """一行里的各格公式。"""
        line, future = self.table[row], self.use_future_functions
        column = 0
        for column, formula, style, value in cells:
            written = _prepared(formula, future) if isinstance(formula, str) else formula
            line[column] = CellFormulaTuple(written, style, value)
        if line:
            self._check_dimensions(row, min(line))
            self._check_dimensions(row, column)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return _prepared(formula, expand_future_functions or self.use_future_functions)

    def _calculate_spans(self) -> None:
        """XlsxWriter 的 spans，十六行一段；它逐格地找，这里每行只看头尾。"""
        found: dict[int, list[int]] = {}
        for row, line in self.table.items():
            if line:
                found.setdefault(row // 16, []).extend((min(line), max(line)))
        if self.comments:
            super()._calculate_spans()
            return
        self.row_spans = {part: f"{min(columns) + 1}:{max(columns) + 1}" for part, columns in found.items()}

    def declare_table(
        self, area: tuple[int, int, int, int], options: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """add_table，不逐格地看压不压着别的表格：几百行几十栏，看一遍比写一遍还久。返回它的各栏。"""
        top, left, bottom, right = area
        self.add_table(top, left, min(top + 1, bottom), right, dict(options))
        made = self.tables[-1]
        made["range"] = range_a1(top + 1, left + 1, bottom + 1, right + 1)
        if made.get("autofilter"):
            made["autofilter"] = made["range"]
        columns: list[dict[str, Any]] = made["columns"]
        return columns

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = cell.__class__
        style = cell.format
        if kind not in _SHORT or (style is None and kind is not CellFormulaTuple):
            super()._write_cell(row, col, cell)
            return
        look = f' s="{style._get_xf_index()}"' if style else ""
        start = f'<c r="{column_letters(col + 1)}{row + 1}"{look}'
        if kind is CellBlankTuple:
            self.fh.write(start + "/>")
        elif kind is CellStringTuple:
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
        else:
            formula, _, value = cell
            written = f"<f>{_escaped(formula)}</f>" if isinstance(formula, str) else formula.written()
            if isinstance(value, str):
                # An empty result without a type would read as “not calculated”.
                start += ' t="e"' if value in _ERRORS else ' t="str"'
                value = value and _escaped(value)
            self.fh.write(f"{start}>{written}<v>{value}</v></c>")

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        if tag == "row" and attributes[0][1] - 1 in self.growing:
            attributes = [attribute for attribute in attributes if attribute[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    return escape(text)


@lru_cache(maxsize=1024)
def _prepared(formula: str, future: bool) -> str:
    """XlsxWriter 逐条公式找三十来个新函数；这里一个函数只问它一次，都是老的就不用改写。"""
    if not any(_is_new(function, future) for function in set(_FUNCTION.findall(formula))):
        return formula.removeprefix("=")
    plain: Any = Worksheet()
    return str(plain._prepare_formula(formula, future))


@lru_cache(maxsize=1024)
def _is_new(function: str, future: bool) -> bool:
    plain: Any = Worksheet()
    return bool(plain._prepare_formula(function, future) != function)
