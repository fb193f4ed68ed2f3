"""The kind of a document from its title: a line before the tables, or a line at the top of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfmon_xl.domain.kinds import DocumentKind, kind_of_title
from perfmon_xl.importing.document import Block, Para

_FIRST_BLOCKS, _FIRST_ROWS = 12, 2


def kind_in(blocks: Sequence[Block]) -> DocumentKind | None:
    """监控、部门整体监控、自评还是目标申报；题目里看不出的返回 None。"""
    return next((kind for title in _titles(blocks) if (kind := kind_of_title(title)) is not None), None)


def _titles(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks[:_FIRST_BLOCKS]:
        if isinstance(block, Para):
            if not block.contents:
                yield block.text
            continue
        for row in range(min(_FIRST_ROWS, len(block.rows))):
            yield from (text for _, text in block.own(row)[:2])
        yield block.name
