"""From cells to records: by table name and header, never by position; every field keeps its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as item
from typing import Any

from perfmon_xl.domain import model
from perfmon_xl.domain.errors import ForeignBookError
from perfmon_xl.domain.grades import NO_GRADES, explanations, with_grades
from perfmon_xl.domain.origin import NOT_FILLED, Fault, Origin, RowCells, RowPlace
from perfmon_xl.domain.proposals import is_proposal
from perfmon_xl.domain.target import TargetValue, unread
from perfmon_xl.domain.wording import NEW_BOOK
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.carried import CARRIES, PROPOSALS
from perfmon_xl.layout.schema import Form, Type
from perfmon_xl.policy import PolicyError, get
from perfmon_xl.workbook.carrying import Carried, resolve_carried
from perfmon_xl.workbook.convert import convert, display_text
from perfmon_xl.workbook.parts_missing import missing_parts
from perfmon_xl.workbook.port import CellRef, RawCell, Workbook
from perfmon_xl.workbook.table_binding import TableBinding, bound, table_by_headers

RECORDS: Mapping[str, type[Any]] = {
    "project": model.Project,
    "goal": model.Goal,
    "progress": model.Progress,
    "funding": model.Funding,
    "spending": model.Spending,
    "fund_notes": model.Paragraph,
    "declared": model.Declared,
    "goal_changes": model.GoalChange,
    "adjusted": model.Adjusted,
    "compared": model.Compared,
    "analyses": model.Paragraph,
    "overall": model.Paragraph,
    "problems": model.ProblemEntry,
    "conclusions": model.Paragraph,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """读出来的全部：记录、各表在哪、每条记录在表里的第几行、缺了哪些表格、栏目和单元格。"""

    monitoring: model.Monitoring
    found: Mapping[str, TableBinding]
    named: Mapping[str, RawCell]
    rows: Mapping[str, tuple[int, ...]]
    missing: tuple[str, ...]
    gone: tuple[str, ...] = ()  # of the missing ones those that held what people fill in
    carried: Mapping[CellRef, Carried] = item(
        default_factory=dict
    )  # cells with our formula, and what they show


def read(book: Workbook, before: Reading | None = None, *, kept: bool = True) -> Reading:
    """读一个工作簿；不是绩效运行监控工作簿的，拒绝。

    before：同一个工作簿上一次读的；单元格没有变的行，记录照用，不再读。
    kept：公式读不了的值，只认工作簿里存着读法的（单元格里显示的也是它）；填充时不用，读了再写进去。
    """
    raw_tables, named = book.tables(), book.named()
    found: dict[str, TableBinding] = {}
    for _, table in layout.tables():
        raw = raw_tables.get(table.name) or table_by_headers(table, raw_tables)
        if raw is None:
            continue
        old = None if before is None else before.found.get(table.name)
        same = old is not None and (old.raw.first, old.raw.header) == (raw.first, raw.header)
        found[table.name] = replace(old, raw=raw) if old is not None and same else bound(table, raw)
    gone, others = missing_parts(found, named)
    missing = [*gone, *others]
    if getattr(book, "tables_lost", False):
        missing.append("各张表格的格式在别的程序存盘时丢了，内容是照工作表和表头读的。")
    missing += [
        f"{ref} 的内容紧挨在表格“{name}”下面，不在表格里，没有读。请拖动表格右下角，把这几行包进去。"
        for name, ref in getattr(book, "below", {}).items()
    ]
    known_names = [c for _, form in layout.forms() for c in form.cells if c.name in named]
    if not any(t.record for t in (f.table for f in found.values())) or not known_names:
        raise ForeignBookError(
            "这不是绩效运行监控工作簿：里面没有认得的表格。",
            NEW_BOOK + "，把内容填进去。",
        )
    values: dict[str, Any] = {}
    rows: dict[str, tuple[int, ...]] = {}
    for _, form in layout.forms():
        if form.record:
            values[form.record] = _form(form, named)
    for name, binding in found.items():
        if not binding.table.record:
            continue
        records = _records(binding, before, kept=kept)
        rows[name] = tuple(records)
        values[binding.table.record] = tuple(records.values())
    figures = [
        (cell, named[cell.name])
        for _, form in layout.forms()
        for cell in form.cells
        if cell.computed and cell.name in named
    ]
    shown_by_us = _resolve(book, found, rows, values)
    monitoring = model.Monitoring(
        **values,
        computed_at={cell.name: raw.ref.place(cell.label) for cell, raw in figures},
    )
    graded = with_grades(monitoring)
    if kept:
        graded = replace(graded, compared=_kept_grades(graded, found, rows))
    return Reading(graded, found, named, rows, tuple(missing), gone, shown_by_us)


def _kept_grades(
    monitoring: model.Monitoring, found: Mapping[str, TableBinding], rows: Mapping[str, tuple[int, ...]]
) -> tuple[model.Compared, ...]:
    """指标解释里的分档，只认工作簿里存着的；存着的已经不是现在的解释，一档也不认。"""
    table = found.get(layout.COMPARED.name)
    if table is None:
        return monitoring.compared
    told, places = explanations(monitoring), [table.columns.get(name) for name in ("grades", "grades_seen")]

    def effective(row: model.Compared, index: int) -> model.Compared:
        words, seen = (str(table.raw.rows[index][p].value or "") if p is not None else "" for p in places)
        now = told.get(row.name.casefold(), "")
        if words and (words, seen) != ("、".join(row.grades), now):
            return replace(row, grades=NO_GRADES)
        return row if words or not row.grades else replace(row, grades=())

    return tuple(map(effective, monitoring.compared, rows[layout.COMPARED.name]))


def _resolve(
    book: Workbook,
    found: Mapping[str, TableBinding],
    rows: Mapping[str, tuple[int, ...]],
    values: dict[str, Any],
) -> Mapping[CellRef, Carried]:
    """带入的、建议的各格照公式算出来，换进 values；返回各格应有的文字。"""
    cells: dict[tuple[str, int, str], RawCell] = {}
    for binding in found.values():
        carry = CARRIES.get(binding.table.record)
        if carry is None:
            continue
        fields = {*carry.fields, *carry.same, *(PROPOSALS if binding.table.record == "compared" else ())}
        columns = [(field, binding.columns[field]) for field in fields if field in binding.columns]
        for index, row in enumerate(rows.get(binding.table.name, ())):
            line = binding.raw.rows[row]
            for field, at in columns:
                if line[at].formula is not None:
                    cells[binding.table.record, index, field] = line[at]
    typed = any(is_proposal(c.stage.raw) or is_proposal(c.forecast.raw) for c in values.get("compared", ()))
    if not cells and not typed:
        return {}
    listed = {name: value for name, value in values.items() if isinstance(value, tuple)}
    try:
        rules = get(values["project"].rule_set)
    except PolicyError:
        rules = None  # said where the rule set is asked for
    records, shown_by_us = resolve_carried({**listed, "project": (values["project"],)}, cells, book, rules)
    values.update({name: records[name] for name in listed})
    return shown_by_us


def _records(binding: TableBinding, before: Reading | None, *, kept: bool) -> Mapping[int, object]:
    """一张表的各条记录：行号 → 记录，空行没有。上一次读过、单元格都没有变的行照用。"""
    old = None if before is None else before.found.get(binding.table.name)
    known: Mapping[int, object] = {}
    unchanged: Sequence[object] = ()
    if before is not None and old is not None and old.places is binding.places:
        records = getattr(before.monitoring, binding.table.record)
        known = dict(zip(before.rows[binding.table.name], records, strict=True))
        if old.raw is binding.raw:
            return known
        unchanged = old.raw.rows
    made: dict[int, object] = {}
    for index, cells in enumerate(binding.raw.rows):
        if index < len(unchanged) and cells is unchanged[index]:
            if index in known:
                made[index] = known[index]
        elif not binding.is_blank(index):
            made[index] = _row(binding, index, kept=kept)
    return made


def _form(form: Form, named: Mapping[str, RawCell]) -> object:
    what = [(cell, named[cell.name]) for cell in form.cells if cell.name in named]
    sheet = next((raw.ref.sheet for _, raw in what), "")
    return _record(
        RECORDS[form.record],
        ((cell.field, cell.type, raw) for cell, raw in what if not cell.computed),
        sheet=sheet,
        cells={cell.field: raw.ref.place(cell.label) for cell, raw in what},
    )


def _row(binding: TableBinding, index: int, *, kept: bool) -> object:
    cells, row = binding.raw.rows[index], binding.raw.first.row + 1 + index

    def stored(field: str, value: TargetValue) -> bool:
        """工作簿里存着的，正是这几个字的这个读法；不显示读法的栏不用存。"""
        if f"{field}_seen" not in binding.table.by_field:
            return True
        places = (binding.columns.get(f"{field}_{part}") for part in ("seen", "reading"))
        return [p is not None and cells[p].value for p in places] == [value.raw, value.reading]

    return _record(
        RECORDS[binding.table.record],
        ((field, kind, cells[at]) for field, kind, at in binding.filled),
        sheet=binding.raw.sheet,
        table=binding.raw.name,
        row=row,
        cells=RowCells(binding.raw.sheet, row, binding.places),
        stored=stored if kept else None,
    )


def _record(
    kind: type[Any],
    filled: Iterable[tuple[str, Type, RawCell]],
    *,
    sheet: str,
    cells: Mapping[str, Origin],
    table: str = "",
    row: int = 0,
    stored: Callable[[str, TargetValue], bool] | None = None,
) -> object:
    values: dict[str, Any] = {}
    faults: dict[str, Fault] = {}
    raw: dict[str, str] = {}
    for field, type_, cell in filled:
        raw[field] = display_text(cell)
        if cell.error is not None:
            faults[field] = Fault("错误值", cell.error)
            continue
        if cell.uncalculated:
            faults[field] = Fault("公式未计算", f"={cell.formula}")
            continue
        value, fault = convert(cell, type_)
        if fault is not None:
            faults[field] = fault
        if (
            isinstance(value, TargetValue)
            and value.reading
            and stored is not None
            and not stored(field, value)
        ):
            faults[field] = Fault(NOT_FILLED, value.raw)
            value = unread(value.raw)
        if value is not None:
            values[field] = value
    return kind(**values, place=RowPlace(sheet, table, row, cells, faults, raw))
