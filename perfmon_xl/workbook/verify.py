"""The computed cells of a workbook held against the figures in Python: overwritten formulas, other results."""

from __future__ import annotations

from decimal import Decimal

from perfmon_xl.domain.amount import plain
from perfmon_xl.domain.origin import Difference
from perfmon_xl.layout.schema import Column
from perfmon_xl.workbook.computed import Computed
from perfmon_xl.workbook.fill import deviating
from perfmon_xl.workbook.read import Reading, shown


def differing(reading: Reading, computed: Computed) -> tuple[Difference, ...]:
    """看得见的计算栏里，公式被盖掉的，和存着的结果与应有的不一样的。

    公式还没有算过的不算：那是另一回事，打开再保存一次就有了。
    """
    found = []
    for cell, what, value, _ in deviating(reading, computed, hidden=False):
        if cell.uncalculated:
            continue
        overwritten = cell.formula is None
        if not overwritten or cell.value not in (None, ""):
            label = what.header if isinstance(what, Column) else what.label
            expected = plain(value) if isinstance(value, Decimal) else value
            origin = cell.ref.place(label)
            found.append(Difference(origin, shown(cell), expected, overwritten))
    return tuple(found)
