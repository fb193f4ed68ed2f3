"""Code that lies in the folder one works in must not run: python shadowing.py PERFMON_XL BOOK FOLDER

Every module the product or its helpers may import is put there as a file that leaves a mark; then every command runs there.
"""

import shutil
import subprocess
import sys
from pathlib import Path

PRODUCT, BOOK, WORK = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]).absolute()
shutil.rmtree(WORK, ignore_errors=True)
here = WORK / "here"
(WORK / "in").mkdir(parents=True)
here.mkdir()
shutil.copy(BOOK, WORK / "in" / "甲.xlsx")
shutil.copy(BOOK, here / "甲.xlsx")
mark = WORK / "RAN"
for name in (
    "uno",
    "json",
    "zipfile",
    "lxml",
    "perfmon_xl",
    "docxtpl",
    "sitecustomize",
    "usercustomize",
    "xlsxwriter",
    "pypdf",
    "readline",
    "unohelper",
):
    (here / f"{name}.py").write_text(
        f"open({str(mark)!r}, 'a').write({name + chr(10)!r})\nraise ImportError('planted')\n"
    )
for name in ("xlwings.conf", "perfmon_xl.conf"):
    (here / name).write_text('"INTERPRETER_WIN","evil"\n')
for command in (
    ["fill", "甲.xlsx"],
    ["check", "甲.xlsx", "--write"],
    ["report", "甲.xlsx", "--draft", "-o", "r.docx", "--pdf"],
    ["audit", "r.docx", "甲.xlsx"],
    ["form", "甲.xlsx"],
    ["import", "r.docx", "-o", "i.xlsx"],
    ["batch", "../in", "-o", "../out"],
    ["batch", "../in", "-o", "../out2", "--pdf"],
    ["addin", "build", "a.xlam"],
):
    mark.unlink(missing_ok=True)
    done = subprocess.run([PRODUCT, *command], cwd=here, capture_output=True, text=True)
    print(
        "PLANTED CODE RAN: " + mark.read_text().replace("\n", " ") if mark.exists() else "nothing ran",
        "|",
        *command[:1],
        *[c for c in command if c.startswith("--")],
        "| rc",
        done.returncode,
    )
