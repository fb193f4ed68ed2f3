"""The workbook built from the one declaration: blank, or filled with the records of a monitoring."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import accumulate
from typing import Any

import xlsxwriter

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout import parameters
from perfmon_xl.layout.schema import Column, Form, NamedCell, Sheet, Table, Type
from perfmon_xl.policy import get, load_all
from perfmon_xl.workbook.addresses import range_a1
from perfmon_xl.workbook.build.charts import draw
from perfmon_xl.workbook.build.defaults import with_defaults
from perfmon_xl.workbook.build.guide import write_guide
from perfmon_xl.workbook.build.shared_formulas import SharedFormulas
from perfmon_xl.workbook.build.style import BORDER, COMPUTED, CREATED, LIGHTS, WARNED, Formats
from perfmon_xl.workbook.computed import Computed, compute_book
from perfmon_xl.workbook.file.row_heights import lines, points, text_width
from perfmon_xl.workbook.port import column_letters

_LISTS, _PARAMETERS = "列表", parameters.SHEET
_LONGEST_PROMPT, _LONGEST_TITLE = 255, 32
_FEW_ROWS = 2
_CHARTS_FROM, _GAP = 2, 2
_RULE_WIDTH = 24


def blank() -> bytes:
    """空白工作簿。"""
    return build(Monitoring())


def build(monitoring: Monitoring, rules: RuleSet | None = None) -> bytes:
    """按记录填好的工作簿；公式存着的结果就是现在应有的结果。"""
    monitoring = with_defaults(monitoring)
    rules = rules or get(monitoring.project.rule_set)
    computed = compute_book(figures_of(monitoring, rules))
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    workbook.set_properties({"title": "绩效运行监控工作簿", "created": CREATED, "comments": "perfmon-xl"})
    workbook.set_calc_mode("auto")
    formats, shared = Formats(workbook), SharedFormulas()
    write_guide(workbook, formats)
    for sheet in layout.SHEETS:
        _SheetWriter(workbook, formats, sheet, monitoring, computed, shared).write()
    _write_parameters(workbook, formats, rules)
    _write_lists(workbook)
    workbook.close()
    return shared.written_into(out.getvalue())


class _SheetWriter:
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
        self.widths = self._widths()
        self.named: dict[str, int] = {}
        self.tops: dict[str, tuple[int, int]] = {}
        self.printed = max(
            (n for t in self.tables for n, column in enumerate(t.columns, 1) if column.printed), default=3
        )

    def _widths(self) -> list[float]:
        if not self.tables:
            return [24.0, 64.0, 46.0]
        count = max(len(t.columns) for t in self.tables)
        return [
            max(
                (t.columns[i].width for t in self.tables if i < len(t.columns) and not t.columns[i].hidden),
                default=10,
            )
            for i in range(count)
        ]

    def write(self) -> None:
        page = self.page
        for index, width in enumerate(self.widths):
            hidden = bool(self.tables) and all(
                t.columns[index].hidden for t in self.tables if index < len(t.columns)
            )
            page.set_column(index, index, width, None, {"hidden": 1} if hidden else {})
        page.write_string(0, 0, self.sheet.title, self.formats.title)
        page.set_row(0, 28)
        row, frozen, repeated = 2, 0, 0
        for number, block in enumerate(self.sheet.blocks):
            if len(self.sheet.blocks) > 1:
                page.write_string(row, 0, block.title, self.formats.subtitle)
                if isinstance(block, Table) and block.note:
                    page.write_string(row, self._beside(block.title), block.note, self.formats.remark)
                row += 1
            if isinstance(block, Form):
                row = self._form(block, row) + 1
            else:
                frozen = row + 1 if number == 0 else frozen
                repeated = row if number == len(self.sheet.blocks) - 1 and len(self.tables) == 1 else repeated
                self.tops[block.name] = (row + 1, self._table(block, row))
                row = self.tops[block.name][1] + 2
        if self.sheet.charts:
            corner = (_CHARTS_FROM, len(self.widths) + 1)
            page.set_column(len(self.widths), len(self.widths), _GAP)
            self.printed = draw(self.workbook, page, self.sheet, self.named, self.tops, corner)
            repeated = 0
        self._page_setup(row - 2, frozen, repeated)

    def _beside(self, title: str) -> int:
        """标题右边第一个不压着标题的列；小标题比正文宽一些。"""
        room = accumulate(self.widths)
        return next(n for n, width in enumerate(room, 1) if width >= text_width(title) * 1.2)

    def _page_setup(self, last: int, frozen: int, repeated: int) -> None:
        page = self.page
        page.hide_gridlines(2)
        page.set_paper(9)
        if self.sheet.landscape:
            page.set_landscape()
        page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        page.fit_to_pages(1, 1 if self.sheet.one_page else 0)
        page.center_horizontally()
        page.set_footer("&C第 &P 页，共 &N 页")
        page.print_area(0, 0, last, self.printed - 1)
        if frozen:
            page.freeze_panes(frozen, 0)
        if repeated:
            page.repeat_rows(repeated)

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
        page.write_string(row, 0, cell.label, formats.label)
        style = formats.cell(cell.type, computed=cell.computed)
        wide = bool(self.tables) and cell.type is Type.LONG_TEXT
        width = sum(self.widths[1 : self.printed]) if wide else self.widths[1]
        if wide:
            page.merge_range(row, 1, row, self.printed - 1, "", style)
        if cell.computed:
            self._formula(row, 1, cell.formula, style, self.computed.cells[cell.name])
        else:
            self._value(row, 1, value, cell.type, style)
        self.workbook.define_name(cell.name, f"='{self.sheet.name}'!$B${row + 1}")
        if not wide:
            page.write_string(row, 2, cell.note, formats.remark if self.tables else formats.note)
        self._validate(row, row, 1, cell)
        if cell.computed and cell.type is Type.TEXT:
            self._lights(row, row, 1, LIGHTS)
        text = value if isinstance(value, str) else ""
        tall = max(lines(text, width), 3 if cell.type is Type.LONG_TEXT else 1)
        page.set_row(row, points(tall))

    # --- tables -------------------------------------------------------------------------------------

    def _table(self, table: Table, top: int) -> int:
        records = getattr(self.monitoring, table.record) if table.record else ()
        count = max(table.spare, len(records) + _FEW_ROWS if records else 0)
        bottom = top + count
        columns = [{"header": column.header, "header_format": self.formats.head} for column in table.columns]
        shares = {
            c.field: self.shared.add(
                self.sheet.name, table, c, range_a1(top + 2, number, bottom + 1, number), top + 2
            )
            for number, c in enumerate(table.columns, 1)
            if c.computed
        }
        self.page.add_table(
            top,
            0,
            bottom,
            len(columns) - 1,
            {"name": table.name, "columns": columns, "autofilter": False, "style": None},
        )
        self.page.set_row(top, 32)
        for index in range(count):
            self._record(
                table, shares, records[index] if index < len(records) else None, index, top + 1 + index
            )
        for number, column in enumerate(table.columns):
            self._validate(top + 1, bottom, number, column)
            if column.field == "light":
                self._lights(top + 1, bottom, number, LIGHTS)
            elif column.field == "met" or column.field.endswith("_sign"):
                self._lights(top + 1, bottom, number, WARNED)
        return bottom

    def _record(self, table: Table, shares: Mapping[str, str], record: object, index: int, row: int) -> None:
        values: Mapping[str, Decimal | str] = self.computed.row(table.name, index)
        tall = 1
        for number, column in enumerate(table.columns):
            style = self.formats.cell(column.type, computed=column.computed)
            if column.computed:
                self._formula(row, number, shares[column.field], style, values[column.field])
                continue
            value = getattr(record, column.field) if record is not None else None
            self._value(row, number, value, column.type, style)
            if isinstance(value, str) and not column.hidden:
                tall = max(tall, lines(value, self.widths[number]))
            elif isinstance(value, TargetValue):
                tall = max(tall, lines(value.raw, self.widths[number]))
        self.page.set_row(row, points(tall))

    # --- cells --------------------------------------------------------------------------------------

    def _formula(self, row: int, column: int, text: str, style: Any, value: Decimal | str) -> None:
        self.page.write_formula(
            row, column, "=" + text, style, value if isinstance(value, str) else float(value)
        )

    def _value(self, row: int, column: int, value: object, kind: Type, style: Any) -> None:
        page = self.page
        if isinstance(value, TargetValue):
            value = value.raw
        if isinstance(value, Amount):
            value = value.wan_number if kind is Type.WAN else value.yuan
        if value is None or value == "":
            page.write_blank(row, column, None, style)
        elif isinstance(value, Decimal):
            page.write_number(row, column, float(value), style)
        elif isinstance(value, date):
            page.write_datetime(row, column, datetime(value.year, value.month, value.day), style)
        else:
            page.write_string(row, column, str(value), style)

    def _validate(self, first: int, last: int, column: int, what: Column | NamedCell) -> None:
        if what.computed or not (what.choices or what.note):
            return
        label = what.header if isinstance(what, Column) else what.label
        message = what.note + (f"\n例：{what.example}" if what.example else "")
        options: dict[str, object] = {
            "input_title": label[:_LONGEST_TITLE],
            "input_message": message[:_LONGEST_PROMPT],
        }
        if not message:
            options = {}
        if what.choices:
            strict = what.choices == "列表_是否"
            options |= {
                "validate": "list",
                "source": f"={what.choices}",
                "error_type": "stop" if strict else "warning",
                "error_title": label[:_LONGEST_TITLE],
                "error_message": "列表里没有这一项。" + ("请从列表选。" if strict else "确定要这样写吗？"),
            }
        else:
            options["validate"] = "any"
        self.page.data_validation(first, column, last, column, options)

    def _lights(self, first: int, last: int, column: int, colours: Mapping[str, tuple[str, str]]) -> None:
        for word, (fill, font) in colours.items():
            style = self.workbook.add_format({"bg_color": fill, "font_color": font})
            self.page.conditional_format(
                first,
                column,
                last,
                column,
                {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style},
            )


def _write_parameters(workbook: Any, formats: Formats, rules: RuleSet) -> None:
    """规则参数：每个参数一行，每套规则一列；“本规则”一列按项目信息里选的规则集取数。"""
    page = workbook.add_worksheet(_PARAMETERS)
    known = list(load_all().values())
    first = parameters.FIRST_RULE_SET_COLUMN
    for column, head in enumerate([*parameters.HEADERS, *(r.name for r in known)]):
        page.write_string(0, column, head, formats.head)
    for row, parameter in enumerate(parameters.PARAMETERS, 1):
        style = formats.make(
            border=1,
            border_color=BORDER,
            bg_color=COMPUTED,
            valign="vcenter",
            text_wrap=True,
            num_format="0.##%" if parameter.percent else "General",
        )
        page.write_string(row, 0, parameter.title, formats.label)
        value = parameter.value(rules)
        page.write_formula(
            row,
            parameters.CURRENT_COLUMN - 1,
            "=" + parameters.current(len(known), row + 1),
            style,
            value if isinstance(value, str) else float(value),
        )
        page.write_string(row, 2, parameter.note, formats.text)
        for column, one in enumerate(known, first - 1):
            each = parameter.value(one)
            if each == "":
                page.write_blank(row, column, None, style)
            elif isinstance(each, str):
                page.write_string(row, column, each, style)
            else:
                page.write_number(row, column, float(each), style)
        tall = max(lines(str(parameter.value(one)), _RULE_WIDTH) for one in known)
        page.set_row(row, max(18.0, max(tall, lines(parameter.note, 40)) * 15.0 + 3))
        workbook.define_name(parameter.name, f"='{_PARAMETERS}'!$B${row + 1}")
    page.set_column(0, 0, 26)
    page.set_column(1, 1, _RULE_WIDTH)
    page.set_column(2, 2, 40)
    page.set_column(first - 1, first + len(known) - 2, _RULE_WIDTH)
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页，共 &N 页")


def _write_lists(workbook: Any) -> None:
    page = workbook.add_worksheet(_LISTS)
    page.hide()
    for column, (name, words) in enumerate({**layout.LISTS, "列表_规则集": tuple(load_all())}.items()):
        page.write_string(0, column, name)
        for row, word in enumerate(words, 1):
            page.write_string(row, column, word)
        letters = column_letters(column + 1)
        workbook.define_name(name, f"='{_LISTS}'!${letters}$2:${letters}${len(words) + 1}")
