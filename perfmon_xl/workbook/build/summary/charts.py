"""The charts of the summary workbook: native, they read the cells of the tables."""

from __future__ import annotations

from typing import Any

from perfmon_xl.domain.policy import WORST_FIRST
from perfmon_xl.domain.summary import Group, light_word
from perfmon_xl.layout.palette import BAR, HEAD, bar_colour
from perfmon_xl.layout.schema import ChartKind, SheetChart
from perfmon_xl.workbook.build.charts import dress, font
from perfmon_xl.workbook.build.listing import Listing
from perfmon_xl.workbook.build.style import web

_COLOURS = {light: web(bar_colour(light_word(light))) for light in (*WORST_FIRST, None)}
_EXECUTION, _PACE = web(HEAD.ink), web(BAR)
_FRAME, _BAR = 120, 44  # pixels: title and legend, and a department


def draw_departments(workbook: Any, page: Any, listing: Listing[Group]) -> None:
    """各主管部门的执行率和序时进度，画在表的下面。"""
    look = SheetChart(
        title="各主管部门预算执行率与序时进度",
        kind=ChartKind.BAR,
        left=0,
        top=0,
        width=860,
        height=_FRAME + _BAR * max(1, len(listing.rows)),
        percent=True,
    )
    chart = workbook.add_chart({"type": "bar"})
    for key, colour in (("execution", _EXECUTION), ("pace", _PACE)):
        chart.add_series(_series(listing, key, "0.0%") | {"fill": {"color": colour}})
    dress(chart, look)
    chart.set_legend({"position": "bottom", "font": font(10)})
    _insert(page, listing, chart, look)


def draw_lights(workbook: Any, page: Any, listing: Listing[Group]) -> None:
    """各色灯的项目数，画在表的下面。"""
    look = SheetChart(title="各色灯的项目数", kind=ChartKind.COLUMN, left=0, top=0, width=620, height=300)
    chart = workbook.add_chart({"type": "column"})
    points = [{"fill": {"color": colour}} for colour in _COLOURS.values()]
    chart.add_series(_series(listing, "projects", "0") | {"points": points})
    dress(chart, look)
    _insert(page, listing, chart, look)


def _insert(page: Any, listing: Listing[Group], chart: Any, look: SheetChart) -> None:
    page.insert_chart(listing.last + 2, 0, chart, {"object_position": 3, "description": look.title})


def _series(listing: Listing[Group], key: str, shown: str) -> dict[str, object]:
    def area(name: str) -> list[object]:
        column = listing.column(name)
        return [listing.sheet, listing.first, column, listing.last, column]

    return {
        "name": listing.columns[listing.column(key)].header,
        "categories": area("name"),
        "values": area(key),
        "gap": 60,
        "data_labels": {"value": True, "num_format": shown, "font": font(9)},
    }
