"""A table that does not fit upright: its caption and itself on a page across, in a section of their own."""

from __future__ import annotations

import re
from functools import lru_cache

from perfmon_xl.ooxml.word_patterns import TEXT
from perfmon_xl.report.tracing.tracked import clean

_LAST_SECTION = re.compile(r"<w:sectPr\b(?:(?!<w:sectPr\b).)*</w:sectPr>(?=\s*</w:body>)", re.S)
_RESTART = re.compile(r'(<w:pgNumType\b[^>]*?) w:start="\d+"')
_PAGE_SIZE = re.compile(r"<w:pgSz\b[^>]*/>")
_PAGE_MARGINS = re.compile(r"<w:pgMar\b[^>]*/>")
_REFERENCES = re.compile(r"<w:(?:header|footer)Reference\b[^>]*/>")
_BREAK = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{}</w:pPr></w:p>'
_FOOTER = 850  # 15 mm: the number stands below the text, which ends 26 mm above the edge


def on_a_page_across(xml: str, table: str) -> str:
    """表题和表在横着的一节里；前面一节的页码照旧从 1 起，后面的接着数。"""
    last = _LAST_SECTION.search(xml)
    at = xml.find(table)
    if last is None or at < 0:
        return xml
    caption = xml.rfind("<w:p>", 0, at)
    begin = caption if caption >= 0 and clean(_words(xml[caption:at])).startswith("表") else at
    end = at + len(table)
    section = last[0]
    after = _RESTART.sub(r"\1", section).replace("<w:pgNumType/>", "")
    return (
        xml[:begin]
        + _BREAK.format(section)
        + xml[begin:end]
        + _BREAK.format(_across(after))
        + xml[end : last.start()]
        + after
        + xml[last.end() :]
    )


def _words(xml: str) -> str:
    return "".join(TEXT.findall(xml))


@lru_cache(maxsize=8)
def _across(section: str) -> str:
    """这一节横过来：版心 225×156 毫米，页眉页脚接前一节的。"""

    def number(tag: str, name: str) -> str:
        match = re.search(rf'\bw:{name}="(\d+)"', tag)
        return match[1] if match else "0"

    section = _REFERENCES.sub("", section)
    if size := _PAGE_SIZE.search(section):
        across = f'<w:pgSz w:w="{number(size[0], "h")}" w:h="{number(size[0], "w")}" w:orient="landscape"/>'
        section = section.replace(size[0], across)
    if margins := _PAGE_MARGINS.search(section):
        old = {
            name: number(margins[0], name) for name in ("top", "right", "bottom", "left", "header", "gutter")
        }
        turned = (
            f'<w:pgMar w:top="{old["left"]}" w:right="{old["bottom"]}" w:bottom="{old["right"]}" w:left="{old["top"]}"'
            f' w:header="{old["header"]}" w:footer="{_FOOTER}" w:gutter="{old["gutter"]}"/>'
        )
        section = section.replace(margins[0], turned)
    return section
