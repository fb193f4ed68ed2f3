"""Several reports bound into one file: where each begins, so that they are never read as one project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from perfmon_xl.importing.document import Block, Para
from perfmon_xl.importing.grid import Grid

_FIRST_CHAPTER = re.compile(r"^(?:一[、.．]|第一(?:部分|章)|1[、.．]\s*(?![\d]))\s*\S")
_TITLE = re.compile(r"(?:监控|监测|自评|评价|跟踪)[^。，；：]{0,12}报告(?:[（(][^（()）]{1,20}[)）])?$")
_LONGEST_TITLE = 60


def split_reports(blocks: Sequence[Block]) -> list[list[Block]]:
    """第一章又出现一次、两边各有表格的，是装订在一起的几份报告；从后一份的题目分开。"""
    chapters = [
        n
        for n, b in enumerate(blocks)
        if isinstance(b, Para)
        and not b.contents
        and len(b.text) <= _LONGEST_TITLE
        and _FIRST_CHAPTER.match(b.text)
        and (b.outline == 1 or b.text[0] in "一第")
    ]
    starts = [0]
    for before, chapter in pairwise(chapters):
        title = _title(blocks, before + 1, chapter)
        if (
            title is not None
            and _has_table(blocks, starts[-1], title)
            and _has_table(blocks, chapter, len(blocks))
        ):
            starts.append(title)
    ends = [*starts[1:], len(blocks)]
    return [list(blocks[a:b]) for a, b in zip(starts, ends, strict=True)]


def _title(blocks: Sequence[Block], first: int, last: int) -> int | None:
    """后一份报告的题目在第几块：第一章前面、上一张表后面的那一行；没有题目的不是另一份报告。"""
    for n in range(last - 1, first - 1, -1):
        block = blocks[n]
        if isinstance(block, Grid):
            return None
        if len(block.text) <= _LONGEST_TITLE and not block.contents and _TITLE.search(block.text):
            return n
    return None


def _has_table(blocks: Sequence[Block], first: int, last: int) -> bool:
    return any(isinstance(b, Grid) for b in blocks[first:last])
