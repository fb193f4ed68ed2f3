"""Numbers of every size and spelling in the plain numeric cells of a workbook: python cell_numbers.py PERFMON_XL BOOK FOLDER"""

import io
import re
import sys
import zipfile
from pathlib import Path

from harness import run, show

PRODUCT, BOOK, WORK = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
WORK.mkdir(parents=True, exist_ok=True)
CELL = re.compile(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?>)<v>[^<]*</v>')
for value in (
    "6.22e18",
    "1e19",
    "1e20",
    "1e21",
    "1e25",
    "1e100",
    "1e308",
    "-1e308",
    "1e400",
    "1e999999999",
    "1e9999999999999999999",
    "9" * 100_000,
    "1e-308",
    "1e-400",
    "NaN",
    "INF",
    "١٢",
    "1_000",
    "0x10",
    " 12 ",
):
    out = io.BytesIO()
    with zipfile.ZipFile(BOOK) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = CELL.sub(lambda m, value=value: m[1] + b"<v>" + value.encode() + b"</v>", data)
            new.writestr(name, data)
    book = WORK / "数.xlsx"
    book.write_bytes(out.getvalue())
    for command in (
        ["check"],
        ["fill", "-o", str(WORK / "f.xlsx")],
        ["report", "--draft", "-o", str(WORK / "r.docx")],
        ["form", "-o", str(WORK / "t.xlsx")],
        ["export"],
    ):
        for path in WORK.glob("[frt].*"):
            path.unlink()
        one = run([PRODUCT, command[0], str(book), *command[1:]], timeout=60)
        if one.verdict != "ok":
            show(f"{value[:24]} {command[0]}", one)
