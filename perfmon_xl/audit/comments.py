"""Word comments in a copy of the report: one at each place that differs. Nothing else of the file changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

from lxml import etree

from perfmon_xl.audit.difference import Difference
from perfmon_xl.audit.page import Page
from perfmon_xl.ooxml.escaping import escape
from perfmon_xl.ooxml.markup import number as number_of
from perfmon_xl.ooxml.markup import part, w
from perfmon_xl.ooxml.names import CONTENT_TYPES, DOCUMENT_RELS, HEAD, OFFICE_RELS, WORD
from perfmon_xl.ooxml.zipping import rewritten

AUTHOR, INITIALS = "绩效监控核对", "核"
_DOCUMENT, _COMMENTS = "word/document.xml", "word/comments.xml"
_KIND = f"{OFFICE_RELS}/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = f'{HEAD}<w:comments xmlns:w="{WORD}"></w:comments>'


def with_comments(data: bytes, differences: Sequence[Difference], when: datetime) -> tuple[bytes, int]:
    """报告的副本，每处不同一条批注；返回新的字节和没有地方可批的有几条（页眉页脚里、整张表没有了的）。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        page = Page(package)
        root = page.document
        existing = part(package, _COMMENTS)
        changed: dict[str, bytes] = {}
        if existing is None:
            existing = etree.fromstring(_EMPTY.encode())
            changed |= _linked(
                package.read(DOCUMENT_RELS).decode("utf-8"), package.read(CONTENT_TYPES).decode("utf-8")
            )
    first = 1 + max((number_of(c.get(w("id")), 0) for c in existing.iter(w("comment"))), default=-1)
    inside = {} if root is None else dict.fromkeys(root.iter(w("p")), True)
    missed = 0
    number = first
    for difference in differences:
        at = difference.paragraph
        element = page.paragraphs[at].element if 0 <= at < len(page.paragraphs) else None
        if element is None or element not in inside:
            missed += 1
            continue
        _anchor(element, number)
        existing.append(_comment(number, difference, when))
        number += 1
    if root is not None and number > first:
        changed[_DOCUMENT] = _bytes(root)
        changed[_COMMENTS] = _bytes(existing)
    else:
        changed = {}
    return (rewritten(data, changed) if changed else data), missed


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _linked(rels: str, types: str) -> Mapping[str, bytes]:
    used = set(re.findall(r'Id="([^"]+)"', rels))
    name = next(n for n in (f"rIdPerfmonComments{i}" for i in range(1, 10_000)) if n not in used)
    relation = f'<Relationship Id="{name}" Type="{_KIND}" Target="comments.xml"/></Relationships>'
    kind = f'<Override PartName="/{_COMMENTS}" ContentType="{_TYPE}"/></Types>'
    return {
        DOCUMENT_RELS: rels.replace("</Relationships>", relation).encode("utf-8"),
        CONTENT_TYPES: types.replace("</Types>", kind).encode("utf-8"),
    }


def _anchor(paragraph: etree._Element, number: int) -> None:
    """批注管整段：从段落属性后面到段尾。"""
    properties = paragraph.find(w("pPr"))
    start = etree.Element(w("commentRangeStart"), {w("id"): str(number)})
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    paragraph.append(etree.Element(w("commentRangeEnd"), {w("id"): str(number)}))
    run = etree.SubElement(paragraph, w("r"))
    etree.SubElement(run, w("commentReference"), {w("id"): str(number)})


def _comment(number: int, difference: Difference, when: datetime) -> etree._Element:
    cell = f"（{difference.origin}）" if difference.origin is not None and difference.origin.sheet else ""
    lines = [f"{difference.kind.code} {difference.kind.title}{cell}：{difference.message}"]
    lines += [f"怎么改：{difference.hint}"] if difference.hint else []
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    return etree.fromstring(
        f'<w:comment xmlns:w="{WORD}" w:id="{number}" w:author="{AUTHOR}" w:initials="{INITIALS}" '
        f'w:date="{when:%Y-%m-%dT%H:%M:%SZ}">{body}</w:comment>'
    )
