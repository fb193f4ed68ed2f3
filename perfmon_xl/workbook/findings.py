"""Findings on sheet 检查结果: one row each, a link to the cell, and what a person wrote beside it kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfmon_xl.domain.finding import Finding
from perfmon_xl.domain.origin import CellPlace, Origin
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.board import LEVEL_COUNTS
from perfmon_xl.workbook.fill import Plan
from perfmon_xl.workbook.links import link_to
from perfmon_xl.workbook.port import CellRef, Content, Formula, Mark
from perfmon_xl.workbook.read import Reading, TableBinding, shown

_LEVELS = ("错误", "警告", "无法判断", "提示")
_LONGEST_TEXT = 255  # of a text inside a formula


def answers(reading: Reading) -> Mapping[str, str]:
    """人写的处理意见，按问题的记号；几处说的话一字不差的，写在哪一处都算，取最先的。"""
    found = reading.found.get(layout.FINDINGS.name)
    if found is None or not {"key", "answer"} <= set(found.columns):
        return {}
    written: dict[str, str] = {}
    for row in found.raw.rows:
        key, answer = (shown(row[found.columns[name]]) for name in ("key", "answer"))
        if key and not written.get(key, "").strip():
            written[key] = answer
    return written


def levels(reading: Reading) -> Mapping[str, int]:
    """检查结果表里各级别现在有几条，看板上的数由它来。"""
    found = reading.found.get(layout.FINDINGS.name)
    if found is None or "severity" not in found.columns:
        return {}
    return Counter(shown(row[found.columns["severity"]]) for row in found.raw.rows)


def written(reading: Reading, findings: Sequence[Finding], verdict: str) -> Plan:
    """把问题写进检查结果表：先用已有的行，不够的加在末尾，多出来的清空。"""
    plan, found = Plan(), reading.found.get(layout.FINDINGS.name)
    cell = reading.named.get(layout.VERDICT_NAME)
    if cell is not None:
        plan.writes[cell.ref] = verdict
    if found is None:
        plan.notes.append("工作簿里没有“检查结果”表，结果没有写进去。")
        return plan
    counts = Counter(finding.level for finding in findings)
    for name, level in LEVEL_COUNTS.items():
        count = reading.named.get(name)
        if count is not None and count.formula is not None:
            plan.writes[count.ref] = Formula("", Decimal(counts[level]))
    kept = answers(reading)
    rows = [_row(finding, kept.get(finding.key, "")) for finding in findings]
    have = len(found.raw.rows)
    for index in range(have):
        row = rows[index] if index < len(rows) else {}
        for field in found.columns:
            plan.writes[found.ref(index, field)] = row.get(field)
    for row in rows[have:]:
        plan.appends.setdefault(found.raw.name, []).append(_spread(found, row))
    return plan


def marks(findings: Sequence[Finding]) -> Mapping[CellRef, Mark]:
    """每个有问题的单元格一个记号：颜色照最重的一条，批注列出全部。"""
    by_cell: dict[CellRef, list[Finding]] = {}
    for finding in findings:
        if isinstance(finding.origin, CellPlace) and finding.origin.is_cell:
            by_cell.setdefault(CellRef.of(finding.origin), []).append(finding)
    return {ref: _mark(group) for ref, group in by_cell.items()}


def _mark(findings: Sequence[Finding]) -> Mark:
    level = min((f.level for f in findings), key=_LEVELS.index)
    lines = [f"{f.level} {f.code}：{f.message}" + (f"\n怎么改：{f.hint}" if f.hint else "") for f in findings]
    return Mark(level, "\n".join(lines))


def _row(finding: Finding, answer: str) -> dict[str, Content]:
    return {
        "severity": finding.level,
        "code": finding.code,
        "where": _link(finding.origin),
        "message": finding.message,
        "hint": finding.hint,
        "answer": answer or None,
        "key": finding.key,
    }


def _link(origin: Origin | None) -> Content:
    """点一下就到那一格；没有具体单元格的只写文字。"""
    if origin is None:
        return None
    text = str(origin)
    if not isinstance(origin, CellPlace) or not origin.is_cell or len(text) > _LONGEST_TEXT:
        return text
    return link_to(CellRef.of(origin), text)


def _spread(found: TableBinding, row: Mapping[str, Content]) -> list[Content]:
    cells: list[Content] = [None] * len(found.raw.header)
    for field, index in found.columns.items():
        cells[index] = row.get(field)
    return cells
