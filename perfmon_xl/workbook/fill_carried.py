"""Fill: keys by which rows know their source, and the proposals for what is still blank in 表4."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.proposals import PROPOSED, forecast_proposal, is_proposal, stage_proposal
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.carried import FORECAST_AS_ACTUAL, FORECAST_BY_PACE, STAGE_PROPOSAL
from perfmon_xl.layout.render import rendered
from perfmon_xl.workbook.fill import Plan
from perfmon_xl.workbook.port import Formula, RawCell
from perfmon_xl.workbook.read import Reading
from perfmon_xl.workbook.table_binding import TableBinding

_KEYED = ((layout.DECLARED, "key", "K"), (layout.ADJUSTED, "carried_from", "T"))


def keyed(reading: Reading) -> Plan:
    """表1、表3 有名称的行都有自己的编号；抄出来的行编号重了的，后一行换新的。"""
    plan = Plan()
    for table, field, letter in _KEYED:
        binding = reading.found.get(table.name)
        if binding is None or field not in binding.columns:
            continue
        records = getattr(reading.monitoring, table.record)
        used: set[str] = set()
        taken = {getattr(record, field) for record in records}
        for row, record in zip(reading.rows[table.name], records, strict=True):
            own = getattr(record, field)
            if not record.name.strip() or (own and own not in used):
                used.add(own)
                continue
            own = next(k for n in count(1) if (k := f"{letter}{n:02}") not in taken | used)
            used.add(own)
            plan.writes[binding.ref(row, field)] = own
    return plan


def proposed(reading: Reading, figures: Figures) -> Plan:
    """表4空着的本阶段应完成值、全年预计提上建议；核定了的写成数；提不出了的去掉。人填的不动。"""
    plan = Plan()
    binding = reading.found.get(layout.COMPARED.name)
    if binding is None or "approved" not in binding.columns:
        return plan
    pace = figures.funds.pace
    offered: list[str] = []
    taken: list[str] = []
    for row, record in zip(reading.rows[layout.COMPARED.name], reading.monitoring.compared, strict=True):
        if not record.name.strip():
            continue
        done = record.actual.number is not None and not record.accumulates
        rate = _rate(record)
        forecast = FORECAST_AS_ACTUAL if done or (rate is not None and rate >= 1) else FORECAST_BY_PACE
        for field, text, formula in (
            ("stage", stage_proposal(record, pace), STAGE_PROPOSAL),
            ("forecast", forecast_proposal(record, pace), forecast),
        ):
            if field in binding.columns and field not in record.place.faults:
                cell = binding.raw.rows[row][binding.columns[field]]
                _propose(plan, binding, row, field, cell, record, text, formula, offered, taken, reading)
    _tell(plan, binding, offered, taken)
    return plan


def _rate(record: Any) -> Any:
    """完成率；没有的是 None。"""
    from perfmon_xl.domain.measures import completion_rate

    return completion_rate(record.actual, record.annual)


def _propose(
    plan: Plan,
    binding: TableBinding,
    row: int,
    field: str,
    cell: RawCell,
    record: Any,
    text: str,
    formula: str,
    offered: list[str],
    taken: list[str],
    reading: Reading,
) -> None:
    ref = binding.ref(row, field)
    ours = ref in reading.carried
    free = cell.formula is None and (cell.value in (None, "") or is_proposal(str(cell.value)))
    if not (ours or free) or cell.error is not None:
        return
    label = f"“{record.title}”（{ref.a1}）"
    if record.approved.strip() == "是":
        if ours and text:
            plan.writes[ref] = text
            taken.append(label)
        return
    if not text:
        if ours:
            plan.writes[ref] = None
        return
    whole = rendered(layout.COMPARED, formula, binding.headers, binding.raw.name)
    if not whole:
        return  # a column that it would refer to is not there
    same = ours and (cell.formula or "").count("/序时进度") == whole.count("/序时进度")
    if not same:
        plan.writes[ref] = Formula(whole, PROPOSED + text)
        offered.append(label)


def _tell(plan: Plan, binding: TableBinding, offered: Sequence[str], taken: Sequence[str]) -> None:
    if offered:
        plan.notes.append(
            f"{binding.raw.sheet}：提了 {len(offered)} 处建议，写着“{PROPOSED}”，不算数；打字盖掉，或在“核定”选“是”。"
        )
    if taken:
        plan.notes.append(f"{binding.raw.sheet}：核定的建议写成了数：{'、'.join(taken)}。")
