"""Whole rows: added to the workbook since, gone from it, renamed, or in another order in the report."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from perfmon_xl.audit.difference import Difference, DifferenceKind
from perfmon_xl.audit.page import ReportParagraph
from perfmon_xl.audit.workbook_values import TABLES, CurrentValue, row_of
from perfmon_xl.report.tracing.provenance import Record, RecordedValue

_AGAIN = "重新出报告。"
Row = tuple[str, str]  # which table, which row by name
_NAMES = ("name", "subject", "source", "item", "title")


@dataclass(frozen=True, slots=True)
class Rows:
    """各行的值：出报告时的，工作簿现在的；renamed 是改了名的行，旧的 → 新的。"""

    recorded: Mapping[Row, Sequence[RecordedValue]]
    current: Mapping[Row, Sequence[CurrentValue]]
    renamed: Mapping[Row, Row]

    @classmethod
    def of(cls, record: Record, now: Mapping[str, CurrentValue]) -> Rows:
        if now.keys() == {v.source.identity for v in record.values}:
            return cls({}, {}, {})  # the same values, so the same rows
        recorded: dict[Row, list[RecordedValue]] = defaultdict(list)
        current: dict[Row, list[CurrentValue]] = defaultdict(list)
        for value in record.values:
            if (row := row_of(value.source.identity)) is not None:
                recorded[row].append(value)
        for identity, current_value in now.items():
            if (row := row_of(identity)) is not None:
                current[row].append(current_value)
        return cls(dict(recorded), dict(current), _renamed(recorded, current))

    def under_old_names(self) -> dict[str, CurrentValue]:
        """改了名的行里的值，按旧的身份也查得到。"""
        names = {}
        for old, new in self.renamed.items():
            for current_value in self.current[new]:
                rest = current_value.source.identity.removeprefix(f"{new[0]}[{new[1]}]")
                identity = f"{old[0]}[{old[1]}]{rest}"
                names[identity] = CurrentValue(
                    current_value.text, replace(current_value.source, identity=identity)
                )
        return names


def _renamed(
    recorded: Mapping[Row, Sequence[RecordedValue]], current: Mapping[Row, Sequence[CurrentValue]]
) -> dict[Row, Row]:
    """改了名的行：旧名没有了，同一个单元格里是新名。"""
    fresh = {
        (value.source.origin.sheet, value.source.origin.cell): row
        for row, values in current.items()
        if row not in recorded
        for value in values
        if _is_name(value.source.identity)
    }
    found: dict[Row, Row] = {}
    for row, values in recorded.items():
        if row in current:
            continue
        cells = ((v.source.origin.sheet, v.source.origin.cell) for v in values)
        other = next((fresh[cell] for cell in cells if cell in fresh), None)
        if other is not None and other[0] == row[0]:
            found[row] = other
    return found


def _is_name(identity: str) -> bool:
    return identity.rpartition(".")[2] in _NAMES


def row_changes(record: Record, paragraphs: Sequence[ReportParagraph], rows: Rows) -> Iterator[Difference]:
    """工作簿里多出的行、没有了的行，报告里挪了位置的行。"""
    if rows.recorded or rows.current:
        where = _paragraph_of_row(paragraphs)
        yield from _added(rows, paragraphs, where)
        yield from _rows_gone(rows, paragraphs, where)
    yield from _moved(record, paragraphs)


def _paragraph_of_row(paragraphs: Sequence[ReportParagraph]) -> dict[int, int]:
    return {number: p.index for p in reversed(paragraphs) for piece in p.pieces for number in piece.ids}


def _added(
    rows: Rows, paragraphs: Sequence[ReportParagraph], where: Mapping[int, int]
) -> Iterator[Difference]:
    used, known = {collection for collection, _ in rows.recorded}, set(rows.renamed.values())
    for (collection, name), values in rows.current.items():
        if collection not in used or (collection, name) in rows.recorded or (collection, name) in known:
            continue
        first = next((v for v in values if _is_name(v.source.identity)), values[0])
        places = [
            where[v.id]
            for row, vs in rows.recorded.items()
            if row[0] == collection
            for v in vs
            if v.id in where
        ]
        last = max((n for n in places if paragraphs[n].table), default=max(places, default=-1))
        if last >= 0:
            yield Difference(
                kind=DifferenceKind.ROWS,
                message=f"工作簿的{TABLES[collection]}有“{first.text or name}”一行，报告里没有。",
                hint=_AGAIN,
                place=paragraphs[last].place,
                origin=first.source.origin,
                values={"报告": "", "工作簿": first.text or name},
                paragraph=last,
            )


def _rows_gone(
    rows: Rows, paragraphs: Sequence[ReportParagraph], where: Mapping[int, int]
) -> Iterator[Difference]:
    for row, values in rows.recorded.items():
        at = next((where[v.id] for v in values if v.id in where), -1)
        if row in rows.current or row in rows.renamed or at < 0:
            continue
        yield Difference(
            kind=DifferenceKind.ROWS,
            message=f"报告里有“{row[1]}”一行，工作簿的{TABLES[row[0]]}已经没有了。",
            hint=_AGAIN,
            place=paragraphs[at].place,
            origin=values[0].source.origin,
            values={"报告": row[1], "工作簿": ""},
            paragraph=at,
        )


def _moved(record: Record, paragraphs: Sequence[ReportParagraph]) -> Iterator[Difference]:
    """表格里的行换了先后：合并的一级、二级指标可能因此对错了行。"""
    tables: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    top = {v.id: v for v in record.values if not v.inside}
    for paragraph in paragraphs:
        if not paragraph.table:
            continue
        ids = [n for piece in paragraph.pieces if piece.change != "del" for n in piece.ids if n in top]
        if ids:
            rows = tables[paragraph.table]
            row = paragraph.row
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
                kind=DifferenceKind.ORDER,
                message=f"“{name}”一行挪了位置，与出报告时的先后不同。",
                hint="看合并的一级、二级指标还对不对得上；要改先后的，改工作簿。",
                place=paragraphs[at].place,
                origin=top[number].source.origin,
                values={},
                paragraph=at,
            )


def _out_of_order(order: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """要挪动的最少的几行：不在最长递增序列里的。"""
    if order == sorted(order):
        return []
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
