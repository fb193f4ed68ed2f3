"""Formulas of a table column written once: Excel's shared formulas, which XlsxWriter does not write itself.

A hundred rows of parsing formulas in full would be ten megabytes of XML; shared, they are a tenth. The
table still declares each column's formula by names, so a row added in Excel is filled like the others.
"""

from __future__ import annotations

from perfmon_xl.layout.render import first_row_formula, row_formula
from perfmon_xl.layout.schema import Column, Table
from perfmon_xl.ooxml.escaping import escape


class SharedFormula:
    """一栏的公式：第一次写出来带着范围和全文，以后只写编号。where 是这一栏的范围，formula 是头一行的。"""

    __slots__ = ("_formula", "_number", "_seen", "_where")

    def __init__(self, number: int, where: str, formula: str) -> None:
        self._number, self._where, self._formula = number, where, formula
        self._seen = False

    def written(self) -> str:
        """下一格的 <f>。"""
        if self._seen:
            return f'<f t="shared" si="{self._number}"/>'
        self._seen = True
        return f'<f t="shared" ref="{self._where}" si="{self._number}">{escape(self._formula)}</f>'


class SharedFormulas:
    """一个工作簿里共享的公式，照登记的先后编号。"""

    def __init__(self) -> None:
        self._count = 0

    def add(self, table: Table, column: Column, where: str, row: int) -> str | SharedFormula:
        """登记一栏。where 是这一栏的范围，row 是第一行。

        不用同一行别的栏的，各行一样，只引用别的表格：返回公式本身，不共享（Excel 也不共享引用别的表的公式）。
        """
        if row_formula(table, column.field) == column.formula:
            return column.formula
        self._count += 1
        return SharedFormula(self._count - 1, where, first_row_formula(table, column.field, row))


def declared(table: Table, column: Column) -> str | None:
    """表格里声明的一栏的公式，按栏名；不是公式的没有。"""
    return row_formula(table, column.field) if column.formula else None
