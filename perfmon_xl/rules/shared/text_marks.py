"""The numbers before headings and numbered paragraphs: how they are written, and in what order they come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perfmon_xl.domain.report_text import Line, LineKind, ReportText, ordinal
from perfmon_xl.domain.text_keys import without_spaces

_STYLES = (
    (1, re.compile(r"^(?:第.+(?:部分|章)|[一二三四五六七八九十]+[、.．\s]?)$")),
    (2, re.compile(r"^[（(][一二三四五六七八九十]+[）)]")),
    (3, re.compile(r"^[0-9０-９]+\s*[、.．](?![0-9０-９])")),
    (4, re.compile(r"^[（(][0-9０-９]+[）)]")),
    (5, re.compile(r"^[0-9０-９]+[)）]")),
    (6, re.compile(r"^[0-9]+\s*$")),
    (7, re.compile(r"^[0-9]+\.[0-9]+\s*$")),
    (8, re.compile(r"^[0-9]+\.[0-9]+\.[0-9]+\s*$")),
)
_DECIMAL = 6  # 4、4.1、4.1.1: the last figure counts
_TITLE_OF_A_PARAGRAPH = 5  # the name of an indicator at the head of its paragraph


@dataclass(frozen=True, slots=True)
class Numbered:
    """一个带编号的标题或段落：写法是第几类，第几，接在哪一行后面（同一串里的前一个）。"""

    line: Line
    style: int
    number: int
    before: int


def style_of(mark: str) -> int:
    """编号的写法：一、是1，（一）是2，1.是3，（1）是4，1）是5，4、4.1、4.1.1 是6、7、8；没有编号是0。"""
    return next((style for style, pattern in _STYLES if pattern.match(mark)), 0)


def shape(mark: str) -> str:
    """编号的样子，数字换成代表：“（二）”是“（一）”，“3、”是“1、”。

    >>> shape("（十二）"), shape("3 、")
    ('（一）', '1、')
    """
    plain = without_spaces(mark)
    return re.sub(r"[0-9０-９]+", "1", re.sub(r"[一二三四五六七八九十]+", "一", plain))


def numbered(report: ReportText) -> Iterator[Numbered]:
    """报告里带编号的各行；每一串的前一个编号是几，新的一串是 0。"""
    last: dict[int, int] = {}
    anew: set[int] = set()  # after a heading without a number each kind may begin at one, or go on
    depth = 0
    for line in report.of(LineKind.HEADING, LineKind.BODY):
        style = style_of(line.mark)
        number = int(line.mark.strip().split(".")[-1]) if style >= _DECIMAL else ordinal(line.mark)
        if line.kind is LineKind.HEADING and (style or line.level < _TITLE_OF_A_PARAGRAPH):
            depth = style
            if style:
                last = {s: n for s, n in last.items() if s <= style}
            else:
                anew = set(last)
        if not style or number is None:
            continue
        if line.kind is LineKind.BODY and style <= depth:
            continue  # a sentence that merely begins like a number
        last = {s: n for s, n in last.items() if s <= style}
        again = number == 1 and style in anew
        anew.discard(style)
        yield Numbered(line, style, number, 0 if again else last.get(style, 0))
        last[style] = number
