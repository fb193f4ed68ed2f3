"""The frame of a sheet: widths of columns, what is folded away, paper and print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfmon_xl.layout.schema import Sheet, Table

_FORM_WIDTHS = [24.0, 64.0, 46.0]


def column_widths(sheet: Sheet) -> list[float]:
    """各栏的宽，字符；没有表格的照表单。"""
    tables = [block for block in sheet.blocks if isinstance(block, Table)]
    if not tables:
        return _FORM_WIDTHS
    count = max(len(t.columns) for t in tables)
    tables = tables[-1:] if sheet.last_widths else tables
    return [
        max(
            (t.columns[i].width for t in tables if i < len(t.columns) and not t.columns[i].hidden),
            default=10,
        )
        for i in range(count)
    ]


def set_columns(page: Any, tables: Sequence[Table], widths: Sequence[float]) -> None:
    """栏宽；辅助栏隐藏，收起的栏成一组，“+”在组的左边。"""
    page.outline_settings(True, True, False, False)

    def every(index: int, what: str) -> bool:
        columns = [t.columns[index] for t in tables if index < len(t.columns)]
        return bool(columns) and all(getattr(column, what) for column in columns)

    for index, width in enumerate(widths):
        options: dict[str, int] = {}
        if every(index, "hidden"):
            options = {"hidden": 1}
        elif every(index, "grouped"):
            options = {"level": 1, "hidden": 1}
        elif index + 1 < len(widths) and every(index + 1, "grouped"):
            options = {"collapsed": 1}
        page.set_column(index, index, width, None, options)


def set_up_page(page: Any, sheet: Sheet, last: tuple[int, int], frozen: int, repeated: int) -> None:
    """纸、页边、打印的区域（到 last 行列为止）、冻结的行列、每页重复的行；行列从 0 数。"""
    page.hide_gridlines(2)
    page.set_paper(9)
    if sheet.landscape:
        page.set_landscape()
    page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    page.fit_to_pages(1, 1 if sheet.one_page else 0)
    page.center_horizontally()
    page.set_footer("&C第 &P 页，共 &N 页")
    page.print_area(0, 0, *last)
    if frozen or sheet.frozen:
        page.freeze_panes(frozen, sheet.frozen)
    if repeated:
        page.repeat_rows(repeated)
