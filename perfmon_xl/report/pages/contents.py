"""The contents page: a real TOC field whose entries are already filled in, so that Word asks nothing.

Worked on the text of the part, not on a tree: parsing and writing the whole document again would cost
more than rendering it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache

from perfmon_xl.ooxml.word_patterns import PARAGRAPH_START, TEXT

LEVELS = (1, 2)
BODY_START = "_Toc97999999"
_FIRST_ID = 970_000
_TOC = re.compile(r"<w:instrText[^>]*>(\s*TOC[^<]*)</w:instrText>")
_MARK = re.compile(r'w:fldCharType="(begin|end)"')
# The number of an entry, as _entry writes it.
_PRINTED = re.compile(
    r' PAGEREF _Toc97\d{6} \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    r"<w:r><w:t[^>]*>(\d+)</w:t>"
)
_SECTION_END = "</w:sectPr></w:pPr>"


@lru_cache(maxsize=8)
def _heading_pattern(ids: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, ids))
    return re.compile(
        rf'(<w:p(?: [^>]*)?>)(<w:pPr><w:pStyle w:val="({names})"/>.*?</w:pPr>)(.*?)(</w:p>)', re.S
    )


def bookmark_name(index: int) -> str:
    return f"_Toc97{index:06d}"


def fill_contents(xml: str, styles: Mapping[str, str], pages: Sequence[int] | None) -> tuple[str, int]:
    """给标题加书签，把目录域的结果写成各标题和页码；返回新内容和标题数。没有目录域的模板不动。"""
    ids = {styles[f"heading {level}"]: level for level in LEVELS if f"heading {level}" in styles}
    code = _TOC.search(xml)
    if code is None or not ids:
        return xml, 0
    entries: list[str] = []

    def mark(match: re.Match[str]) -> str:
        index = len(entries)
        title = "".join(TEXT.findall(match[4]))
        page = "" if pages is None or index >= len(pages) else str(pages[index])
        entries.append(_entry(index, styles.get(f"toc {ids[match[3]]}", ""), title, page))
        start, end = _bookmark(bookmark_name(index), _FIRST_ID + index)
        return f"{match[1]}{match[2]}{start}{match[4]}{end}{match[5]}"

    start, end = _field_paragraphs(xml, code.start())
    body = _with_body_start(_heading_pattern(tuple(ids)).sub(mark, xml[end:]))
    if not entries:
        return xml, 0
    opening = _field("begin") + _instruction(code[1]) + _field("separate")
    entries[0] = entries[0].replace("</w:pPr>", "</w:pPr>" + opening, 1)
    entries[-1] = entries[-1].removesuffix("</w:p>") + _field("end") + "</w:p>"
    return xml[:start] + "".join(entries) + body, len(entries)


def printed_pages(document: bytes) -> list[int]:
    """一份报告（.docx）目录里印着的页码，照先后；没有目录的、没有填的，是空的。"""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        xml = package.read("word/document.xml").decode("utf-8")
    return [int(page) for page in _PRINTED.findall(xml)]


def _field_paragraphs(xml: str, inside: int) -> tuple[int, int]:
    """目录域占的几段：从哪个字到哪个字。"""
    start = max(m.start() for m in PARAGRAPH_START.finditer(xml, 0, inside))
    depth, at = 0, start
    for mark in _MARK.finditer(xml, start):
        depth += 1 if mark[1] == "begin" else -1
        at = mark.end()
        if depth == 0:
            break
    return start, xml.index("</w:p>", at) + len("</w:p>")


def _with_body_start(xml: str) -> str:
    """正文第一段加书签：页码从它起数 1。"""
    match = PARAGRAPH_START.search(xml, max(0, xml.find(_SECTION_END)))
    if match is None:
        return xml
    at = match.end()
    if xml.startswith("<w:pPr>", at):
        at = xml.index("</w:pPr>", at) + len("</w:pPr>")
    return xml[:at] + "".join(_bookmark(BODY_START, _FIRST_ID - 1)) + xml[at:]


def _bookmark(name: str, number: int) -> tuple[str, str]:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def _entry(index: int, style: str, title: str, page: str) -> str:
    name = bookmark_name(index)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:hyperlink w:anchor="{name}" w:history="1">'
        f'<w:r><w:t xml:space="preserve">{title}</w:t></w:r><w:r><w:tab/></w:r>'
        f"{_field('begin')}{_instruction(f' PAGEREF {name} {chr(92)}h ')}{_field('separate')}"
        f'<w:r><w:t xml:space="preserve">{page}</w:t></w:r>{_field("end")}</w:hyperlink></w:p>'
    )
