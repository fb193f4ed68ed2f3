"""A workbook of ours with what a clerk adds: sheets before and behind, a table, notes, colours, names, text cells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table


def with_own_sheets(path: Path) -> None:
    """在 path 里加上：最前面一张测算表（有表格、公式、批注、条件格式、文本格式的数），最后面一张空表，一个名称。"""
    book = openpyxl.load_workbook(path)
    own = book.create_sheet("我的 测算", 0)
    for row in (("科目", "金额", "备注"), ("差旅", 1200.5, "见'凭证'"), ("印刷", 300, "=B2")):
        own.append(row)
    own["C3"].number_format = "@"
    own["C3"] = "007"
    own["B5"] = "=SUM(B2:B3)"
    own.add_table(Table(displayName="我的表", ref="A1:C3"))
    own["A2"].comment = Comment("问过财务科", "张三")
    red = PatternFill("solid", bgColor="FFC7CE")
    own.conditional_formatting.add("B2:B3", FormulaRule(formula=["$B2>1000"], fill=red))
    book.defined_names["我的合计"] = DefinedName("我的合计", attr_text="'我的 测算'!$B$5")
    last = book.create_sheet("草稿")
    last["A1"].comment = Comment("别删", "李四")
    compared = book["表4 目标对比表"]
    compared["F4"].comment = Comment("等站点回话", "张三")  # on a cell that the check marks
    book.save(path)
