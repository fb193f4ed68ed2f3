"""One sheet of the workbook from its declaration: forms and tables from top to bottom, looks, lists, page set-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.layout import palette
from perfmon_xl.layout.finding_sheet import FINDINGS
from perfmon_xl.layout.letters import column_letters
from perfmon_xl.layout.required import by_kind
from perfmon_xl.layout.schema import ALWAYS, Column, Form, NamedCell, Sheet, Table, Type
from perfmon_xl.workbook.addresses import range_a1, split_a1
from perfmon_xl.workbook.build.charts import draw
from perfmon_xl.workbook.build.entries import offer, put_value
from perfmon_xl.workbook.build.legend import write_legend
from perfmon_xl.workbook.build.looks import (
    entry_looks,
    folded_looks,
    follow_values,
    missing_look,
    required_mark,
)
from perfmon_xl.workbook.build.page_setup import column_widths, set_columns, set_up_page
from perfmon_xl.workbook.build.shared_formulas import SharedFormulas, declared
from perfmon_xl.workbook.build.style import (
    HEAD_HEIGHT,
    NEXT_HEIGHT,
    SECTION_HEIGHT,
    TITLE_HEIGHT,
    Formats,
    web,
)
from perfmon_xl.workbook.build.worksheet import Formula, FormulaCell
from perfmon_xl.workbook.computed import Computed
from perfmon_xl.workbook.wrapping import lines, points, text_width

_FEW_ROWS = 2
_CHARTS_FROM, _GAP = 2, 2
_LEAST_LONG, _LEAST_MERGED = 3, 4  # lines of an entry for paragraphs; a merged one never grows by itself
_STEP_ROOM = 60.0  # characters that the words of the next step need
_NARROW = 16.0
_LEGEND = 6  # columns that a legend needs
_FIT_TO_FREEZE = 180.0  # points above a header that may stay on the screen
# A column of a table: its number, its cells' format, its formula if it has one, whether it is hidden or folded away.
_Planned = tuple[int, Column, Any, Formula | None, bool]


class SheetWriter:
    """一张工作表，从上到下。"""

    def __init__(
        self,
        workbook: Any,
        formats: Formats,
        sheet: Sheet,
        monitoring: Monitoring,
        computed: Computed,
        shared: SharedFormulas,
    ) -> None:
        self.shared = shared
        self.workbook, self.formats, self.sheet = workbook, formats, sheet
        self.monitoring, self.computed = monitoring, computed
        self.page = workbook.add_worksheet(sheet.name)
        self.tables = [block for block in sheet.blocks if isinstance(block, Table)]
        self.widths = column_widths(sheet)
        self.named: dict[str, int] = {}
        self.tops: dict[str, tuple[int, int]] = {}
        self.above = 0.0  # points of the rows so far
        self.printed = max(
            (n for t in self.tables for n, column in enumerate(t.columns, 1) if column.printed), default=3
        )

    def _row(self, row: int, height: float) -> None:
        self.page.set_row(row, height)
        self.above += height

    def _grows(self, row: int, height: float) -> None:
        """打字时自己长高的一行：写着高度，不写 customHeight。"""
        self._row(row, height)
        self.page.growing.add(row)

    # --- from top to bottom -------------------------------------------------------------------------

    def write(self) -> None:
        set_columns(self.page, self.tables, self.widths)
        self.page.write_string(0, 0, self.sheet.title, self.formats.title)
        self._row(0, TITLE_HEIGHT)
        self._row(1, NEXT_HEIGHT)
        self._next_step()
        self._banners()
        row, frozen, repeated = (3 if self.sheet.banners else 2), 0, 0
        for number, block in enumerate(self.sheet.blocks):
            if len(self.sheet.blocks) > 1 and self.sheet.headed:
                self._heading(row, block)
                row += 1
            if isinstance(block, Form):
                row = self._form(block, row) + 1
                self.above += 15
                continue
            last = number == len(self.sheet.blocks) - 1 and len(self.tables) == 1
            if (number == 0 or last) and self.above <= _FIT_TO_FREEZE and len(self.tables) == 1:
                frozen = row + 1
            repeated = row if last else repeated
            self.tops[block.name] = (row + 1, self._table(block, row))
            row = self.tops[block.name][1] + 2
        if self.sheet.charts:
            corner = (_CHARTS_FROM, len(self.widths) + 1)
            self.page.set_column(len(self.widths), len(self.widths), _GAP)
            self.printed = draw(self.workbook, self.page, self.sheet, self.named, self.tops, corner)
            repeated = 0
        set_up_page(self.page, self.sheet, (row - 2, self.printed - 1), frozen, repeated)

    def _next_step(self) -> None:
        """第二行：下一步、去第一处、颜色的意思。"""
        beside = next(
            (n for n, room in enumerate(accumulate(self.widths), 1) if room >= _STEP_ROOM), len(self.widths)
        )
        step = self.sheet.step
        if step is not None:
            # Beside a narrow first column, where the texts of the sheet stand; what is frozen keeps it in sight.
            column = 1 if self.widths[0] < _NARROW and not self.sheet.frozen else 0
            if column:
                self.page.write_blank(1, 0, None, self.formats.step)
            self._formula(1, column, step.formula, self.formats.step, self.computed.cells[step.name])
            self.workbook.define_name(step.name, f"='{self.sheet.name}'!${'AB'[column]}$2")
        link = self.sheet.link
        if link is not None:
            self._formula(1, beside, link.formula, self.formats.link, self.computed.cells[link.name])
            self.workbook.define_name(link.name, f"='{self.sheet.name}'!${column_letters(beside + 1)}$2")
        if any(block.record for block in self.sheet.blocks):
            seen = self._visible()
            # What is printed is the official form: the legend stands beside it, where there is a beside.
            first = max(beside, self.printed - 1) if self.printed + _LEGEND <= seen else beside
            write_legend(self.page, self.formats, beside, first, self.widths[:seen])

    def _banners(self) -> None:
        """表格上面单独的几格：结论、个数、进度。"""
        for banner in self.sheet.banners:
            row, column = split_a1(banner.at)
            style = self.formats.make(
                bold=banner.strong,
                font_color=web(palette.HEAD.ink if banner.strong else palette.MUTED),
                font_size=11 if banner.strong else 10,
                valign="vcenter",
            )
            if banner.cell.computed:
                value = self.computed.cells[banner.cell.name]
                self._formula(row - 1, column - 1, banner.cell.formula, style, value)
            else:
                self.page.write_blank(row - 1, column - 1, None, style)
            place = f"='{self.sheet.name}'!${banner.at[0]}${row}"
            self.workbook.define_name(banner.cell.name, place)
        if self.sheet.banners:
            self._row(2, NEXT_HEIGHT)

    def _visible(self) -> int:
        """从左数起连着看得见的有几栏。"""
        if not self.tables:
            return len(self.widths)
        longest = max(self.tables, key=lambda t: len(t.columns))
        return next(
            (n for n, column in enumerate(longest.columns) if column.hidden or column.grouped),
            len(longest.columns),
        )

    def _heading(self, row: int, block: Form | Table) -> None:
        self.page.write_string(row, 0, block.title, self.formats.subtitle)
        if isinstance(block, Table) and block.note:
            self.page.write_string(row, self._beside(block.title), block.note, self.formats.remark)
        self._row(row, SECTION_HEIGHT)

    def _beside(self, title: str) -> int:
        """标题右边第一个不压着标题的列；小标题比正文宽一些。"""
        room = accumulate(self.widths)
        return next(n for n, width in enumerate(room, 1) if width >= text_width(title) * 1.2)

    # --- forms --------------------------------------------------------------------------------------

    def _form(self, form: Form, row: int) -> int:
        record = getattr(self.monitoring, form.record) if form.record else None
        for cell in form.cells:
            self._named(cell, row, getattr(record, cell.field) if record is not None else None)
            row += 1
        return row

    def _named(self, cell: NamedCell, row: int, value: object) -> None:
        page, formats = self.page, self.formats
        self.named[cell.name] = row
        page.write_string(row, 0, cell.label, formats.label(required=cell.required == ALWAYS))
        if by_kind(cell.required):
            required_mark(self.workbook, page, row, 0, cell.required)
        centred = True if cell.field == "light" else None if self.tables else False
        style = formats.cell(cell.type, computed=cell.computed, centred=centred)
        wide = bool(self.tables) and cell.type is Type.LONG_TEXT
        width = sum(self.widths[1 : self.printed]) if wide else self.widths[1]
        if wide:
            page.merge_range(row, 1, row, self.printed - 1, "", style)
        if cell.computed:
            self._formula(row, 1, cell.formula, style, self.computed.cells[cell.name])
        else:
            put_value(self.page, row, 1, value, cell.type, style)
        self.workbook.define_name(cell.name, f"='{self.sheet.name}'!$B${row + 1}")
        if not wide:
            page.write_string(row, 2, cell.note, formats.remark if self.tables else formats.note)
        offer(self.page, row, row, 1, cell)
        follow_values(self.workbook, page, (row, 1, row, 1), cell)
        if cell.required:
            missing_look(self.workbook, page, (row, 1, row, 1), f"$B${row + 1}", cell.required)
        text = value if isinstance(value, str) else ""
        tall = max(
            lines(text, width),
            0 if wide or self.tables else lines(cell.note, self.widths[2] * 1.1),
            (_LEAST_MERGED if wide else _LEAST_LONG) if cell.type is Type.LONG_TEXT else 1,
        )
        if wide:
            self._row(row, points(tall))
        else:
            self._grows(row, points(tall))

    # --- tables -------------------------------------------------------------------------------------

    def _table(self, table: Table, top: int) -> int:
        records = getattr(self.monitoring, table.record) if table.record else ()
        count = max(table.spare, len(records) + _FEW_ROWS if records else 0)
        bottom = top + count
        columns = [
            {
                "header": column.header,
                "header_format": self.formats.filtered_head
                if table.filtered
                else self.formats.head(required=column.required == ALWAYS),
            }
            for column in table.columns
        ]
        shares = {
            c.field: self.shared.add(table, c, range_a1(top + 2, number, bottom + 1, number), top + 2)
            for number, c in enumerate(table.columns, 1)
            if c.formula
        }
        self._declare(table, (top, 0, bottom, len(columns) - 1), columns)
        head = max(
            lines(c.header + ("＊" if c.required else ""), width)
            for c, width in zip(table.columns, self.widths, strict=False)
            if not c.hidden
        )
        self._row(top, max(HEAD_HEIGHT, points(head)))
        plan = [
            (number, column, self._style(column), shares.get(column.field), column.hidden or column.grouped)
            for number, column in enumerate(table.columns)
        ]
        for index in range(count):
            record = records[index] if index < len(records) else None
            self._record(plan, self.computed.row(table.name, index), record, top + 1 + index)
        if table.name == FINDINGS.name:
            folded_looks(self.workbook, self.page, table, top + 1, bottom)
        self._looks(table, top + 1, bottom)
        return bottom

    def _declare(
        self, table: Table, area: tuple[int, int, int, int], columns: Sequence[Mapping[str, object]]
    ) -> None:
        """表格，和它每一栏的公式；公式由 add_table 写的话，每一格都是全文。"""
        options = {"name": table.name, "columns": columns, "autofilter": table.filtered, "style": None}
        for column, made in zip(table.columns, self.page.declare_table(area, options), strict=True):
            made["formula"] = declared(table, column)

    def _looks(self, table: Table, first: int, last: int) -> None:
        """下拉列表、提示；跟着值走的样子：灯、达成、必填没填、带入的。"""
        for number, column in enumerate(table.columns):
            if by_kind(column.required):
                required_mark(self.workbook, self.page, first - 1, number, column.required)
            offer(self.page, first, last, number, column, table)
            follow_values(self.workbook, self.page, (first, number, last, number), column)
        if table.record:
            entry_looks(self.workbook, self.page, table, first, last)

    def _record(
        self, plan: Sequence[_Planned], values: Mapping[str, Decimal | str], record: object, row: int
    ) -> None:
        tall = 1
        formulas: list[FormulaCell] = []
        for number, column, style, formula, unseen in plan:
            if formula is not None:
                shown = values[column.field]
                if isinstance(shown, str):
                    formulas.append((number, formula, style, shown))
                    if shown and not unseen:
                        tall = max(tall, lines(shown, self.widths[number]))
                else:
                    formulas.append((number, formula, style, float(shown)))
                continue
            if column.stored:
                put_value(self.page, row, number, values[column.field], column.type, style)
                continue
            value = getattr(record, column.field) if record is not None else None
            put_value(self.page, row, number, value, column.type, style)
            if isinstance(value, str) and not column.hidden:
                tall = max(tall, lines(value, self.widths[number]))
            elif isinstance(value, TargetValue):
                tall = max(tall, lines(value.raw, self.widths[number]))
        self.page.put_formulas(row, formulas)
        self._grows(row, points(tall))

    def _style(self, column: Column) -> Any:
        if not column.written and column.field != "answer":
            return self.formats.cell(column.type, computed=column.computed, centred=_centred(column))
        small = {"font_size": 9} if column.field == "code" else {}
        linked: dict[str, object] = (
            {"underline": 1, "font_color": web(palette.LINK)} if column.field == "where" else {}
        )
        middle = column.field in ("number", "severity", "state", "code")
        return self.formats.filled(
            palette.PLAIN if column.written else palette.ENTRY,
            text_wrap=True,
            valign="top",
            align="center" if middle else "left",
            **small,
            **linked,
        )

    # --- cells --------------------------------------------------------------------------------------

    def _formula(self, row: int, column: int, text: Formula, style: Any, value: Decimal | str) -> None:
        self.page.put_formula(row, column, text, style, value if isinstance(value, str) else float(value))


def _centred(column: Column) -> bool | None:
    """灯、是否达成这样的几个字居中；其余照类型。"""
    known = column.field in ("light", "met", "todo", "severity")
    return True if known or (column.field == "state" and column.computed) else None
