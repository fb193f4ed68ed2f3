"""Run by the system's Python, which can import uno: opens files in LibreOffice and runs macros of the first one.

Usage: addin_run.py JOB.json OUT.json PROFILE_DIR. The job: `open` (paths; the last is the active workbook), `steps`
(each `[Module.Procedure, arguments]`), `read` (how many rows of column A of the active workbook's first sheet).
"""

import json
import pathlib
import sys

from uno_desktop import desktop_of_own, uno, value

WITH_MACROS = 4


def opened(desktop, path):
    hints = [value("MacroExecutionMode", WITH_MACROS)]
    if path.endswith(".xlam"):
        # LibreOffice does not know the ending; the content is an ordinary macro workbook.
        hints.append(value("FilterName", "Calc MS Excel 2007 VBA XML"))
    return desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, tuple(hints))


def result(script, arguments):
    try:
        return script.invoke(tuple(arguments), (), ())[0]
    except Exception as error:
        return f"ERROR {error}"[:400]


def main(job_path, out, profile):
    job = json.loads(pathlib.Path(job_path).read_text(encoding="utf-8"))
    with desktop_of_own(profile) as desktop:
        documents = [opened(desktop, path) for path in job["open"]]
        addin, active = documents[0], documents[-1]
        active.CurrentController.Frame.activate()
        libraries = addin.BasicLibraries
        found = {"modules": {}, "results": [], "sheets": list(addin.Sheets.ElementNames)}
        for library in libraries.ElementNames:
            libraries.loadLibrary(library)
            found["modules"][library] = list(libraries.getByName(library).ElementNames)
        provider = addin.getScriptProvider()
        for name, arguments in job["steps"]:
            url = f"vnd.sun.star.script:{job['library']}.{name}?language=Basic&location=document"
            found["results"].append(result(provider.getScript(url), arguments))
        sheet = active.Sheets.getByIndex(0)
        found["cells"] = [sheet.getCellByPosition(0, row).String for row in range(job["read"])]
        pathlib.Path(out).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


main(*sys.argv[1:])
