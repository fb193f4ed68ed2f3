"""Run by the system's Python, which can import uno: recalculates one workbook, writes its cells as JSON.

Usage: recalculate.py BOOK.xlsx OUT.json PROFILE_DIR
"""

import json
import pathlib
import sys

from uno_desktop import desktop_of_own, uno, value


def main(book, out, profile):
    with desktop_of_own(profile) as desktop:
        document = desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(book), "_blank", 0, (value("Hidden", True),)
        )
        document.calculateAll()
        found = {}
        for sheet in document.Sheets:
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)
            end = cursor.RangeAddress
            rows = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).DataArray
            found[sheet.Name] = [list(row) for row in rows]
        document.close(True)
        pathlib.Path(out).write_text(json.dumps(found), encoding="utf-8")


main(*sys.argv[1:])
