"""Fill: problems and measures that are still drafts follow what the check finds now."""

from __future__ import annotations

from collections.abc import Sequence

from perfmon_xl.domain.model import ProblemEntry
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.workbook.fill import Plan, added
from perfmon_xl.workbook.read import Reading
from perfmon_xl.workbook.table_binding import TableBinding

_WRITTEN = ("title", "text", "measure_title", "measure", "draft")


def redrafted(reading: Reading, drafts: Sequence[ProblemEntry], *, more: bool) -> Plan:
    """草稿按类别换成新的，这一类没有问题了的清空；人改过的不动。more：现在才有的类别也加上。"""
    new = {draft.kind: draft for draft in drafts}
    known = {
        p.kind for p in reading.monitoring.problems if not p.state.strip()
    }  # an earlier period's: not in the way
    fresh = [draft for draft in drafts if draft.kind not in known] if more else []
    plan = added(reading, layout.PROBLEMS, fresh, "起草")
    binding = reading.found[layout.PROBLEMS.name]
    rows = reading.rows[layout.PROBLEMS.name]
    for row, problem in zip(rows, reading.monitoring.problems, strict=True):
        draft = new.get(problem.kind)
        if not problem.is_draft or (draft is not None and draft.wording == problem.wording):
            continue
        _write(plan, binding, row, draft)
        done = "照现在的数重新起草" if draft is not None else "现在没有这一类问题，草稿去掉了"
        plan.notes.append(f"{binding.raw.sheet}：“{problem.title}”{done}。")
    return plan


def _write(plan: Plan, binding: TableBinding, row: int, draft: ProblemEntry | None) -> None:
    for field in _WRITTEN if draft is not None else ("kind", *_WRITTEN):
        if field in binding.columns:
            plan.writes[binding.ref(row, field)] = getattr(draft, field) if draft is not None else None
