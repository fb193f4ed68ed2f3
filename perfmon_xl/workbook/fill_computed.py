"""Fill: computed cells whose formula is gone, or whose stored result is not what it should be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Column, NamedCell
from perfmon_xl.workbook.computed import Computed
from perfmon_xl.workbook.convert import display_text
from perfmon_xl.workbook.fill import Plan
from perfmon_xl.workbook.port import Formula, RawCell, StoredRow
from perfmon_xl.workbook.read import Reading
from perfmon_xl.workbook.table_binding import TableBinding

_SAME = Decimal("1e-9")


def deviating(
    reading: Reading, computed: Computed, *, hidden: bool = True
) -> Iterator[tuple[RawCell, Column | NamedCell, Decimal | str, TableBinding | None]]:
    """公式不在的、存着的结果不是应有的计算单元格：读到的样子、声明、应有的值、所在的表（命名单元格没有）。"""
    for _, form in layout.forms():
        for named in form.cells:
            cell = reading.named.get(named.name)
            if named.computed and cell is not None and not _is_right(cell, computed.cells[named.name]):
                yield cell, named, computed.cells[named.name], None
    for binding in reading.found.values():
        kept = reading.rows.get(binding.table.name, range(len(binding.raw.rows)))
        order = {row: n for n, row in enumerate(kept)}
        declared = [(index, binding.table.column(name)) for name, index in binding.columns.items()]
        columns = {index: c for index, c in declared if c.computed and (hidden or not c.hidden)}
        whole = binding.columns.keys() >= binding.table.by_field.keys()
        plain = {i for i, c in columns.items() if c.stored or not (whole or binding.formula(c.field))}
        for row, cells in enumerate(binding.raw.rows if columns else ()):
            values = computed.row(binding.table.name, order.get(row, len(kept)))
            expected = [(index, values[c.field]) for index, c in columns.items() if c.field in values]
            # Two thirds of all cells are looked at here: nearly all are right, and need not even be read.
            for index, value in cells.mismatches(expected) if isinstance(cells, StoredRow) else expected:
                right = _is_kept if index in plain else _is_right
                if not right(cells[index], value):
                    yield cells[index], columns[index], value, binding


def _is_right(cell: RawCell, value: Decimal | str) -> bool:
    return cell.formula is not None and cell.error is None and same_value(cell.value, value)


def _is_kept(cell: RawCell, value: Decimal | str) -> bool:
    """没有公式、程序写值的栏。"""
    kept = (cell.value or "") == value or same_value(cell.value, value)
    return cell.formula is None and cell.error is None and kept


def refreshed(reading: Reading, computed: Computed) -> Plan:
    """第三步：被盖掉的公式恢复，公式存着的结果换成现在应有的结果；公式读不了的值，写上程序的读法。"""
    plan = Plan()
    plan.writes.update(
        {
            ref: Formula("", carried.shown)
            for ref, carried in reading.carried.items()
            if carried.stored != carried.shown
        }
    )
    for cell, what, value, binding in deviating(reading, computed):
        if isinstance(what, Column) and what.stored:
            plan.writes[cell.ref] = value or None
            continue
        if cell.formula is not None:
            plan.writes[cell.ref] = Formula("", value)
            continue
        if isinstance(what, Column) and binding is not None:
            text = binding.formula(what.field)
            if not text:  # what it would refer to is not in this workbook: the value alone
                plan.writes[cell.ref] = value if value != "" else None
                continue
        else:
            text = what.formula
        plan.writes[cell.ref] = Formula(text, value)
        if cell.value not in (None, ""):
            label = what.header if isinstance(what, Column) else what.label
            plan.notes.append(f"{cell.ref}（{label}）：公式被改成了“{display_text(cell)}”，已恢复。")
    return plan


def same_value(stored: object, value: Decimal | str) -> bool:
    """存着的结果是不是应有的结果；数字差在二进制尾数里的算相同，空和空文字算相同。"""
    if isinstance(value, Decimal):
        return isinstance(stored, Decimal) and abs(stored - value) <= _SAME * max(Decimal(1), abs(value))
    return stored == value
