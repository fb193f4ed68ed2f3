"""Where every cell and paragraph of a foreign file went: into a record, or into the list of what was not placed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from perfmon_xl.domain.text_keys import label_key, label_text
from perfmon_xl.importing.amounts import dates
from perfmon_xl.importing.document import Block, Para
from perfmon_xl.importing.form_lines import segments
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.heads import header_at, turned_table
from perfmon_xl.importing.indicator_rows import level_name, ticked
from perfmon_xl.importing.vocabulary import label_of, money_field

# Printed marks that say nothing of their own.
_MARKS = re.compile(r"^[√✓✔☑Vv□☐○×.…·。、/\-—]*$")
_TITLES = re.compile(
    r"^(?:绩效指标|年度绩效目标(?:分解)?|绩效目标|项目资金|年度总体目标|目录|目次|附件\d*|附表\d*|公开\d*表|(?:续)?表\d+)"
)


def unplaced(blocks: Sequence[Block], found: Iterable[Imported]) -> Iterator[str]:
    """找不到去处的格和段落：不在记录里，不在“没有读进”的清单里，也不是认得的表头、标签、标题。"""
    imported = tuple(found)
    heap = label_text("\n".join(_said(imported)))
    numbers = set(_numbers(heap))
    for block in blocks:
        if isinstance(block, Para):
            if not block.contents and not _is_title(block.text):
                yield from (s for s in _pieces(block.text) if not _found(s, heap, numbers))
        else:
            yield from (t for t in _cells(block) if not _found(t, heap, numbers))


def _cells(grid: Grid) -> Iterator[str]:
    row, serial = 0, -1
    while row < len(grid.rows):
        header = header_at(grid, row)
        if header is not None:
            row, serial = row + header.height, header.serial
            continue
        turned = turned_table(grid, row)
        if turned is not None:
            yield from _cells(turned)
            row += turned.columns
            continue
        for column, text in grid.own(row):
            if column == serial and text.isdigit():
                continue
            tall = row + 1 < len(grid.rows) and grid.rows[row + 1][column].ref == grid.rows[row][column].ref
            if text and not label_of(text) and not (tall and column == 0):
                yield text
        row += 1


def _found(text: str, heap: str, numbers: set[Decimal]) -> bool:
    bare = re.sub(r"^[一二三四五六七八九十]是|^[（(]?\d{1,2}[）).、]", "", label_text(text))
    if (
        ticked(text) is not None
        or level_name(text)
        or money_field(label_key(text))
        or (dates(bare) and len(bare) <= 20)
    ):
        return True  # a choice, a date: kept as what they mean
    if not bare or _MARKS.match(bare) or _TITLES.match(bare) or bare in heap:
        return True
    own = _numbers(bare)
    if own and re.fullmatch(r"[¥￥≥≤><=]*-?[\d,.]+[%％]?[\u4e00-\u9fff/·]{0,8}", bare):
        return all(
            n in numbers or n / 10_000 in numbers or n * 10_000 in numbers or n * 100 in numbers for n in own
        )
    parts = [s.text or s.label for s in segments(text)]
    if len(parts) > 1:
        return all(_found(p, heap, numbers) for p in parts)
    if (said := re.match(r"^(?:[（(]?\d{1,2}[）).、．]?)?[^：:]{2,40}[：:](.+)$", bare)) and said[1] in heap:
        return True
    stripped = re.sub(r"^(?:其中)?[:：]?|[:：]$|[（(]\d+(?:\.\d+)?分[)）]", "", bare)
    return stripped in heap or re.sub(r"[（(][^（）()]*[)）]", "", stripped) in heap


def _numbers(text: str) -> list[Decimal]:
    found = []
    for match in re.findall(r"\d[\d,]*(?:\.\d+)?", text):
        try:
            found.append(Decimal(match.replace(",", "")).normalize())
        except InvalidOperation:
            continue
    return found


def _said(found: Iterable[Imported]) -> Iterator[str]:
    for one in found:
        for record in one.monitoring.records():
            for name in record.__dataclass_fields__:
                value = getattr(record, name)
                yield str(getattr(value, "raw", value))
                amount = getattr(value, "yuan", None)
                if amount is not None:
                    yield f"{amount} {amount / 10_000}"
            yield from map(str, record.place.raw.values())
        for left in one.leftovers:
            yield f"{left.text} {left.why} {' '.join(left.cells)}"
        yield from one.checked
        for misfit in one.misfits:
            yield f"{misfit.message} {misfit.values}"


def _pieces(text: str) -> Iterator[str]:
    yield from (s for s in re.split(r"[。；;\n]", text) if s.strip())


def _is_title(text: str) -> bool:
    flat = label_text(text)
    return bool(
        len(flat) <= 45
        and (re.match(r"^(?:第[一二三四五六七八九十]+(?:部分|章)|[一二三四五六七八九十]+[、.]|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、])", flat) or re.search(r"报告$|表(?:[（(].*[)）])?$", flat))
    )  # fmt: skip
