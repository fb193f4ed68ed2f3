"""Word files for the tests, written as their XML: what a messy report contains is visible in the test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def p(text: str, *, number: str = "", style: str = "") -> str:
    """一段；number 是“编号.级别”，如 1.0。"""
    inside = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        num, level = number.split(".")
        inside += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    properties = f"<w:pPr>{inside}</w:pPr>" if inside else ""
    return f"<w:p>{properties}{r(text)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="审稿">{r(text)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="审稿"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def cell(text: str, *, span: int = 1, merge: str = "") -> str:
    """一格；merge：restart 合并开头，continue 接着上一格。"""
    inside = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    inside += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{inside}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    """一张表；各格是文字，或 cell() 的结果。"""
    body = "".join(
        "<w:tr>" + "".join(c if c.startswith("<w:tc>") else cell(c) for c in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/>{body}</w:tbl>"


def docx(*blocks: str, numbering: str = "", document: bytes | None = None) -> bytes:
    """一份 .docx 的字节。"""
    xml = f'<w:document xmlns:w="{_NS}"><w:body>{"".join(blocks)}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("word/document.xml", xml if document is None else document)
        if numbering:
            package.writestr("word/numbering.xml", f'<w:numbering xmlns:w="{_NS}">{numbering}</w:numbering>')
    return out.getvalue()


def levels(*formats: tuple[str, str]) -> str:
    """一套自动编号，编号 1：每级（格式, 样子）。"""
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(formats)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
