"""Marks through openpyxl: the same colour and note as in the file's parts, recognised by the same formula and author."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormatting, ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.cell_range import MultiCellRange

from perfmon_xl.layout.palette import FINDINGS, PLAIN, shown_with
from perfmon_xl.workbook.file.cell_values import safe_text
from perfmon_xl.workbook.file.marks import (
    LEVELS,
    SYMBOLS_FROM,
    formula_of,
    is_ours,
    level_in,
    level_of_old,
)
from perfmon_xl.workbook.file.notes import NOTE_WIDTH, note_height
from perfmon_xl.workbook.file.package import unescaped
from perfmon_xl.workbook.port import AUTHOR, SOFT, CellRef, Mark

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
            level = level_in(str(rule.formula[0])) or level_of_old(_colour(rule))
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
    groups: dict[tuple[str, bool], list[CellRef]] = {}
    for ref, mark in sorted(marks.items()):
        words = isinstance(sheet.cell(ref.row, ref.column).value, str)
        groups.setdefault((mark.level, words), []).append(ref)
    first = _make_room(sheet, len(groups))
    for number, ((level, words), cells) in enumerate(groups.items()):
        rule = Rule(
            "expression", dxf=_look(level, symbol=words), formula=[formula_of(level)], priority=first + number
        )
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


def _make_room(sheet: Worksheet, count: int) -> int:
    """记号从哪个先后排起：在灯的后面，在“没有填”“带入”的样子前面。"""
    rules = [rule for formats in sheet.conditional_formatting for rule in formats.rules]
    soft = [rule.priority for rule in rules if any(SOFT in str(f) for f in rule.formula or ())]
    if not soft:
        return max((rule.priority for rule in rules), default=0) + 1
    first = min(soft)
    for rule in rules:
        if rule.priority >= first:
            rule.priority += count
    return int(first)


def _look(level: str, *, symbol: bool) -> DifferentialStyle:
    look = FINDINGS[level]
    line = Side("thin", color="FF" + look.ink)
    filled = look.fill != PLAIN.fill
    shown = NumberFormat(numFmtId=SYMBOLS_FROM + LEVELS.index(level), formatCode=shown_with(look.symbol))
    return DifferentialStyle(
        font=Font(b=True if level == LEVELS[0] else None, color="FF" + look.ink),
        numFmt=shown if symbol else None,
        fill=PatternFill("solid", start_color="FF" + look.fill, end_color="FF" + look.fill)
        if filled
        else None,
        border=Border(left=line, right=line, top=line, bottom=line),
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
