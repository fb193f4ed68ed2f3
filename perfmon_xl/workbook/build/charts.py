"""Native Excel charts on a sheet, from their declaration; they read live cells, nothing is drawn in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfmon_xl.layout.schema import ChartKind, Sheet, SheetChart, Table
from perfmon_xl.workbook.build.style import FONT

_KINDS = {ChartKind.BAR: "bar", ChartKind.COLUMN: "column", ChartKind.DOUGHNUT: "doughnut"}
_COLUMN_PIXELS = 64  # a column of the default width
_GRID = "#E2E2E2"


def draw(
    workbook: Any,
    page: Any,
    sheet: Sheet,
    named: Mapping[str, int],
    tops: Mapping[str, tuple[int, int]],
    corner: tuple[int, int],
) -> int:
    """画一张工作表的图，左上角在 corner；返回图占到第几列。

    named：名称在第几行；tops：表格的第一条、最后一条记录在第几行。都从 0 数。
    """
    tables = {block.name: block for block in sheet.blocks if isinstance(block, Table)}
    for chart in sheet.charts:
        made = workbook.add_chart({"type": _KINDS[chart.kind]})
        made.add_series(_series(chart, sheet.name, named, tops, tables))
        dress(made, chart)
        page.insert_chart(
            *corner,
            made,
            {"x_offset": chart.left, "y_offset": chart.top, "object_position": 3, "description": chart.title},
        )
    right = max(chart.left + chart.width for chart in sheet.charts)
    return corner[1] + -(-right // _COLUMN_PIXELS)


def _series(
    chart: SheetChart,
    sheet: str,
    named: Mapping[str, int],
    tops: Mapping[str, tuple[int, int]],
    tables: Mapping[str, Table],
) -> dict[str, object]:
    if chart.cells:
        rows = [named[name] for name in chart.cells]
        first, last, category, value = rows[0], rows[-1], 0, 1
    else:
        fields = [column.field for column in tables[chart.table].columns]
        first, last = tops[chart.table]
        category, value = fields.index(chart.category), fields.index(chart.value)
    number = "0.0%" if chart.percent else "0"
    series: dict[str, object] = {
        "name": chart.title,
        "categories": [sheet, first, category, last, category],
        "values": [sheet, first, value, last, value],
        "gap": 60,
    }
    if chart.cells:
        series["points"] = [{"fill": {"color": colour}} for colour in chart.colours]
        series["data_labels"] = {"value": True, "num_format": number, "font": font(10)}
    else:
        series["fill"] = {"color": chart.colours[0]}
    return series


def dress(made: Any, chart: SheetChart) -> None:
    """标题、大小、坐标轴、字体。"""
    made.set_title({"name": chart.title, "name_font": {**font(12), "bold": True}, "overlay": False})
    made.set_size({"width": chart.width, "height": chart.height})
    made.set_chartarea({"border": {"color": _GRID}})
    if chart.kind is ChartKind.DOUGHNUT:
        made.set_legend({"position": "bottom", "font": font(10)})
        made.set_hole_size(55)
        return
    made.set_legend({"none": True})
    numbers: dict[str, object] = {
        "num_format": "0%" if chart.percent else "0",
        "num_font": font(9),
        "min": 0,
        "major_gridlines": {"visible": True, "line": {"color": _GRID}},
    }
    if chart.highest is not None:
        numbers["max"] = chart.highest
    words: dict[str, object] = {"num_font": font(9)}
    if chart.kind is ChartKind.BAR:
        # XlsxWriter calls the upright axis of a bar chart y. Excel counts the bars from below; reversed,
        # the first row is on top, and the numbers, which follow the last bar, are at the foot.
        made.set_x_axis(numbers)
        made.set_y_axis(words | {"reverse": True, "crossing": "max"})
    else:
        made.set_x_axis(words)
        made.set_y_axis(numbers | {"visible": False})


def font(size: int) -> dict[str, object]:
    """图里的字。"""
    return {"name": FONT, "size": size}
