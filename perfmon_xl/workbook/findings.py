"""Matters on sheet 检查结果: a finding a row, a link to its cell, and what a person wrote beside it kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.finding import Finding
from perfmon_xl.domain.matters import LEVELS, Matter, short_place
from perfmon_xl.domain.origin import CellPlace, Origin
from perfmon_xl.domain.wording import BRING_BACK
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.board import LEVEL_COUNTS
from perfmon_xl.layout.finding_sheet import ANSWERED, CHANGED, DONE, GONE, JOINED, SAME_HINT, UNCHANGED
from perfmon_xl.workbook.board_values import CHECK_NAME, check_text
from perfmon_xl.workbook.check_state import check_cells, state_of_rows
from perfmon_xl.workbook.convert import display_text
from perfmon_xl.workbook.fill import Plan
from perfmon_xl.workbook.links import link_to
from perfmon_xl.workbook.port import CellRef, Content, Formula, Mark, RawCell
from perfmon_xl.workbook.read import Reading
from perfmon_xl.workbook.table_binding import TableBinding

_LONGEST_TEXT = 255  # of a text inside a formula
_SAME = "　同上"
_COUNT = re.compile(r"（\d+ 处[^）]*）$")
_NEW = "又有新的一处"
Row = dict[str, Content]


def answers(reading: Reading) -> Mapping[str, str]:
    """人写的处理意见，按问题的记号；写在事项第一行的，当时在里面的各处都算。几处都写了的取自己那一行的。"""
    binding = reading.found.get(layout.FINDINGS.name)
    if binding is None or not {"key", "answer"} <= set(binding.columns):
        return {}
    own: dict[str, str] = {}
    shared: dict[str, str] = {}
    for row in binding.raw.rows:
        keys, answer = (display_text(row[binding.columns[name]]) for name in ("key", "answer"))
        first, *more = keys.split(JOINED)
        if first and not own.get(first, "").strip():
            own[first] = answer
        for key in more:
            if answer.strip():
                shared.setdefault(key, answer)
    return {**own, **{key: text for key, text in shared.items() if not own.get(key, "").strip()}}


def levels(reading: Reading) -> Mapping[str, int]:
    """检查结果表里各级别现在有几条、几个事项，看板和检查结果上的数由它来。"""
    binding = reading.found.get(layout.FINDINGS.name)
    if binding is None or "severity" not in binding.columns:
        return {}

    def text(row: Sequence[RawCell], field: str) -> str:
        return display_text(row[binding.columns[field]]).strip() if field in binding.columns else ""

    verdict = reading.named.get(layout.VERDICT_NAME)
    return state_of_rows(
        [{f: text(row, f) for f in ("number", "severity", "state", "code")} for row in binding.raw.rows],
        checked=verdict is not None and bool(display_text(verdict).strip()),
    )


def refuse_unwritable(reading: Reading) -> None:
    """“检查结果”表不在了的，或者少了栏目、处理意见跟不到新的行上的：不写，已有的不动。"""
    binding = reading.found.get(layout.FINDINGS.name)
    if binding is None:
        lost = f"“检查结果”里的表格“{layout.FINDINGS.title}”"
    else:
        lost = "、".join(
            f"“{binding.raw.sheet}”里的栏目“{c.header}”"
            for c in layout.FINDINGS.columns
            if c.field not in binding.columns and not c.later
        )
    if lost:
        raise UserError(f"工作簿里少了{lost}，检查的结果没有地方写，什么都没有改。", BRING_BACK)


def write_matters(
    reading: Reading, matters: Sequence[Matter], verdict: str, seen: Mapping[CellRef, str]
) -> tuple[Plan, list[bool]]:
    """把事项写进检查结果表：先用已有的行，不够的加在末尾，多出来的清空；再加上各行收起不收起。

    seen 是各问题的单元格现在的样子，以后看改过没有。
    """
    plan, binding = Plan(), reading.found.get(layout.FINDINGS.name)
    cell = reading.named.get(layout.VERDICT_NAME)
    if cell is not None:
        plan.writes[cell.ref] = verdict
    if binding is None:  # refuse_unwritable has been asked before
        return plan, []
    rows = list(_rows(matters, answers(reading), seen))
    rows += _gone_matters(binding, matters)
    plain = [{f: _text(row.get(f)) for f in ("number", "severity", "state", "code")} for row in rows]
    counts = state_of_rows(plain, checked=True)
    for name, level in LEVEL_COUNTS.items():
        count = reading.named.get(name)
        if count is not None and count.formula is not None:
            plan.writes[count.ref] = Formula("", Decimal(counts.get(level, 0)))
    for name, value in {**check_cells(counts), CHECK_NAME: check_text(counts)}.items():
        told = reading.named.get(name)
        if told is not None and told.formula is not None:
            plan.writes[told.ref] = Formula("", value)
    have = len(binding.raw.rows)
    for index in range(have):
        row = rows[index] if index < len(rows) else {}
        for field in binding.columns:
            plan.writes[binding.ref(index, field)] = row.get(field)
    for row in rows[have:]:
        plan.appends.setdefault(binding.raw.name, []).append(_spread(binding, row))
    folded = [row.get("number") is None and row.get("severity") != GONE for row in rows]
    return plan, folded + [False] * max(0, have - len(rows))


def _rows(matters: Sequence[Matter], kept: Mapping[str, str], seen: Mapping[CellRef, str]) -> Iterator[Row]:
    for matter in matters:
        lead = matter.lead
        answer = kept.get(lead.key, "")
        keys, joined = _covered(matter, kept, answer)
        title = matter.title
        if joined:
            title = _COUNT.sub(f"（{len(matter.findings)} 处，{_NEW}）", title)
        above = ""
        for finding in matter.findings:
            first = finding is lead
            own = answer if first else kept.get(finding.key, "")
            if not first and own == answer and finding.key in keys:
                own = ""  # said once, on the first row
            reference = _reference(finding.origin)
            yield {
                "number": Decimal(matter.number) if first else None,
                "severity": finding.level,
                "matter": title if first else _SAME,
                "where": _link(finding.origin, short_place(finding)),
                "message": finding.message,
                "hint": SAME_HINT if finding.hint and finding.hint == above else finding.hint,
                "answer": own or None,
                "state": _state(finding, reference, seen, answered=bool(kept.get(finding.key, "").strip())),
                "code": finding.code,
                "key": JOINED.join(keys) if first else finding.key,
                "seen": seen.get(reference) if reference is not None else None,
                "reference": str(finding.origin) if finding.origin is not None else None,
            }
            above = finding.hint


def _covered(matter: Matter, kept: Mapping[str, str], answer: str) -> tuple[list[str], bool]:
    """第一行的处理意见管哪几条；有的话后来才加进来的不算，第二个值说有没有这样的。"""
    keys = list(dict.fromkeys(f.key for f in matter.findings))
    if not answer.strip():
        return keys, False
    covered = [key for key in keys if kept.get(key, "").strip()]
    return [matter.lead.key, *(k for k in covered if k != matter.lead.key)], len(covered) < len(keys)


def _state(
    finding: Finding, reference: CellRef | None, seen: Mapping[CellRef, str], *, answered: bool
) -> Content:
    """状态：写了处理意见的是已说明；那一格的值和查的时候不一样的是改过。公式，改了就变。"""
    now = ANSWERED if answered else UNCHANGED
    if reference is None or reference not in seen:
        return now
    own = "检查结果表[[#This Row],[处理意见]]"
    before = "检查结果表[[#This Row],[查时值]]"
    sheet = reference.sheet.replace("'", "''")
    there = f"'{sheet}'!{reference.a1}"
    formula = f'IF(LEN(TRIM({own}))>0,"{ANSWERED}",IF(EXACT({there}&"",{before}&""),"{now}","{CHANGED}"))'
    return Formula(formula, now)


def _gone_matters(binding: TableBinding, matters: Sequence[Matter]) -> list[Row]:
    """上次有、这次整个没有了的事项，留在末尾，看得到改了多少。"""
    if not {"matter", "number"} <= set(binding.columns):
        return []
    now = {matter.name for matter in matters}
    rows: list[Row] = []
    for cells in binding.raw.rows:
        values = {field: display_text(cells[index]) for field, index in binding.columns.items()}
        title = _COUNT.sub("", values["matter"].strip())
        was = values["number"].strip() or values["severity"].strip() == GONE
        if not was or not title or title in now or title == _SAME.strip():
            continue
        now.add(title)
        kept: Row = {f: values.get(f) or None for f in ("message", "hint", "answer", "code", "key")}
        rows.append(
            {**kept, "severity": GONE, "matter": title, "where": values.get("where") or None, "state": DONE}
        )
    return rows


def _text(content: Content) -> str:
    value = content.value if isinstance(content, Formula) else content
    return "" if value is None else str(value)


def seen_cells(reading: Reading, findings: Sequence[Finding]) -> Mapping[CellRef, str]:
    """各问题的单元格现在写着什么字；数、日期、公式显示成文字是什么样说不准，不在里面。"""
    wanted = {ref for f in findings if (ref := _reference(f.origin)) is not None}
    # An open workbook reads a sheet when one of its names is asked for: only those that are wanted.
    places: Mapping[str, CellRef] | None = getattr(reading.named, "refs", None)
    names = reading.named if places is None else [name for name, ref in places.items() if ref in wanted]
    cells = {cell.ref: cell for cell in (reading.named[name] for name in names) if cell.ref in wanted}
    for binding in reading.found.values():
        first = binding.raw.first
        for ref in wanted:
            row, column = ref.row - first.row - 1, ref.column - first.column
            if (
                ref.sheet == binding.raw.sheet
                and 0 <= row < len(binding.raw.rows)
                and 0 <= column < len(binding.raw.header)
            ):
                cells[ref] = binding.raw.rows[row][column]
    return {
        ref: cell.value
        for ref, cell in cells.items()
        if isinstance(cell.value, str) and cell.formula is None and cell.error is None
    }


def marks(matters: Sequence[Matter]) -> Mapping[CellRef, Mark]:
    """每个有问题的单元格一个记号：样子照最重的一条，批注列出全部，说明是第几项。"""
    by_cell: dict[CellRef, list[tuple[int, Finding]]] = {}
    for matter in matters:
        for finding in matter.findings:
            ref = _reference(finding.origin)
            if ref is not None:
                by_cell.setdefault(ref, []).append((matter.number, finding))
    return {ref: _mark(group) for ref, group in by_cell.items()}


def _mark(findings: Sequence[tuple[int, Finding]]) -> Mark:
    level = min((f.level for _, f in findings), key=LEVELS.index)
    lines = [
        f"第 {number} 项　{f.level} {f.code}：{f.message}" + (f"\n怎么改：{f.hint}" if f.hint else "")
        for number, f in findings
    ]
    return Mark(level, "\n".join(lines))


def _reference(origin: Origin | None) -> CellRef | None:
    """问题说的是哪一格；说的不是一格的没有。"""
    return CellRef.of(origin) if isinstance(origin, CellPlace) and origin.is_cell else None


def _link(origin: Origin | None, label: str) -> Content:
    """点一下就到那一格；没有具体单元格的只写文字。"""
    if origin is None:
        return None
    if not isinstance(origin, CellPlace) or not origin.is_cell or len(label) > _LONGEST_TEXT:
        return label
    return link_to(CellRef.of(origin), label)


def _spread(binding: TableBinding, row: Mapping[str, Content]) -> list[Content]:
    cells: list[Content] = [None] * len(binding.raw.header)
    for field, index in binding.columns.items():
        cells[index] = row.get(field)
    return cells
