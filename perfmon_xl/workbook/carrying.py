"""Carried and proposed cells resolved: what their formulas show is worked out here, whatever a file has stored.

A program that writes a workbook without calculating leaves such a cell empty, and a stored result may be of before:
so the cached result is never trusted where the formula is ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from perfmon_xl.domain import model
from perfmon_xl.domain.measures import pace as pace_of
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.proposals import PROPOSED, forecast_proposal, is_proposal, stage_proposal
from perfmon_xl.domain.target import BLANK, TargetValue, read_target
from perfmon_xl.layout.carried import CARRIES, PROPOSALS, SOURCE, Carry
from perfmon_xl.workbook.port import CellRef, RawCell, Scalar, Workbook

_OURS = re.compile(r"INDEX\(.*MATCH\(|&\"\"$|" + PROPOSED, re.DOTALL)


class Carried(NamedTuple):
    """写着我们公式的一格：存着的结果，和应有的结果。"""

    stored: Scalar
    shown: str


Records = Mapping[str, tuple[Any, ...]]


def is_ours(cell: RawCell, text: str) -> bool:
    """是不是我们写的公式；共享公式的跟随格没有文字，要问过（text）。"""
    return cell.formula is not None and _OURS.search(text or cell.formula) is not None


def resolve_carried(
    records: Records, cells: Mapping[tuple[str, int, str], RawCell], book: Workbook, rules: RuleSet | None
) -> tuple[dict[str, tuple[Any, ...]], dict[CellRef, Carried]]:
    """带入的、建议的各格照公式算出来：新的记录；各格应有的文字。

    records：表3、表4等的记录；cells：（记录名，第几条，栏目）→ 写着公式的单元格。
    """
    found = dict(records)
    shown: dict[CellRef, Carried] = {}
    texts = _texts(book, cells)
    for name, carry in CARRIES.items():
        rows = list(found.get(name, ()))
        by_key = {
            getattr(one, carry.origin_key): one
            for one in reversed(found.get(carry.origin_record, ()))
            if getattr(one, carry.origin_key)
        }
        for index, record in enumerate(rows):
            changes = _row(carry, record, by_key, name, index, cells, texts, shown)
            if changes:
                rows[index] = _with(record, changes, _raws(name, index, changes, cells, shown))
        found[name] = tuple(rows)
    elapsed = _pace(found, rules)
    rows = list(found.get("compared", ()))
    for index, record in enumerate(rows):
        changes = _proposed(record, index, elapsed, cells, texts, shown)
        if changes:
            rows[index] = _with(record, changes, _raws("compared", index, changes, cells, shown))
    found["compared"] = tuple(rows)
    return found, shown


def _texts(book: Workbook, cells: Mapping[tuple[str, int, str], RawCell]) -> Mapping[CellRef, str]:
    """没有写出公式的（共享公式的跟随格）问一遍。"""
    asked = [cell.ref for cell in cells.values() if cell.formula == ""]
    return {ref: cell.formula or "" for ref, cell in book.cells(asked).items()} if asked else {}


def _pace(records: Records, rules: RuleSet | None) -> Decimal | None:
    project = records.get("project", (model.Project(),))[0]
    return pace_of(project.cutoff, rules.funds.pace) if rules is not None else None


def _row(
    carry: Carry,
    record: Any,
    by_key: Mapping[str, Any],
    name: str,
    index: int,
    cells: Mapping[tuple[str, int, str], RawCell],
    texts: Mapping[CellRef, str],
    shown: dict[CellRef, Carried],
) -> dict[str, Any]:
    source = by_key.get(getattr(record, SOURCE))
    changes: dict[str, Any] = {}
    for field in (*carry.fields, *carry.same):
        cell = cells.get((name, index, field))
        if cell is None or not is_ours(cell, texts.get(cell.ref, "")):
            continue
        if field in carry.same:
            value = changes.get(carry.same[field], getattr(record, carry.same[field]))
        elif source is not None:
            value = getattr(source, carry.fields[field][0])
        else:
            value = BLANK if isinstance(getattr(record, field), TargetValue) else ""
        changes[field] = value
        shown[cell.ref] = Carried(cell.value, value.raw if isinstance(value, TargetValue) else value)
    return changes


def _proposed(
    record: Any,
    index: int,
    elapsed: Decimal | None,
    cells: Mapping[tuple[str, int, str], RawCell],
    texts: Mapping[CellRef, str],
    shown: dict[CellRef, Carried],
) -> dict[str, Any]:
    """建议：核定了的算数，没有核定的当作空的。打成文字的“建议：…”也当作空的。"""
    changes: dict[str, Any] = {}
    for field in PROPOSALS:
        cell = cells.get(("compared", index, field))
        current = getattr(record, field)
        if cell is not None and is_ours(cell, texts.get(cell.ref, "")):
            make = stage_proposal if field == "stage" else forecast_proposal
            text = make(_with(record, changes, {}), elapsed)
            approved = record.approved.strip(" ") == "是"
            changes[field] = read_target(text) if approved else BLANK
            shown[cell.ref] = Carried(cell.value, text if approved or not text else PROPOSED + text)
        elif is_proposal(current.raw):
            changes[field] = BLANK
    return changes


def _raws(
    name: str,
    index: int,
    changes: Mapping[str, Any],
    cells: Mapping[tuple[str, int, str], RawCell],
    shown: Mapping[CellRef, Carried],
) -> dict[str, str]:
    """各栏看得见的文字。"""
    found = {field: cells[name, index, field].ref for field in changes if (name, index, field) in cells}
    return {field: shown[ref].shown for field, ref in found.items() if ref in shown}


def _with(record: Any, changes: Mapping[str, Any], raws: Mapping[str, str]) -> Any:
    if not changes:
        return record
    place = record.place
    faults = {name: fault for name, fault in place.faults.items() if name not in changes}
    return replace(record, **changes, place=replace(place, faults=faults, raw={**place.raw, **raws}))
