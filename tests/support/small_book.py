"""One small workbook in three forms: in memory, as a file's parts, open in LibreOffice through xlwings."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.port import Content, Formula, Workbook
from support.memory_book import MemoryBook
from support.uno_office import UNO_MARKS

D = Decimal
SHEET, OTHER = "数据 表", "封面"
HEADER = ("名称", "数量", "日期", "倍数", "说明")
ROWS: tuple[tuple[Content, ...], ...] = (
    ("甲", D("1.5"), date(2024, 7, 31), Formula("清单[[#This Row],[数量]]*2", D(3)), "≥70件"),
    ("乙", None, None, Formula("清单[[#This Row],[数量]]*2", D(0)), None),
)


def file_bytes() -> bytes:
    """同样内容的文件：A 列起的表格，封面上一个有名称的单元格。"""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page, cover = book.add_worksheet(SHEET), book.add_worksheet(OTHER)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.add_table(
        0, 0, 2, 4, {"name": "清单", "columns": [{"header": h} for h in HEADER], "autofilter": False}
    )
    for number, row in enumerate(ROWS, 1):
        for column, content in enumerate(row):
            style = day if column == 2 else None
            if isinstance(content, Formula):
                page.write_formula(number, column, "=" + content.text, style, float(content.value))
            elif isinstance(content, date):
                page.write_datetime(number, column, content, style)
            elif content is None:
                page.write_blank(number, column, None, style)
            else:
                page.write(number, column, float(content) if isinstance(content, Decimal) else content, style)
    cover.write("B3", "区财政局")
    book.define_name("委托方", f"='{OTHER}'!$B$3")
    book.close()
    return out.getvalue()


KINDS = ["memory", "package", "openpyxl", pytest.param("live", marks=UNO_MARKS)]


@contextmanager
def opened(kind: str, request: pytest.FixtureRequest) -> Iterator[Workbook]:
    """照 kind 打开的小工作簿。"""
    if kind == "memory":
        yield MemoryBook({"清单": (SHEET, HEADER, ROWS)}, {"委托方": (OTHER, 3, 2, "区财政局")})
    elif kind == "package":
        yield PackageBook.from_bytes(file_bytes())
    elif kind == "openpyxl":
        from perfmon_xl.workbook.openpyxl.book import OpenpyxlBook

        yield OpenpyxlBook(file_bytes())
    else:
        with request.getfixturevalue("live_office").opened(file_bytes()) as book:
            yield book
