"""Where every cell and paragraph of a foreign file went: into a record, or into the list of what was not placed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from perfmon_xl.domain.report_text import LineKind
from perfmon_xl.domain.text_keys import label_key, label_text
from perfmon_xl.importing.amounts import dates
from perfmon_xl.importing.document import Block, Para
from perfmon_xl.importing.form_lines import segments
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.heads import header_at, turned_table
from perfmon_xl.importing.indicator_rows import level_name, ticked
from perfmon_xl.importing.outline import has_figure
from perfmon_xl.importing.vocabulary import label_of, money_field
from perfmon_xl.layout.letters import column_letters

_CIRCLED = re.compile(r"^\s*[①-⑳]")
# 元, 千元, 万元, a percentage.
_SCALES = (1, 100, 1000, 10_000, Decimal(1) / 10_000)
# Printed marks that say nothing of their own.
_MARKS = re.compile(r"^[√✓✔☑Vv□☐○×.…·。、/\-—]*$")
_TITLES = re.compile(
    r"^(?:绩效指标|年度绩效目标(?:分解)?|绩效目标|项目资金|项目基本情况|年度总体目标|目录|目次|附件\d*|附表\d*|任务[一二三四五六七八九十]|公开\d*表|(?:续)?表\d+)"
)


def unplaced(
    blocks: Sequence[Block], found: Iterable[Imported], told: Sequence[object] = ()
) -> Iterator[str]:
    """找不到去处的格和段落：不在记录里，不在“没有读进”的清单里，也不是认得的表头、标签、标题。

    told：读清单时说的话（哪些栏目没有用到、哪几行是合计）。
    """
    imported = tuple(found)
    heap = _alike("\n".join([*_said(imported), *map(str, told)]))
    numbers = set(_numbers(heap))
    headings = {_alike(t) for one in imported for t in _headings(one)}
    unused = {_alike(name) for line in map(str, told) for name in _unused_columns(line)}
    lines = {number for line in map(str, told) for number in _unread_lines(line)}
    for block in blocks:
        if isinstance(block, Para):
            if not block.contents and not _is_title(block.text) and _alike(block.text) not in headings:
                yield from (
                    s
                    for s in _pieces(block.text)
                    if _alike(s) not in headings and not _found(s, heap, numbers)
                )
        else:
            yield from (t for t in _cells(block, unused, lines) if not _found(t, heap, numbers))


def _alike(text: str) -> str:
    return label_text(text).replace(">=", "≥").replace("<=", "≤")


def _headings(one: Imported) -> Iterator[str]:
    """章节的题目：自己不带数的，下面的内容另外在数。"""
    for line in one.text.of(LineKind.HEADING):
        if not has_figure(line.title) and "。" not in line.title:
            yield line.text


def _unused_columns(line: str) -> list[str]:
    match = re.match(r"没有用到的栏目：([^。]+)。", line)
    return match[1].split("、") if match else []


def _unread_lines(line: str) -> Iterator[int]:
    """“第 9、15—17 行是合计，没有读。”"""
    match = re.match(r"第 ([\d、—]+) 行.*没有读。", line)
    for part in match[1].split("、") if match else ():
        first, _, last = part.partition("—")
        yield from range(int(first), int(last or first) + 1)


def _cells(grid: Grid, unused: Collection[str] = (), lines: Collection[int] = ()) -> Iterator[str]:
    row, serial = 0, -1
    skipped: set[int] = set()
    while row < len(grid.rows):
        header = header_at(grid, row)
        if header is not None:
            row, serial = row + header.height, header.serial
            last = grid.texts[row - 1]
            skipped = {
                c for c, t in enumerate(last)
                if _alike(t) in unused or f"{column_letters(c + 1)}列(没有表头)" in unused
            }  # fmt: skip
            continue
        if grid.rows[row][0].ref.row in lines:
            row += 1
            continue
        turned = turned_table(grid, row)
        if turned is not None:
            yield from _cells(turned)
            row += turned.columns
            continue
        for column, text in grid.own(row):
            if column in skipped or (column == serial and text.isdigit()):
                continue
            tall = row + 1 < len(grid.rows) and grid.rows[row + 1][column].ref == grid.rows[row][column].ref
            if text and not label_of(text) and not (tall and column == 0):
                yield text
        row += 1


def _found(text: str, heap: str, numbers: set[Decimal]) -> bool:
    bare = re.sub(
        r"^[一二三四五六七八九十]是|^[（(][一二三四五六七八九十\d]{1,2}[）)]|^\d{1,2}[）).、]",
        "",
        _alike(_CIRCLED.sub("", text)),
    )
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
        return all(any((n * scale).normalize() in numbers for scale in _SCALES) for n in own)
    parts = [s.text for s in segments(text)]
    if len(parts) > 1:
        return all(_found(p, heap, numbers) for p in parts if p)  # a label with nothing beside it is no loss
    if (said := re.match(r"^(?:[（(]?\d{1,2}[）).、．]?)?[^：:]{2,40}[：:](.+)$", bare)) and said[1] in heap:
        return True
    halves = [s for s in re.split(r"——|/(?=[\u4e00-\u9fff])|(?<=\d)/(?=\d)", bare) if s]
    if len(halves) > 1 and all(_found(h, heap, numbers) for h in halves):
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
                    yield f"{amount}；{amount / 10_000}"
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
