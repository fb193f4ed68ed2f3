"""Sheet 规则参数: a parameter a row, a rule set a column; “本规则” follows what 项目信息 says."""

from __future__ import annotations

from typing import Any

from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.layout import palette, parameters
from perfmon_xl.policy import load_all
from perfmon_xl.workbook.build.style import HEAD_HEIGHT, Formats
from perfmon_xl.workbook.wrapping import lines, points

_NAME_WIDTH, _RULE_WIDTH, _NOTE_WIDTH = 26.0, 38.0, 36.0


def write_parameters(workbook: Any, formats: Formats, rules: RuleSet) -> None:
    """规则参数：每个参数一行，每套规则一列；“本规则”一列按项目信息里选的规则集取数。"""
    page = workbook.add_worksheet(parameters.SHEET)
    known = list(load_all().values())
    first = parameters.FIRST_RULE_SET_COLUMN
    for column, head in enumerate([*parameters.HEADERS, *(r.name for r in known)]):
        page.write_string(0, column, head, formats.head())
    page.set_row(0, HEAD_HEIGHT)
    for row, parameter in enumerate(parameters.PARAMETERS, 1):
        style = formats.filled(
            palette.COMPUTED, text_wrap=True, num_format="0.##%" if parameter.percent else "General"
        )
        page.write_string(row, 0, parameter.title, formats.label())
        value = parameter.value(rules)
        page.write_formula(
            row,
            parameters.CURRENT_COLUMN - 1,
            "=" + parameters.current(len(known), row + 1),
            style,
            value if isinstance(value, str) else float(value),
        )
        page.write_string(row, 2, parameter.note, formats.text)
        for column, rule_set in enumerate(known, first - 1):
            each = parameter.value(rule_set)
            if each == "":
                page.write_blank(row, column, None, style)
            elif isinstance(each, str):
                page.write_string(row, column, each, style)
            else:
                page.write_number(row, column, float(each), style)
        tall = max(
            *(lines(str(parameter.value(one)), _RULE_WIDTH) for one in known),
            lines(parameter.note, _NOTE_WIDTH),
            lines(parameter.title, _NAME_WIDTH),
        )
        page.set_row(row, points(tall))
        workbook.define_name(parameter.name, f"='{parameters.SHEET}'!$B${row + 1}")
    page.set_column(0, 0, _NAME_WIDTH)
    page.set_column(1, 1, _RULE_WIDTH)
    page.set_column(2, 2, _NOTE_WIDTH)
    page.set_column(first - 1, first + len(known) - 2, _RULE_WIDTH)
    page.freeze_panes(1, 2)
    page.hide_gridlines(2)
    page.set_paper(9)
    page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    page.print_area(0, 0, len(parameters.PARAMETERS), parameters.FIRST_RULE_SET_COLUMN - 2)  # what holds here
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.repeat_rows(0)
    page.set_footer("&C第 &P 页，共 &N 页")
