"""What xlwings has no word for, said to LibreOffice: the tests' counterpart of perfmon_xl/workbook/live_native.py."""

from __future__ import annotations

from perfmon_xl.workbook.live_native import Native


class OfficeNative(Native):
    """LibreOffice，经过 UNO。"""

    def date1904(self) -> bool:
        return self.book.api.NullDate.Year == 1904
