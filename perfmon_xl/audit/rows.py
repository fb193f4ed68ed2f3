"""Whole rows: added to the workbook since, gone from it, renamed, or in another order in the report."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from perfmon_xl.audit.current import TABLES, Now, row_of
from perfmon_xl.audit.difference import Difference, Kind
from perfmon_xl.audit.page import Paragraph
from perfmon_xl.report.provenance import Record, Recorded

_AGAIN = "重新出报告。"
_NAMES = ("name", "subject", "source", "item", "title")


def _recorded_rows(record: Record) -> dict[tuple[str, str], list[Recorded]]:
    found: dict[tuple[str, str], list[Recorded]] = defaultdict(list)
    for value in record.values:
        row = row_of(value.source.identity)
        if row is not None:
            found[row].append(value)
    return found


def _current_rows(now: Mapping[str, Now]) -> dict[tuple[str, str], list[Now]]:
    found: dict[tuple[str, str], list[Now]] = defaultdict(list)
    for identity, value in now.items():
        row = row_of(identity)
        if row is not None:
            found[row].append(value)
    return found


def renamed(record: Record, now: Mapping[str, Now]) -> dict[str, Now]:
    """改了名的行：旧名没有了，同一个单元格里是新名；旧身份对到新值上。"""
    recorded, current = _recorded_rows(record), _current_rows(now)
    fresh = {
        (value.source.origin.sheet, value.source.origin.cell): row
        for row in current.keys() - recorded.keys()
        for value in current[row]
        if value.source.identity.endswith(tuple(f".{n}" for n in _NAMES))
    }
    found: dict[str, Now] = {}
    for row in recorded.keys() - current.keys():
        for value in recorded[row]:
            other = fresh.get((value.source.origin.sheet, value.source.origin.cell))
            if other is None or other[0] != row[0]:
                continue
            old, new = f"{row[0]}[{row[1]}]", f"{other[0]}[{other[1]}]"
            for one in current[other]:
                identity = old + one.source.identity.removeprefix(new)
                found[identity] = replace(one, source=replace(one.source, identity=identity))
            break
    return found


def row_changes(
    record: Record, paragraphs: Sequence[Paragraph], now: Mapping[str, Now]
) -> Iterator[Difference]:
    recorded, current = _recorded_rows(record), _current_rows(now)
    where = _where(paragraphs)
    if now:
        yield from _added(recorded, current, paragraphs, where)
        yield from _gone(recorded, current, paragraphs, where)
    yield from _moved(record, paragraphs)


def _where(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    return {number: p.index for p in reversed(paragraphs) for piece in p.pieces for number in piece.ids}


def _added(
    recorded: Mapping[tuple[str, str], list[Recorded]],
    current: Mapping[tuple[str, str], list[Now]],
    paragraphs: Sequence[Paragraph],
    where: Mapping[int, int],
) -> Iterator[Difference]:
    used = {collection for collection, _ in recorded}
    cells = {(v.source.origin.sheet, v.source.origin.cell) for values in recorded.values() for v in values}
    for (collection, name), values in current.items():
        first = next((v for v in values if v.source.identity.split(".")[-1] in _NAMES), values[0])
        origin = first.source.origin
        was = (origin.sheet, origin.cell) in cells and not any(row == (collection, name) for row in recorded)
        if (
            collection not in used
            or (collection, name) in recorded
            or (was and _renamed_here(recorded, current, origin.cell, collection))
        ):
            continue
        last = max(
            (where.get(v.id, -1) for r, vs in recorded.items() if r[0] == collection for v in vs), default=-1
        )
        if last >= 0:
            yield Difference(
                kind=Kind.ROWS,
                message=f"工作簿的{TABLES[collection]}有“{first.text or name}”一行，报告里没有。",
                hint=_AGAIN,
                place=paragraphs[last].place,
                origin=origin,
                values={"报告": "", "工作簿": first.text or name},
                paragraph=last,
            )


def _renamed_here(
    recorded: Mapping[tuple[str, str], list[Recorded]],
    current: Mapping[tuple[str, str], list[Now]],
    cell: str,
    collection: str,
) -> bool:
    """这一行是由报告里一个已经没有了的名称改来的。"""
    return any(
        row[0] == collection
        and any(v.source.origin.cell == cell for v in values)
        and not _alive(row, current)
        for row, values in recorded.items()
    )


def _alive(row: tuple[str, str], current: Mapping[tuple[str, str], list[Now]]) -> bool:
    return row in current and not all(
        v.source.identity.startswith(f"{row[0]}[{row[1]}]") and v.text == "" for v in current[row]
    )


def _gone(
    recorded: Mapping[tuple[str, str], list[Recorded]],
    current: Mapping[tuple[str, str], list[Now]],
    paragraphs: Sequence[Paragraph],
    where: Mapping[int, int],
) -> Iterator[Difference]:
    for row, values in recorded.items():
        at = next((where[v.id] for v in values if v.id in where), -1)
        if row in current or at < 0:
            continue
        yield Difference(
            kind=Kind.ROWS,
            message=f"报告里有“{row[1]}”一行，工作簿的{TABLES[row[0]]}已经没有了。",
            hint=_AGAIN,
            place=paragraphs[at].place,
            origin=values[0].source.origin,
            values={"报告": row[1], "工作簿": ""},
            paragraph=at,
        )


def _moved(record: Record, paragraphs: Sequence[Paragraph]) -> Iterator[Difference]:
    """表格里的行换了先后：合并的一级、二级指标可能因此对错了行。"""
    tables: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    top = {v.id: v for v in record.values if not v.inside}
    for paragraph in paragraphs:
        ids = [n for piece in paragraph.pieces if piece.change != "del" for n in piece.ids if n in top]
        if paragraph.table and ids:
            rows = tables[paragraph.table]
            row = paragraph.place.row
            if row not in rows or min(ids) < rows[row][0]:
                rows[row] = (min(ids), paragraph.index)
    for rows in tables.values():
        order = [rows[row] for row in sorted(rows)]
        for number, at in _out_of_order(order):
            name = next(
                (v.text for v in record.values if v.id >= number and v.source.identity.endswith(".name")),
                top[number].text,
            )
            yield Difference(
                kind=Kind.ORDER,
                message=f"“{name}”一行挪了位置，与出报告时的先后不同。",
                hint="看合并的一级、二级指标还对不对得上；要改先后的，改工作簿。",
                place=paragraphs[at].place,
                origin=top[number].source.origin,
                values={},
                paragraph=at,
            )


def _out_of_order(order: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """要挪动的最少的几行：不在最长递增序列里的。"""
    ends: list[int] = []
    chains: list[list[int]] = []
    for number, _ in order:
        at = bisect_left(ends, number)
        chain = [*(chains[at - 1] if at else []), number]
        if at == len(ends):
            ends.append(number)
            chains.append(chain)
        else:
            ends[at], chains[at] = number, chain
    kept = set(chains[-1]) if chains else set()
    return [one for one in order if one[0] not in kept]
