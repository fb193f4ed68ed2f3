"""The workbook built from the one declaration: blank, or filled with the records of a monitoring."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.grades import with_grades
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.board import BOARD
from perfmon_xl.layout.letters import column_letters
from perfmon_xl.layout.qualitative import GRADES, GRADES_LIST
from perfmon_xl.policy import get, load_all
from perfmon_xl.workbook.build.board_sheet import BoardWriter
from perfmon_xl.workbook.build.defaults import with_defaults
from perfmon_xl.workbook.build.guide import write_guide
from perfmon_xl.workbook.build.parameter_sheet import write_parameters
from perfmon_xl.workbook.build.shared_formulas import SharedFormulas
from perfmon_xl.workbook.build.sheet_writer import SheetWriter
from perfmon_xl.workbook.build.style import CREATED, Formats
from perfmon_xl.workbook.build.worksheet import FormulaWorksheet
from perfmon_xl.workbook.computed import compute_book

_LISTS = "列表"


def blank() -> bytes:
    """空白工作簿。"""
    return build(Monitoring())


def build(monitoring: Monitoring, rules: RuleSet | None = None) -> bytes:
    """按记录填好的工作簿；公式存着的结果就是现在应有的结果。"""
    monitoring = with_grades(with_defaults(monitoring))
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
    workbook.worksheet_class = FormulaWorksheet
    workbook.set_properties({"title": "绩效运行监控工作簿", "created": CREATED, "comments": "perfmon-xl"})
    workbook.set_calc_mode("auto")
    formats, shared = Formats(workbook), SharedFormulas()
    write_guide(workbook, formats, computed)
    for sheet in layout.SHEETS:
        kind = BoardWriter if BOARD in sheet.blocks else SheetWriter
        kind(workbook, formats, sheet, monitoring, computed, shared).write()
    write_parameters(workbook, formats, rules)
    _write_lists(workbook, rules)
    workbook.close()
    return out.getvalue()


def _write_lists(workbook: Any, rules: RuleSet) -> None:
    """下拉列表的选项，一列一种；定性档次是活的，照选的规则集。"""
    page = workbook.add_worksheet(_LISTS)
    page.hide()
    known = {**layout.LISTS, "列表_规则集": tuple(load_all()), GRADES_LIST: tuple(GRADES)}
    for column, (name, words) in enumerate(known.items()):
        page.write_string(0, column, name)
        for row, word in enumerate(words, 1):
            if name == GRADES_LIST:
                formula, value = GRADES[word]
                page.put_formula(row, column, formula, None, value(rules))
            else:
                page.write_string(row, column, word)
        letters = column_letters(column + 1)
        workbook.define_name(name, f"='{_LISTS}'!${letters}$2:${letters}${len(words) + 1}")
