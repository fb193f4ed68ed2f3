"""Marks through openpyxl: the same colour and note as in the file's parts, recognised by the same formula and author."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormatting, ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.cell_range import MultiCellRange

from perfmon_xl.workbook.file.cell_values import safe_text
from perfmon_xl.workbook.file.marks import AUTHOR, COLOURS, NOTE_WIDTH, OURS, is_ours, level_of, note_height
from perfmon_xl.workbook.file.package import unescaped
from perfmon_xl.workbook.port import CellRef, Mark

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_PIXELS = 4 / 3  # openpyxl gives a note's box in pixels, we in points


def read_marks(sheet: Worksheet) -> dict[CellRef, Mark]:
    """一张工作表上现在的记号，只有我们做的。"""
    found: dict[CellRef, Mark] = {}
    for formats in sheet.conditional_formatting:
        for rule in formats.rules:
            if not is_mark(rule):
                continue
            level = level_of(_colour(rule))
            for row, column in (at for area in formats.sqref.ranges for at in area.cells):
                ref = CellRef(sheet.title, row, column)
                found[ref] = Mark(level, _own_note(sheet, ref))
    return found


def replace_marks(sheet: Worksheet, marks: Mapping[CellRef, Mark]) -> None:
    """去掉上次做的全部记号，做上这次的；别人的条件格式和批注不动。"""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
    change_formats(sheet, lambda rule, ranges: None if is_mark(rule) else ranges)
    for level, colour in COLOURS.items():
        cells = sorted(ref for ref, mark in marks.items() if mark.level == level)
        if cells:
            fill = PatternFill("solid", start_color="FF" + colour, end_color="FF" + colour)
            rule = Rule("expression", dxf=DifferentialStyle(fill=fill), formula=[OURS])
            sheet.conditional_formatting.add(" ".join(ref.a1 for ref in cells), rule)
    for ref, mark in marks.items():
        cell = sheet.cell(ref.row, ref.column)
        if mark.note and cell.comment is None and not isinstance(cell, MergedCell):
            cell.comment = Comment(
                safe_text(mark.note, ref),
                AUTHOR,
                height=round(note_height(mark.note) * _PIXELS),
                width=round(NOTE_WIDTH * _PIXELS),
            )


def change_formats(sheet: Worksheet, change: Callable[[Rule, str], str | None]) -> None:
    """条件格式逐条改范围（如“A1:B3 C5”）；改成 None 的去掉。先后不变。"""
    kept = ConditionalFormattingList()
    for formats in sheet.conditional_formatting:
        for rule in formats.rules:
            ranges = change(rule, str(formats.sqref))
            if ranges is not None:
                kept.add(ConditionalFormatting(MultiCellRange(ranges), formats.pivot), rule)
    sheet.conditional_formatting = kept


def is_mark(rule: Rule) -> bool:
    return any(is_ours(str(formula)) for formula in rule.formula or ())


def _colour(rule: Rule) -> str:
    fill = rule.dxf.fill if rule.dxf is not None else None
    return str(fill.bgColor.rgb) if isinstance(fill, PatternFill) else ""


def _own_note(sheet: Worksheet, ref: CellRef) -> str:
    note = sheet.cell(ref.row, ref.column).comment
    return unescaped(note.text) if note is not None and note.author == AUTHOR else ""
