"""Tables that another program dropped on saving: found again by their sheet and their header row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfmon_xl.domain.text_keys import header_key
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Table
from perfmon_xl.workbook.file.cells import SheetPart
from perfmon_xl.workbook.port import CellRef, RawTable


def tables_by_header(name: str, sheet: SheetPart) -> Iterator[RawTable]:
    """工作表 name 上应有的各张表：表头在哪一行就从哪一行读起，读到下一张表或两行空行为止。"""
    wanted = [t for s, t in layout.tables() if s.name == name and t.record]
    if not wanted:
        return
    rows: dict[int, dict[int, str]] = {}
    for row, column in sheet.used():
        value = sheet.read(row, column).value
        if isinstance(value, str) and value.strip():
            rows.setdefault(row, {})[column] = value
    titles = {t.title for s, t in layout.tables() if s.name == name} | {
        f.title for s, f in layout.forms() if s.name == name
    }
    titled = {row for row, cells in rows.items() if titles & {t.strip() for t in cells.values()}}
    heads: dict[int, Table] = {}
    for row in sorted(rows):
        fitting = [t for t in wanted if t not in heads.values() and _is_header(t, rows[row].values())]
        above = {t.strip() for up in range(row - 3, row) for t in rows.get(up, {}).values()}
        called = [t for t in fitting if t.title in above]
        if fitting:
            heads[row] = (called or fitting)[0]
    starts, last = sorted(heads), max(rows, default=0)
    for number, top in enumerate(starts):
        table, columns = heads[top], sorted(rows[top])
        stop = starts[number + 1] - 1 if number + 1 < len(starts) else last
        stop = min([row - 1 for row in titled if top < row <= stop], default=stop)
        span = range(columns[0], columns[-1] + 1)
        bottom = top
        for row in range(top + 1, stop + 1):
            if any(not sheet.read(row, c).blank for c in span):
                bottom = row
        header = tuple(rows[top].get(c, "") for c in span)
        body = tuple(sheet.read_row(row, span) for row in range(top + 1, bottom + 1))
        yield RawTable(table.name, name, header, CellRef(name, top, columns[0]), body)


def _is_header(table: Table, texts: Iterable[str]) -> bool:
    """这一行有表里要人填的各栏。"""
    found = set(map(header_key, texts))
    needed = [c for c in table.columns if not c.computed and not c.later and not c.hidden]
    return len(needed) > 1 and all(any(header_key(n) in found for n in (c.header, *c.also)) for c in needed)
