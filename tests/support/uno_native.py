"""What xlwings has no word for, said to LibreOffice: the tests' counterpart of perfmon_xl/workbook/live/native.py."""

from __future__ import annotations

from perfmon_xl.layout.palette import FINDINGS
from perfmon_xl.workbook.addresses import range_a1
from perfmon_xl.workbook.file.marks import formula_of, is_ours, level_in
from perfmon_xl.workbook.live.native import ExcelBackend, Highlight, LiveNote
from perfmon_xl.workbook.port import AUTHOR
from support.uno_engine import box_of

_FORMULA = 24  # the operator of a condition that is a formula


class OfficeNative(ExcelBackend):
    """LibreOffice，经过 UNO。"""

    def date1904(self) -> bool:
        return self.book.api.NullDate.Year == 1904

    def tints(self, sheet) -> list[Highlight]:
        formats = sheet.api.ConditionalFormats
        return [
            self._tint(formats, one)
            for one in formats.getConditionalFormats()
            if one.Count and one.getByIndex(0).Type == 0 and is_ours(one.getByIndex(0).Formula1)
        ]

    def _tint(self, formats, one) -> Highlight:
        boxes = [box_of(a) for a in one.Range.RangeAddresses]
        number = one.ID
        return Highlight(
            one.Range, level_in(one.getByIndex(0).Formula1), lambda: boxes, lambda: formats.removeByID(number)
        )

    def _styles(self):
        return self.book.api.StyleFamilies.getByName("CellStyles")

    def area(self, sheet, boxes):
        ranges = self.book.api.createInstance("com.sun.star.sheet.SheetCellRanges")
        parts = [sheet.impl.range(range_a1(*box)).api.RangeAddress for box in boxes]
        ranges.addRangeAddresses(tuple(parts), False)
        return ranges

    def tint(self, area, level) -> None:
        sheet = self.book.api.Sheets.getByIndex(area.RangeAddresses[0].Sheet)
        name = f"perfmon {level}"
        if not self._styles().hasByName(name):
            self._styles().insertByName(name, self.book.api.createInstance("com.sun.star.style.CellStyle"))
            self._styles().getByName(name).CellBackColor = int(FINDINGS[level].fill, 16)
        number = sheet.ConditionalFormats.createByRange(area)
        made = next(f for f in sheet.ConditionalFormats.getConditionalFormats() if number == f.ID)
        made.createEntry(0, 0)
        entry = made.getByIndex(0)
        entry.Operator, entry.Formula1, entry.StyleName = _FORMULA, formula_of(level), name

    def notes(self, sheet) -> list[LiveNote]:
        found = []
        for note in sheet.impl.notes:
            at = note.api.Position
            ours = AUTHOR in (note.author, note.api.AnnotationShape.Title)
            found.append(LiveNote(at.Row + 1, at.Column + 1, note.text, ours, note.delete))
        return found

    def clear_notes(self, area) -> None:
        area.api.clearContents(8)

    def add_note(self, sheet, row, column, text) -> None:
        sheet.impl.range((row, column)).add_note(text).api.AnnotationShape.Title = AUTHOR
