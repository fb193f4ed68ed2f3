"""The computed cells of a workbook held against the figures in Python: overwritten formulas, other results."""

from __future__ import annotations

from decimal import Context, Decimal

from perfmon_xl.domain.origin import StoredDifference
from perfmon_xl.layout.schema import Column
from perfmon_xl.workbook.computed import Computed
from perfmon_xl.workbook.convert import display_text
from perfmon_xl.workbook.fill_computed import deviating
from perfmon_xl.workbook.port import RawCell
from perfmon_xl.workbook.read import Reading

_DIGITS = (6, 10, 15)  # as many as tell the two apart; Excel has no more than the last


def differing(reading: Reading, computed: Computed) -> tuple[StoredDifference, ...]:
    """看得见的计算栏里，公式被盖掉的，和存着的结果与应有的不一样的。

    公式还没有算过的不算：那是另一回事，打开再保存一次就有了。
    """
    differences = []
    for cell, what, value, _ in deviating(reading, computed, hidden=False):
        if cell.uncalculated:
            continue
        overwritten = cell.formula is None
        if not overwritten or cell.value not in (None, ""):
            label = what.header if isinstance(what, Column) else what.label
            stored, expected = _in_one_notation(cell, value)
            origin = cell.ref.place(label)
            differences.append(StoredDifference(origin, stored, expected, overwritten))
    return tuple(differences)


def _in_one_notation(cell: RawCell, value: Decimal | str) -> tuple[str, str]:
    """存着的和应有的，照单元格的写法：不会一个写“87.6%”一个写“0.9”，位数够分清就行。"""
    if not isinstance(value, Decimal):
        return display_text(cell), value
    stored, expected = display_text(cell), ""
    for digits in _DIGITS:
        rounded = Context(prec=digits)
        if isinstance(cell.value, Decimal):
            stored = display_text(cell._replace(value=rounded.plus(cell.value)))
        expected = display_text(cell._replace(value=rounded.plus(value), error=None))
        if stored != expected:
            break
    return stored, expected
