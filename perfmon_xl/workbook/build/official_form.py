"""The official monitoring form as an .xlsx page: merged, bordered, ready to print on A4 landscape."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

import xlsxwriter

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.explaining import CAUSES, LIKELIHOODS
from perfmon_xl.domain.official_form import NOTES, TITLE, FundLine, IndicatorLine, OfficialForm
from perfmon_xl.layout.schema import Type
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.workbook.build.style import CREATED, NUMBER_FORMATS, Formats
from perfmon_xl.workbook.wrapping import lines

SHEET, TICK = "执行监控表", "√"
_LABEL, _L1, _L2, _NAME, _ANNUAL, _ACTUAL, _FORECAST = range(7)
_CAUSES = _FORECAST + 1
_REASON = _CAUSES + len(CAUSES)
_LIKELY = _REASON + 1
_NOTE = _LIKELY + len(LIKELIHOODS)
_WIDTHS = (6, 9, 14, 26, 12, 12, 12, 6, 6, 6, 7, 6, 22, 6, 6, 7, 22)
# Which columns of the page each column of the funds spans: three of them, or five with the local ones.
_FUND_EDGES = {
    3: ((_ANNUAL, _FORECAST), (_CAUSES, _REASON), (_LIKELY, _NOTE)),
    5: (
        (_ANNUAL, _ACTUAL),
        (_FORECAST, _CAUSES + 1),
        (_CAUSES + 2, _CAUSES + 4),
        (_REASON, _REASON),
        (_LIKELY, _NOTE),
    ),
}
_LINE, _LOW, _MOST = 14.0, 22.0, 400.0
_SIZE = 10


def write_form(form: OfficialForm, *, local: bool = False) -> bytes:
    """监控表的文件内容；local 加上地方表的调整后预算数和执行率两栏。"""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"title": TITLE, "created": CREATED, "comments": "perfmon-xl"})
    _FormPage(workbook, form).write(local=local)
    workbook.close()
    return rewritten(out.getvalue(), {})  # zipfile writes which system it ran on


class _FormPage:
    """从上到下写一张表；行号从 0 数。"""

    def __init__(self, workbook: Any, form: OfficialForm) -> None:
        self.form, self.formats = form, Formats(workbook)
        self.page = workbook.add_worksheet(SHEET)
        box = {"border": 1, "font_size": _SIZE, "valign": "vcenter", "text_wrap": True}
        make = self.formats.make
        self.head = make(**box, align="center")
        self.text = make(**box, align="left")
        self.money = make(**box, align="right", num_format=NUMBER_FORMATS[Type.WAN])
        self.rate = make(**box, align="right", num_format=NUMBER_FORMATS[Type.RATE])
        self.title = make(bold=True, font_size=18, align="center", valign="vcenter")
        self.year = make(font_size=12, align="center", valign="vcenter")
        self.note = make(font_size=_SIZE, align="left", valign="top", text_wrap=True)

    def write(self, *, local: bool) -> None:
        for column, width in enumerate(_WIDTHS):
            self.page.set_column(column, column, width)
        form = self.form
        self._merge(0, 0, 0, _NOTE, TITLE, self.title)
        self.page.set_row(0, 30)
        self._merge(1, 0, 1, _NOTE, f"（{form.year}年度）" if form.year else "（    年度）", self.year)
        self._wide(2, "项目名称", form.name)
        self._merge(3, _LABEL, 3, _L1, "主管部门及代码", self.head)
        self._merge(3, _L2, 3, _ACTUAL, form.department, self.text)
        self._merge(3, _FORECAST, 3, _CAUSES + 1, "实施单位", self.head)
        self._merge(3, _CAUSES + 2, 3, _NOTE, form.unit, self.text)
        self.page.set_row(3, _LOW)
        row = self._funds(4, local=local)
        self._wide(row, "年度总体目标", form.goal)
        header = row + 1
        last = self._indicators(header)
        self._notes(last + 1)
        self._set_up(header, last + 1)

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, style: Any) -> None:
        if (top, left) == (bottom, right):
            self._put(top, left, text, style)
            return
        self.page.merge_range(top, left, bottom, right, "", style)
        self._put(top, left, text, style)

    def _put(self, row: int, column: int, value: str | Decimal | Amount | None, style: Any) -> None:
        if isinstance(value, Amount):
            value = value.wan_number
        if value is None or value == "":
            self.page.write_blank(row, column, None, style)
        elif isinstance(value, Decimal):
            self.page.write_number(row, column, float(value), style)
        else:
            self.page.write_string(row, column, value, style)

    def _wide(self, row: int, label: str, text: str) -> None:
        self._merge(row, _LABEL, row, _L1, label, self.head)
        self._merge(row, _L2, row, _NOTE, text, self.text)
        self._height(row, lines(text, sum(_WIDTHS[_L2:])))

    def _height(self, row: int, count: int) -> None:
        self.page.set_row(row, min(_MOST, max(_LOW, count * _LINE + 8)))

    # --- 资金 ---------------------------------------------------------------------------------------

    def _funds(self, top: int, *, local: bool) -> int:
        period = self.form.period
        columns: list[tuple[str, str]] = [("年初预算数", "initial")]
        if local:
            columns.append(("调整后预算数", "adjusted"))
        columns.append((f"{period}执行数", "spent"))
        if local:
            columns.append((f"{period}执行率（%）", "rate"))
        columns.append(("全年预计执行数", "forecast"))
        edges = _FUND_EDGES[len(columns)]
        bottom = top + len(self.form.funds)
        self._merge(top, _LABEL, bottom, _L1, "项目资金\n（万元）", self.head)
        self._merge(top, _L2, top, _NAME, "", self.head)
        for (label, _), (left, right) in zip(columns, edges, strict=True):
            self._merge(top, left, top, right, label, self.head)
        for row, line in enumerate(self.form.funds, top + 1):
            self._fund_line(row, line, [field for _, field in columns], edges)
        for row in range(top, bottom + 1):
            self.page.set_row(row, _LOW)
        return bottom + 1

    def _fund_line(
        self, row: int, line: FundLine, fields: list[str], edges: Sequence[tuple[int, int]]
    ) -> None:
        first, second, *_ = (fund.label for fund in self.form.funds)
        label = {first: f"{first}：", second: f"其中：{second}"}.get(line.label, f"　　　{line.label}")
        self._merge(row, _L2, row, _NAME, label, self.text)
        for field, (left, right) in zip(fields, edges, strict=True):
            style = self.rate if field == "rate" else self.money
            self._merge(row, left, row, right, "", style)
            self._put(row, left, getattr(line, field), style)

    # --- 指标 ---------------------------------------------------------------------------------------

    def _indicators(self, top: int) -> int:
        period = self.form.period
        heads = {
            _L1: "一级指标", _L2: "二级指标", _NAME: "三级指标", _ANNUAL: "年度指标值",
            _ACTUAL: f"{period}执行情况", _FORECAST: "全年预计完成情况", _NOTE: "备注",
        }  # fmt: skip
        for column, label in heads.items():
            self._merge(top, column, top + 1, column, label, self.head)
        self._merge(top, _CAUSES, top, _REASON, "偏差原因分析", self.head)
        for column, label in enumerate((*CAUSES, "原因说明"), _CAUSES):
            self._put(top + 1, column, label, self.head)
        self._merge(top, _LIKELY, top, _NOTE - 1, "完成目标可能性", self.head)
        for column, label in enumerate(LIKELIHOODS, _LIKELY):
            self._put(top + 1, column, label, self.head)
        self.page.set_row(top, _LOW)
        self.page.set_row(top + 1, 3 * _LINE + 6)
        row = first = top + 2
        for level1, group in groupby(self.form.indicators, key=lambda line: line.level1):
            start = row
            for level2, lines_ in groupby(group, key=lambda line: line.level2):
                begin = row
                for line in lines_:
                    self._indicator(row, line)
                    row += 1
                self._merge(begin, _L2, row - 1, _L2, level2, self.head)
            self._merge(start, _L1, row - 1, _L1, level1, self.head)
        self._merge(top, _LABEL, max(row - 1, first), _LABEL, "绩\n效\n指\n标", self.head)
        return row - 1

    def _indicator(self, row: int, line: IndicatorLine) -> None:
        words = (
            (_NAME, line.name), (_ANNUAL, line.annual), (_ACTUAL, line.actual), (_FORECAST, line.forecast),
            (_REASON, line.reason), (_NOTE, line.note),
        )  # fmt: skip
        for column, text in words:
            self._put(row, column, text, self.head if _ANNUAL <= column <= _FORECAST else self.text)
        for column, cause in enumerate(CAUSES, _CAUSES):
            self._put(row, column, TICK if cause in line.causes else "", self.head)
        for column, word in enumerate(LIKELIHOODS, _LIKELY):
            self._put(row, column, TICK if word == line.likelihood else "", self.head)
        tall = ((_L2, line.level2), *words)
        self._height(row, max(lines(text, _WIDTHS[column]) for column, text in tall))

    def _notes(self, row: int) -> None:
        text = "注：" + "\n　　".join(f"{number}.{note}" for number, note in enumerate(NOTES, 1))
        self._merge(row, 0, row, _NOTE, text, self.note)
        self._height(row, lines(text, sum(_WIDTHS)) + 1)

    def _set_up(self, header: int, last: int) -> None:
        page = self.page
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.center_horizontally()
        page.fit_to_pages(1, 0)
        page.repeat_rows(header, header + 1)
        page.print_area(0, 0, last, _NOTE)
        page.set_footer("&C第 &P 页，共 &N 页")
