"""Open workbooks for the tests: real xlwings objects over one running LibreOffice."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perfmon_xl.workbook.live import native
from perfmon_xl.workbook.live.book import XlwingsBook


class LiveOffice:
    """开着的 LibreOffice；每个工作簿打开的都是副本。"""

    def __init__(self, folder: Path) -> None:
        from support.uno_engine import register
        from support.uno_native import OfficeNative

        native.NATIVES["libreoffice"] = OfficeNative
        self.app = register().apps.add()
        self._folder, self._numbers = folder, itertools.count(1)

    def open(self, data: bytes, name: str = "工作簿"):
        """打开这些字节，返回 xlwings 的 Book。"""
        path = self._folder / f"{name}{next(self._numbers)}.xlsx"
        path.write_bytes(data)
        return self.app.books.open(str(path))

    @contextmanager
    def opened(self, data: bytes) -> Iterator[XlwingsBook]:
        book = self.open(data)
        try:
            yield XlwingsBook(book)
        finally:
            book.close()

    def quit(self) -> None:
        self.app.quit()
