"""Rows and cells written in an unusual way, by way of the tree: rewritten as cell_text.py expects, or read."""

from __future__ import annotations

import re

from lxml import etree

from perfmon_xl.layout.letters import column_letters, column_number
from perfmon_xl.ooxml.escaping import escape

# The part was found well-formed; only the prefixes declared around a single cell are missing here.
_LENIENT = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True
)
_DECLARED = re.compile(r' xmlns(?::[\w.-]+)?="[^"]*"')
_QUOTE = {'"': "&quot;"}


def normalise_rows(data: etree._Element) -> str:
    """把各行从 sheetData 里拿出来，改成通常的写法：没有前缀，r、s、t 在前，行列号写全，元素之间没有空白。"""
    etree.strip_tags(data, etree.Comment, etree.ProcessingInstruction)
    rows, last = [], 0
    for row in data:
        last = int(row.get("r") or last + 1)
        _ordered(row, str(last))
        column = 0
        for cell in row.iterchildren(row.tag.removesuffix("row") + "c"):
            reference = cell.get("r")
            column = column_number(reference.rstrip("0123456789").upper()) if reference else column + 1
            _ordered(cell, f"{column_letters(column)}{last}")
        text = etree.tostring(row, encoding="unicode", with_tail=False)
        end = text.index(">")
        text = _DECLARED.sub("", text[:end]) + text[end:]
        rows.append(re.sub(f"<(/?){row.prefix}:", r"<\1", text) if row.prefix else text)
    data[:] = []
    data.text = None
    return "".join(rows)


def _ordered(element: etree._Element, reference: str) -> None:
    """属性排成通常的次序；前后的空白去掉。"""
    before = {str(name): str(value) for name, value in element.attrib.items()}
    element.attrib.clear()
    for name in ("r", "s", "t", *before):
        if name == "r" or name in before:
            element.set(name, reference if name == "r" else before[name])
    element.tail = None
    if len(element):
        element.text = None


def odd_fields(text: str) -> tuple[str, str, str, str | None, str | None]:
    """写法少见的一格（富文本、别的属性），解析了再读：样式、类型、f 元素、结果、文字。"""
    cell = etree.fromstring(text, _LENIENT)
    formula, value, inline = "", None, None
    for child in cell:
        if child.tag == "v":
            value = escape(child.text or "")
        elif child.tag == "f":
            written = ((str(name), escape(str(of), _QUOTE)) for name, of in child.attrib.items())
            attributes = "".join(f' {name}="{of}"' for name, of in written)
            formula = f"<f{attributes}>{escape(child.text or '')}</f>"
        elif child.tag == "is":
            inline = escape(
                "".join(
                    t.text or ""
                    for t in child.iter("t")
                    if (up := t.getparent()) is None or up.tag in ("is", "r")
                )
            )
    return cell.get("s") or "", cell.get("t") or "", formula, value, inline
