"""The workbook inside a chart: what Word opens for “编辑数据”. One sheet, the smallest package Excel takes."""

from __future__ import annotations

import re
from functools import lru_cache

from perfmon_xl.domain.amount import plain
from perfmon_xl.ooxml.escaping import escape
from perfmon_xl.ooxml.names import CONTENT_TYPES, HEAD, OFFICE_RELS, PACKAGE_RELS, SPREADSHEET
from perfmon_xl.ooxml.zipping import EMPTY, rewritten
from perfmon_xl.report.drawing.charts import Chart

SHEET = "数据"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Excel reads _x0041_ in a cell as the letter A
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_SHEET_PART = "xl/worksheets/sheet1.xml"
_FIXED = {
    CONTENT_TYPES: (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE_RELS}">'
        f'<Relationship Id="rId1" Type="{OFFICE_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE_RELS}">'
        f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE_RELS}">'
        f'<Relationship Id="rId1" Type="{OFFICE_RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE_RELS}/styles" Target="styles.xml"/></Relationships>'
    ),
}


def chart_workbook(chart: Chart) -> bytes:
    """第一列是各类，第一行是各系列，中间是数；图就引用这些格。同样的图得到同样的字节。"""
    return rewritten(_frame(chart.number_format), {_SHEET_PART: _encoded(_sheet(chart))})


@lru_cache(maxsize=8)
def _frame(number_format: str) -> bytes:
    """工作簿里除了数以外的部分，每种数字格式压缩一次。"""
    parts = {**_FIXED, "xl/styles.xml": _styles(number_format)}
    return rewritten(EMPTY, {name: _encoded(text) for name, text in parts.items()})


def _encoded(text: str) -> bytes:
    return (HEAD + text).encode("utf-8")


def column_name(index: int) -> str:
    """第几列的字母，从 0 数；图的系列不会多于二十五个。"""
    return chr(ord("A") + index)


def values_of(chart: Chart) -> dict[tuple[int, int], str]:
    """（第几类，第几个系列）→ 写进文件的数；缓存和内嵌工作簿都用它，所以两处一样。"""
    return {
        (row, column): plain(value)
        for column, series in enumerate(chart.series)
        for row, value in chart.column(series.name)
    }


def _sheet(chart: Chart) -> str:
    numbers = values_of(chart)
    lines = [_row(1, [_text(column_name(c + 1), 1, s.name) for c, s in enumerate(chart.series)])]
    for row, category in enumerate(chart.categories):
        cells = [_text("A", row + 2, category)]
        for column in range(len(chart.series)):
            number = numbers.get((row, column))
            if number is not None:
                cells.append(f'<c r="{column_name(column + 1)}{row + 2}" s="1"><v>{number}</v></c>')
        lines.append(_row(row + 2, cells))
    corner = f"{column_name(len(chart.series))}{len(chart.categories) + 1}"
    return (
        f'<worksheet xmlns="{SPREADSHEET}"><dimension ref="A1:{corner}"/>'
        '<cols><col min="1" max="1" width="40" customWidth="1"/>'
        f'<col min="2" max="{len(chart.series) + 1}" width="20" customWidth="1"/></cols>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )


def _row(number: int, cells: list[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(column: str, row: int, text: str) -> str:
    """文字格：以“=”开头的也是文字，不会成为公式。"""
    kept = _CODED.sub("_x005F_", escape(text))
    return f'<c r="{column}{row}" t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'


def _styles(number_format: str) -> str:
    return (
        f'<styleSheet xmlns="{SPREADSHEET}">'
        f'<numFmts count="1"><numFmt numFmtId="164" formatCode="{escape(number_format)}"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        "</styleSheet>"
    )
