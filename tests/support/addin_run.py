"""Run by the system's Python, which can import uno: opens files in LibreOffice and runs macros of the first one.

Usage: addin_run.py JOB.json OUT.json PROFILE_DIR. The job: `open` (paths; the last is the active workbook), `steps`
(each `[Module.Procedure, arguments]`), `read` (how many rows of column A of the active workbook's first sheet).
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

WITH_MACROS = 4


def value(name, content):
    one = PropertyValue()
    one.Name, one.Value = name, content
    return one


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
    pipe = f"addin{os.getpid()}"
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
    finally:
        os.killpg(office.pid, signal.SIGKILL)


main(*sys.argv[1:])
