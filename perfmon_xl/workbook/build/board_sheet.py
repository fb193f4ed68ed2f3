"""Sheet 看板: a message, three lines with links, the indicators with their lights, and one chart that follows them."""

from __future__ import annotations

from typing import Any

from perfmon_xl.domain.since_last import trend
from perfmon_xl.layout import palette
from perfmon_xl.layout.board import (
    BAR_LIGHTS,
    BOARD,
    BOARD_BARS,
    BOARD_INDICATORS,
    BOARD_TEXTS,
    LEAST_ROWS,
    MOST_ROWS,
    NO_LIGHT,
)
from perfmon_xl.layout.letters import column_letters
from perfmon_xl.layout.palette import bar_colour
from perfmon_xl.layout.schema import Table, Type
from perfmon_xl.workbook.addresses import range_a1
from perfmon_xl.workbook.build.charts import font
from perfmon_xl.workbook.build.looks import follow_values
from perfmon_xl.workbook.build.sheet_writer import SheetWriter
from perfmon_xl.workbook.build.style import LIGHT_LOOKS, follow, web

_HEAD = 6  # the row of the table's header, from 0
_SINCE, _COMPLETION = 4, 5  # columns that are hidden: without an earlier period, always
_CHART, _LINK, _LIGHT, _WIDE = 6, 10, 9, 8
_BARS, _COUNTS = 13, 20  # the columns of what the chart reads, and of the counted figures
# What the chart reads stands beyond the widest screen: it must not be hidden, or the chart is empty.
_WIDTHS = (34, 11, 13, 9, 12, 2, 12, 12, 12, 12, 12, 12, 130, 30, 7, 7, 7, 7, 7, 2, 20, 10)
_ROW = 24.0
_NOTE = (
    "达标程度＝实际÷本阶段应完成；越低越好的＝本阶段应完成÷实际；区间的，在区间里是 100%。条的颜色是灯，灯按规则集；"
    "过了 150% 的画到边。最多列 30 个；左边的“+”展开空着的行。"
)
_CARDS = (
    ("看板_资金情况", "资金", "看资金"),
    ("看板_灯的个数", "表4 目标对比表", "看表4"),
    ("看板_检查情况", "检查结果", "去改"),
)


