"""Formulas of a table column written once: Excel's shared formulas, which XlsxWriter does not write itself.

A hundred rows of parsing formulas in full would be ten megabytes of XML; shared, they are a tenth. The
table still declares each column's formula by names, so a row added in Excel is filled like the others.
"""

from __future__ import annotations

import io
import re
import zipfile

from perfmon_xl.layout.render import first_row_formula, row_formula
from perfmon_xl.layout.schema import Column, Table
from perfmon_xl.ooxml.escaping import escape, unescape
from perfmon_xl.ooxml.zipping import rewritten

_MARK = re.compile(r"<f>PMSHARED(\d+)</f>")
# XlsxWriter stores an empty result without a type, which reads as "not calculated".
_EMPTY_RESULT = re.compile(r'<c r="([A-Z]+\d+)"( s="\d+")?>(<f[^>]*/>|<f[^>]*>[^<]*</f>)<v></v></c>')
_COLUMN = re.compile(r'<tableColumn id="(\d+)" name="([^"]*)"/>')
_SHEET = re.compile(r'<sheet name="([^"]*)"')
_ROW = re.compile(r'<row r="(\d+)"[^>]*>')
_TABLE_NAME = re.compile(r'<table [^>]*?displayName="([^"]*)"')


def _let_grow(text: str, rows: set[int]) -> str:
    """这些行不写 customHeight：打开就是这么高，改字时 Excel、WPS、LibreOffice 自己重排。"""
    return _ROW.sub(lambda m: m[0].replace(' customHeight="1"', "") if int(m[1]) in rows else m[0], text)


class SharedFormulas:
    """写单元格时先放一个记号，存成文件后换成共享公式。"""

    def __init__(self) -> None:
        self._masters: list[tuple[str, str]] = []
        self._columns: dict[tuple[str, str], str] = {}
        self._grows: dict[str, set[int]] = {}

    def grows(self, sheet: str, row: int) -> None:
        """登记一行（从 0 数）：打字时自己长高的，写着高度而不写 customHeight。XlsxWriter 写高度就写它。"""
        self._grows.setdefault(sheet, set()).add(row + 1)

    def add(self, sheet: str, table: Table, column: Column, where: str, row: int) -> str:
        """登记一栏；返回先写进单元格的记号。where 是这一栏的范围，row 是第一行。

        不用同一行别的栏的，各行一样，只引用别的表格：返回公式本身，不共享（Excel 也不共享引用别的表的公式）。
        """
        if row_formula(table, column.field) == column.formula:
            self._columns[table.name, column.header] = column.formula
            return column.formula
        self._masters.append((where, first_row_formula(table, column.field, row)))
        self._columns[table.name, column.header] = row_formula(table, column.field)
        return f"PMSHARED{len(self._masters) - 1}"

    def written_into(self, data: bytes) -> bytes:
        """换掉全部记号，并给表格写上每栏的公式。"""
        changed: dict[str, bytes] = {}
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            titles = _SHEET.findall(package.read("xl/workbook.xml").decode("utf-8"))
            growing = {
                f"xl/worksheets/sheet{n}.xml": self._grows.get(unescape(title), set())
                for n, title in enumerate(titles, 1)
            }
            for name in package.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    text = package.read(name).decode("utf-8")
                    changed[name] = _EMPTY_RESULT.sub(
                        r'<c r="\1"\2 t="str">\3<v></v></c>',
                        self._shared(_let_grow(text, growing.get(name, set()))),
                    ).encode("utf-8")
                elif name.startswith("xl/tables/"):
                    changed[name] = self._declared(package.read(name).decode("utf-8")).encode("utf-8")
        return rewritten(data, changed)

    def _shared(self, text: str) -> str:
        seen: set[int] = set()

        def one(match: re.Match[str]) -> str:
            number = int(match[1])
            if number in seen:
                return f'<f t="shared" si="{number}"/>'
            seen.add(number)
            where, formula = self._masters[number]
            return f'<f t="shared" ref="{where}" si="{number}">{escape(formula)}</f>'

        return _MARK.sub(one, text)

    def _declared(self, text: str) -> str:
        found = _TABLE_NAME.search(text)
        table = found[1] if found else ""

        def one(match: re.Match[str]) -> str:
            formula = self._columns.get((table, match[2]))
            if formula is None:
                return match[0]
            return (
                f'<tableColumn id="{match[1]}" name="{match[2]}">'
                f"<calculatedColumnFormula>{escape(formula)}</calculatedColumnFormula></tableColumn>"
            )

        return _COLUMN.sub(one, text)
