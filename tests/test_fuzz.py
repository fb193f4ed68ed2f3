"""Mutated workbooks through fill and report: a result or a message, never a traceback, never a changed original.

PERFMON_XL_FUZZ sets how many (500 by default).
"""

from __future__ import annotations

import io
import os
import random
import zipfile
from pathlib import Path

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError
from perfmon_xl.zipping import rewritten

COUNT = int(os.environ.get("PERFMON_XL_FUZZ", "500"))
_PIECES = (
    b"<v>",
    b"</c>",
    b' t="s"',
    b' t="e"',
    b"<f>",
    b"1",
    b"9999999999999999999",
    b"&#1;",
    b"\xff",
    b"",
    b"-",
    b"#REF!",
    b"<is/>",
)
_TARGETS = (
    "xl/worksheets/",
    "xl/tables/",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
    "_rels/",
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """坏法：包里一个部分删字、换字、插字、截断、整段丢掉；或整个文件截断、翻位。"""
    if chance.random() < 0.1:
        spoilt = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        return bytes(spoilt[: chance.randint(len(spoilt) // 2, len(spoilt))])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [n for n in package.namelist() if any(t in n for t in _TARGETS)]
        name = chance.choice(names)
        part = bytearray(package.read(name))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(max(1, len(part)))
        kind = chance.randrange(5)
        if kind == 0:
            del part[at : at + chance.randint(1, 40)]
        elif kind == 1:
            part[at:at] = chance.choice(_PIECES)
        elif kind == 2:
            part[at : at + 1] = bytes([chance.choice(b"0123456789ABCzx<>&\"'/= ")])
        elif kind == 3:
            # swap the texts of two cells, so that the XML stays good and the content does not
            cells = part.split(b"<v>")
            if len(cells) > 3:
                one, two = chance.randrange(1, len(cells)), chance.randrange(1, len(cells))
                cells[one], cells[two] = cells[two], cells[one]
                part = bytearray(b"<v>".join(cells))
        elif chance.random() < 0.1:
            del part[at:]
    removed = frozenset({name}) if chance.random() < 0.05 else frozenset()
    return rewritten(data, {} if removed else {name: bytes(part)}, removed)


def test_mutated_workbooks(demo_book: Path, tmp_path: Path) -> None:
    data, ends = demo_book.read_bytes(), {"done": 0, "refused": 0}
    path, out = tmp_path / "坏.xlsx", tmp_path / "out"
    out.mkdir()
    for seed in range(COUNT):
        chance = random.Random(seed)
        spoilt = mutated(data, chance)
        path.write_bytes(spoilt)
        for action in (
            lambda: app.fill(path, out / "filled.xlsx"),
            lambda: app.report(path, out / "report.docx", pages="none"),
        ):
            try:
                action()
                ends["done"] += 1
            except UserError as error:
                assert str(error), seed
                ends["refused"] += 1
            assert path.read_bytes() == spoilt, seed
            for left in out.iterdir():
                left.unlink()
    assert ends["done"] > COUNT / 4 and ends["refused"] > COUNT / 20, ends