class BoardWriter(SheetWriter):
    """看板，一张屏幕。"""

    def write(self) -> None:
        page = self.page
        page.outline_settings(True, False, False, False)
        hidden = {_COMPLETION} if trend(self.monitoring.compared).known else {_SINCE, _COMPLETION}
        for column, width in enumerate(_WIDTHS):
            page.set_column(column, column, width, None, {"hidden": 1} if column in hidden else {})
        page.write_string(0, 0, self.sheet.title, self.formats.title)
        page.set_row(0, 28)
        self._texts()
        self._cards()
        rows = min(MOST_ROWS, len(self.computed.tables.get(BOARD_INDICATORS.name, ())))
        self._board_table(BOARD_INDICATORS, 0)
        self._board_table(BOARD_BARS, _BARS)
        for index in range(MOST_ROWS):
            folded = index >= max(rows, LEAST_ROWS)
            page.set_row(_HEAD + 1 + index, _ROW, None, {"level": 1, "hidden": 1} if folded else {})
        last = _HEAD + MOST_ROWS
        page.write_string(last + 2, 0, _NOTE, self.formats.make(font_color=web(palette.MUTED), font_size=9))
        self._counts()
        self._chart(max(rows, LEAST_ROWS))
        page.hide_gridlines(2)
        page.set_paper(9)
        page.set_landscape()
        page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        page.fit_to_pages(1, 1)
        page.center_horizontally()
        page.set_footer("&C第 &P 页，共 &N 页")
        page.print_area(0, 0, last + 2, _LINK + 1)

    def _define(self, name: str, row: int, column: int) -> None:
        place = f"='{self.sheet.name}'!${column_letters(column + 1)}${row + 1}"
        self.workbook.define_name(name, place)

    def _texts(self) -> None:
        period, message = BOARD_TEXTS.cells[:2]
        muted = self.formats.make(font_color=web(palette.MUTED), valign="vcenter")
        self._formula(0, 1, period.formula, muted, self.computed.cells[period.name])
        self._define(period.name, 0, 1)
        bold = self.formats.make(bold=True, font_size=13, font_color=web(palette.HEAD.ink), valign="vcenter")
        self._formula(1, 0, message.formula, bold, self.computed.cells[message.name])
        self._define(message.name, 1, 0)
        self.page.set_row(1, 26)

    def _cards(self) -> None:
        texts = {cell.name: cell for cell in BOARD_TEXTS.cells}
        plain = self.formats.filled(palette.PLAIN, align="left")
        linked = self.formats.filled(palette.PLAIN, font_color=web(palette.LINK), underline=1, align="center")
        for row, (name, sheet, words) in enumerate(_CARDS, 2):
            self.page.set_row(row, 22)
            self.page.write_string(row, 0, texts[name].label, self.formats.filled(palette.HEAD, bold=True))
            self.page.merge_range(row, 1, row, _WIDE, "", plain)
            self._formula(row, 1, texts[name].formula, plain, self.computed.cells[name])
            self._define(name, row, 1)
            self.page.write_blank(row, _LIGHT, None, self.formats.filled(palette.PLAIN, align="center"))
            self.page.write_url(row, _LINK, f"internal:'{sheet}'!A1", linked, words)

    def _board_table(self, table: Table, left: int) -> None:
        first, last = _HEAD + 1, _HEAD + MOST_ROWS
        head = self.formats.head()
        columns = [{"header": c.header, "header_format": head} for c in table.columns]
        right = left + len(columns) - 1
        self._declare(table, (_HEAD, left, last, right), columns)
        self.page.set_row(_HEAD, 34)
        for number, column in enumerate(table.columns):
            at = left + number
            where = range_a1(first + 1, at + 1, last + 1, at + 1)
            text = self.shared.add(table, column, where, first + 1)
            small: dict[str, object] = {"font_size": 9} if table is BOARD_BARS else {}
            style = self.formats.filled(
                palette.COMPUTED,
                num_format="0.0%" if column.type is Type.RATE else "General",
                align="right"
                if column.type is Type.RATE
                else "left"
                if column.field in ("name", "bar")
                else "center",
                **small,
                **({"text_wrap": True, "font_size": 9} if column.field == "name" else {}),
            )
            for index in range(MOST_ROWS):
                value = self.computed.row(table.name, index)[column.field]
                self._formula(first + index, at, text, style, value)
            follow_values(self.workbook, self.page, (first, at, last, at), column)

    def _counts(self) -> None:
        """看板上的数，一个一格：公式和别的程序照名称取。"""
        page, formats = self.page, self.formats
        page.write_string(_HEAD, _COUNTS, "各项的数", formats.head())
        page.write_blank(_HEAD, _COUNTS + 1, None, formats.head())
        row = _HEAD
        for cell in BOARD.cells:
            if cell.name == "看板_资金预警":
                place = (2, _LIGHT)
                style = formats.filled(palette.PLAIN, align="center")
                follow(self.workbook, page, (2, _LIGHT, 2, _LIGHT), LIGHT_LOOKS)
            else:
                row += 1
                place = (row, _COUNTS + 1)
                page.write_string(row, _COUNTS, cell.label, formats.filled(palette.COMPUTED, font_size=9))
                shown = "0.00%" if cell.type is Type.RATE else "General"
                style = formats.filled(palette.COMPUTED, font_size=9, align="right", num_format=shown)
            self._formula(*place, cell.formula, style, self.computed.cells[cell.name])
            self._define(cell.name, *place)

    def _chart(self, rows: int) -> None:
        """一种灯一个系列，叠在一条上；100% 的线是唯一一条主网格线，不跟着数走。"""
        first, last = _HEAD + 1, _HEAD + MOST_ROWS
        chart: Any = self.workbook.add_chart({"type": "bar"})
        for at, light in enumerate(BAR_LIGHTS.values(), 1):
            chart.add_series(
                {
                    "name": f"{light}灯" if light else NO_LIGHT,
                    "categories": [self.sheet.name, first, _BARS, last, _BARS],
                    "values": [self.sheet.name, first, _BARS + at, last, _BARS + at],
                    "fill": {"color": web(bar_colour(light))},
                    "gap": 45,
                    "overlap": 100,
                }
            )
        small = font(9) | {"color": web(palette.INK)}
        frame = {"color": web(palette.FRAME), "width": 2}
        chart.set_title(
            {
                "name": "达标程度：过粗线（100%）为达到本阶段目标",
                "name_font": {**font(10), "bold": False},
                "overlay": False,
            }
        )
        chart.set_legend({"none": True})
        chart.set_x_axis(
            {
                "min": 0,
                "max": 1.5,
                "major_unit": 1,
                "minor_unit": 0.5,
                "num_format": "0%",
                "num_font": small,
                "line": {"none": True},
                "major_gridlines": {"visible": True, "line": frame},
                "minor_gridlines": {"visible": True, "line": {"color": web(palette.GRID), "width": 0.75}},
            }
        )
        chart.set_y_axis(
            {
                "reverse": True,
                "crossing": "max",
                "num_font": small,
                "interval_unit": 1,
                "line": frame,
                "major_tick_mark": "none",
            }
        )
        chart.set_chartarea({"border": {"color": web(palette.GRID)}})
        chart.set_size({"width": 530, "height": 62 + 32 * rows})
        self.page.insert_chart(
            _HEAD, _CHART, chart, {"object_position": 1, "description": "各指标的达标程度"}
        )
