"""Merged level cells repeated where a table goes on to the next page: “产出指标” stands at its top, too.

A merged cell shows its text once, on the page where it begins. Where the page estimate says that a page begins, the
merged cells begin anew with the same text. A program that breaks a row earlier or later shows the text a row off.
"""

from __future__ import annotations

import re
from itertools import islice

from perfmon_xl.ooxml.word_patterns import SPAN, TABLE
from perfmon_xl.report.pages.blocks import PageTable, is_usual
from perfmon_xl.report.pages.paginate import blocks_and_measures, page_starts
from perfmon_xl.report.template.compiled import DOCUMENT, CompiledTemplate
from perfmon_xl.report.tracing.tracked import clean

_ROW = re.compile(r"<w:tr(?: [^>]*)?>.*?</w:tr>", re.S)
_CELL = re.compile(r"<w:tc>.*?</w:tc>", re.S)
_FOLLOWS = '<w:vMerge w:val="continue"/>'


def repeat_levels(template: CompiledTemplate, xml: str) -> str:
    """跨页的表，合并的格子在新的一页上再写一遍；一张一张地来，前面的表高了，后面的照着变。"""
    if not is_usual(template.sources[DOCUMENT]) or _FOLLOWS not in xml:
        return xml
    count = xml.count("<w:tbl>")
    for nth in range(count):
        blocks, measures = blocks_and_measures(template, clean(xml))
        tables = [n for n, block in enumerate(blocks) if isinstance(block, PageTable)]
        before = count - len(tables)  # of the cover
        if nth < before:
            continue
        starts = page_starts(measures, tables[nth - before])
        match = next(islice(TABLE.finditer(xml), nth, None), None)
        if starts and match is not None and _FOLLOWS in match[0]:
            xml = xml[: match.start()] + _said_again(match[0], starts) + xml[match.end() :]
    return xml


def _said_again(table: str, starts: list[int]) -> str:
    """starts 各行（从 0 数）里接着上面的格子，换成上面那一格。"""
    above: dict[int, str] = {}
    number = -1

    def row(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        column = 0

        def cell(match: re.Match[str]) -> str:
            nonlocal column
            at, text = column, match[0]
            span = SPAN.search(text)
            column += int(span[1]) if span else 1
            if _FOLLOWS not in text:
                above[at] = text
                return text
            return above.get(at, text) if number in starts else text

        return _CELL.sub(cell, match[0])

    return _ROW.sub(row, table)
