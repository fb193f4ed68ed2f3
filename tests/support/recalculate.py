"""Run by the system's Python, which can import uno: recalculates one workbook, writes its cells as JSON.

Usage: recalculate.py BOOK.xlsx OUT.json PROFILE_DIR
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.append("/usr/lib/python3/dist-packages")
import uno
from com.sun.star.beans import PropertyValue


def main(book, out, profile):
    pipe = f"perfmon{os.getpid()}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}",
         f"--accept=pipe,name={pipe};urp;"],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(300):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.1)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        hidden = PropertyValue()
        hidden.Name, hidden.Value = "Hidden", True
        document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(book), "_blank", 0, (hidden,))
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
    finally:
        os.killpg(office.pid, signal.SIGKILL)


main(*sys.argv[1:])
