"""A Word report as its reader sees it: headings, paragraphs, captions, tables, contents lines, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.domain.origin import NOWHERE, Origin, RowPlace


class LineKind(StrEnum):
    """报告的一行是什么。"""

    HEADING = "标题"
    BODY = "正文"
    CAPTION = "表题"
    TABLE = "表格"
    CONTENTS = "目录"
    PICTURE = "图片"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """一行：是什么、文字、在哪里；标题有级别、编号和去掉编号的题目；path 是上面各级标题（连同编号）。

    表格的 text 是各格文字，一行一行；目录行的 text 不含页码，page 是页码。
    """

    kind: LineKind
    text: str
    origin: Origin
    level: int = 0
    mark: str = ""
    title: str = ""
    path: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """一份报告的全部文字；place 是整份报告。"""

    lines: tuple[Line, ...] = ()
    place: RowPlace = NOWHERE

    def of(self, *kinds: LineKind) -> tuple[Line, ...]:
        """某一类或某几类的各行。"""
        return tuple(line for line in self.lines if line.kind in kinds)

    @property
    def headings(self) -> tuple[Line, ...]:
        return self.of(LineKind.HEADING)

    @property
    def body(self) -> tuple[Line, ...]:
        return self.of(LineKind.BODY)

    @property
    def cover(self) -> tuple[Line, ...]:
        """第一个标题以前的各行：封面、题名、开头的话。"""
        lines: list[Line] = []
        for line in self.lines:
            if line.kind is LineKind.HEADING:
                break
            if line.kind is LineKind.BODY:
                lines.append(line)
        return tuple(lines)

    def under(self, heading: Line) -> tuple[Line, ...]:
        """一个标题下面的各行，到同级或更高的标题为止。"""
        at = self.lines.index(heading)
        lines: list[Line] = []
        for line in self.lines[at + 1 :]:
            if line.kind is LineKind.HEADING and line.level <= heading.level:
                break
            lines.append(line)
        return tuple(lines)


_MOST_DIGITS = 9  # of a number of a heading; longer, it is none
NUMERALS = "一二三四五六七八九十"


def ordinal(mark: str) -> int | None:
    """编号是第几：一、（二）、3.、（4）、第五部分；看不出的是 None。

    >>> [ordinal(m) for m in ("一、", "（十二）", "3.", "（4）", "第二十部分", "①")]
    [1, 12, 3, 4, 20, None]
    """
    digits = re.search(r"[0-9０-９]+", mark)
    if digits:
        return int(digits[0]) if len(digits[0]) <= _MOST_DIGITS else None
    match = re.search(rf"[{NUMERALS}]+", mark)
    value = chinese_number(match[0]) if match else None
    return None if value is None else int(value)
