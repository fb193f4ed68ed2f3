"""Fill: a blank level means the level above it, as in the merged cells of the official forms; then it is written."""

from __future__ import annotations

from perfmon_xl.domain.category import category, level1
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.workbook.fill import Plan
from perfmon_xl.workbook.read import Reading
from perfmon_xl.workbook.table_binding import TableBinding

_TABLES = (layout.DECLARED, layout.ADJUSTED, layout.COMPARED)


def levels_down(reading: Reading) -> Plan:
    """一级、二级指标照官方表的样子只填了一组的第一行的，下面空着的补上；归不到上一行那一类的不补。"""
    plan = Plan()
    for table in _TABLES:
        binding = reading.found.get(table.name)
        if binding is None or not {"level1", "level2", "name"} <= set(binding.columns):
            continue
        written = _one_table(plan, reading, binding)
        if written:
            columns = "、".join(binding.headers[field] for field in ("level1", "level2") if field in written)
            plan.notes.append(
                f"{binding.raw.sheet}：空着的{columns}照上一行补上 {sum(written.values())} 格。"
            )
    return plan


def _one_table(plan: Plan, reading: Reading, binding: TableBinding) -> dict[str, int]:
    written: dict[str, int] = {}
    above = ("", "")
    records = getattr(reading.monitoring, binding.table.record)
    for row, record in zip(reading.rows[binding.table.name], records, strict=True):
        if not record.name.strip() or record.place.faults.keys() & {"level1", "level2"}:
            continue
        own = (record.level1.strip(), record.level2.strip())
        first, second = _completed(own, above)
        for field, before, after in (("level1", own[0], first), ("level2", own[1], second)):
            if after != before and binding.ref(row, field) not in reading.carried:
                plan.writes[binding.ref(row, field)] = after
                written[field] = written.get(field, 0) + 1
        above = (first or above[0], second)
    return written


def _completed(own: tuple[str, str], above: tuple[str, str]) -> tuple[str, str]:
    """补上空着的级别：两级都空、或一级同上的，照上一行；只空一级的，二级指标确实属于上面那一类才补。

    >>> _completed(("", ""), ("产出指标", "数量指标"))
    ('产出指标', '数量指标')
    >>> _completed(("", "时效指标"), ("效益指标", "社会效益指标"))
    ('', '时效指标')
    """
    first, second = own
    if not second:
        return above if first in ("", above[0]) else own
    found = category(second)
    belongs = found is None or found.level1 is level1(above[0])
    return (first or (above[0] if belongs else ""), second)
