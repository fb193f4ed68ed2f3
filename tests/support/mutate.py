"""Broken files, made from good ones by chance: seeded, so that a number names a file."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence

from perfmon_xl.ooxml.zipping import rewritten

WORKBOOK_PARTS = (
    "xl/worksheets/",
    "xl/tables/",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
    "_rels/",
)
REPORT_PARTS = (
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "customXml/",
    "[Content_Types].xml",
    "_rels/",
)
_CELLS = {"xl": b"<v>", "word": b"<w:t"}
_PIECES = (
    b"<v>",
    b"</c>",
    b"<w:tr>",
    b"</w:p>",
    b' t="s"',
    b' w:val="',
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
_LETTERS = b"0123456789ABCzx<>&\"'/= "
_TEXT_PIECES = (
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    "\n",
    "\x00",
    "\ufeff",
    "\ud83d\ude00",
    "null",
    "NaN",
    "1e999",
    "-",
    "＝",
    "≥",
    "9" * 400,
    "[" * 2000,
    "=1+1",
    "'",
    "#",
)


def mutated(data: bytes, chance: random.Random, targets: Sequence[str]) -> bytes:
    """坏法：包里一个部分删字、换字、插字、截断、整段丢掉、两处内容对调；或整个文件截断、翻位。"""
    if chance.random() < 0.1:
        spoilt = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        return bytes(spoilt[: chance.randint(len(spoilt) // 2, len(spoilt))])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [n for n in package.namelist() if any(t in n for t in targets)]
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
            part[at : at + 1] = bytes([chance.choice(_LETTERS)])
        elif kind == 3:
            # swap two texts, so that the XML stays good and the content does not
            mark = _CELLS.get(name.partition("/")[0], b"<")
            cells = part.split(mark)
            if len(cells) > 3:
                one, two = chance.randrange(1, len(cells)), chance.randrange(1, len(cells))
                cells[one], cells[two] = cells[two], cells[one]
                part = bytearray(mark.join(cells))
        elif chance.random() < 0.1:
            del part[at:]
    removed = frozenset({name}) if chance.random() < 0.05 else frozenset()
    return rewritten(data, {} if removed else {name: bytes(part)}, removed)


def mutated_text(text: str, chance: random.Random) -> bytes:
    """坏法：删字、插字、两行对调、截断；有时编码也坏了。"""
    for _ in range(chance.randint(1, 5)):
        at, kind = chance.randrange(len(text) + 1), chance.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + chance.randint(1, 30) :]
        elif kind == 1:
            text = text[:at] + chance.choice(_TEXT_PIECES) + text[at:]
        elif kind == 2:
            lines = text.split("\n")
            one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one], lines[two] = lines[two], lines[one]
            text = "\n".join(lines)
        elif chance.random() < 0.2:
            text = text[:at]
    data = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.1:
        data = (
            text.encode("gb18030", "replace") if chance.random() < 0.5 else data[: len(data) // 2] + b"\xff"
        )
    return data
