"""Files of others spoiled at random in their XML: merges gone, rows moved, cells typed over, paragraphs cut; still files that open."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRAY = ("见附件说明", "12.5", "待核实后补报", "共3处，已处理2处", "详见台账", "0", "√")


def spoiled(data: bytes, suffix: str, seed: int) -> bytes:
    """同一份文件改坏几处；.csv 改的是行和字段。"""
    chance = random.Random(seed)
    if suffix == ".csv":
        return _lines(data, chance)
    source = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml" or re.match(r"xl/worksheets/sheet\d+\.xml$", name):
                root = etree.fromstring(content)
                spoil = _document if suffix == ".docx" else _sheet
                for _ in range(chance.randint(1, 4)):
                    spoil(root, chance)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            made.writestr(name, content)
    return out.getvalue()


def _some(root: etree._Element, tag: str, chance: random.Random) -> etree._Element | None:
    found = list(root.iter(tag))
    return chance.choice(found) if found else None


def _document(root: etree._Element, chance: random.Random) -> None:
    way = chance.choice(("merge", "span", "row", "cell", "type", "style", "paragraph", "control", "heading"))
    tag = {"merge": "vMerge", "span": "gridSpan", "row": "tr", "cell": "tc", "type": "t", "style": "pStyle",
           "paragraph": "p", "control": "p", "heading": "numPr"}[way]  # fmt: skip
    one = _some(root, _W + tag, chance)
    parent = None if one is None else one.getparent()
    if one is None or parent is None:
        return
    if way in ("merge", "span", "style", "heading"):
        parent.remove(one)
    elif way == "row":
        if chance.random() < 0.5:
            parent.remove(one)
        else:
            parent.append(one)
    elif way == "cell":
        for text in one.iter(_W + "t"):
            text.text = chance.choice(("", chance.choice(STRAY)))
    elif way == "type":
        one.text = chance.choice(STRAY)
    elif way == "paragraph":
        if not any(child.tag == _W + "sectPr" for child in one.iter()) and parent.tag == _W + "body":
            parent.append(one)
    elif parent.tag == _W + "body":
        control = etree.Element(_W + "sdt")
        parent.replace(one, control)
        etree.SubElement(control, _W + "sdtContent").append(one)


def _sheet(root: etree._Element, chance: random.Random) -> None:
    way = chance.choice(("merge", "type", "blank", "row", "move"))
    if way == "merge":
        one = _some(root, _S + "mergeCell", chance)
        if one is not None:
            one.getparent().remove(one)
        return
    cell = _some(root, _S + "c", chance)
    if cell is None:
        return
    if way == "row":
        row = cell.getparent()
        row.getparent().remove(row)
        return
    for child in list(cell):
        cell.remove(child)
    if way == "type":
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, _S + "is"), _S + "t").text = chance.choice(STRAY)
    elif way == "move":
        cell.attrib.pop("t", None)


def _lines(data: bytes, chance: random.Random) -> bytes:
    lines = list(csv.reader(io.StringIO(data.decode("gb18030"))))
    line = chance.choice([one for one in lines[1:] if one])
    line[chance.randrange(len(line))] = chance.choice(STRAY)
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode("gb18030")
