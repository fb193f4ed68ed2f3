"""Fill: Table 1 into Table 3, tracked rows into Table 4, drafts into blank paragraphs, computed cells restored.

Pure: what to write is worked out from a reading and handed back; nothing that a person typed is replaced.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Adjusted, Compared, GoalChange, Monitoring, Paragraph
from perfmon_xl.domain.text_keys import name_key, text_key
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.carried import CARRIES, SOURCE, carried_formula
from perfmon_xl.layout.render import rendered
from perfmon_xl.layout.schema import Column, Table, Type
from perfmon_xl.workbook.build.defaults import with_defaults
from perfmon_xl.workbook.convert import convert, display_text
from perfmon_xl.workbook.formula_here import sound
from perfmon_xl.workbook.port import CellRef, Content, Formula, RawCell, Scalar, Workbook
from perfmon_xl.workbook.read import Reading
from perfmon_xl.workbook.table_binding import TableBinding

Drafts = Mapping[str, Mapping[str, str]]  # record → subject → text
_LIKE = 0.75
_MAY_BE_TEXT = (Type.TARGET, Type.WAN, Type.YUAN, Type.DATE)  # what one types as a number, or the other way
_FIRST = "起草"
_MOST_LISTED = 6
_NAMED = 5  # cells named in one message, the rest are counted


@dataclass(slots=True)
class Plan:
    """要写的单元格、要加的行，和要告诉用户的话。"""

    writes: dict[CellRef, Content] = field(default_factory=dict)
    appends: dict[str, list[list[Content]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.writes and not self.appends

    def apply(self, book: Workbook) -> None:
        """写进 book；公式里的表名、表头照它实际的。"""
        rows = [row for rows in self.appends.values() for row in rows]
        new = [
            c for c in (*self.writes.values(), *(c for row in rows for c in row)) if isinstance(c, Formula)
        ]
        tables = book.tables() if any(formula.text for formula in new) else {}
        if self.writes:
            book.write({ref: sound(content, tables) for ref, content in self.writes.items()})
        for table, added in self.appends.items():
            book.append_rows(table, [[sound(content, tables) for content in row] for row in added])


def carried(reading: Reading) -> Plan:
    """第一步：表1 → 表3 → 表4 → 指标分析的行；补上固定的事项；把数字格式的填报改成文字。"""
    plan, monitoring = Plan(), reading.monitoring
    full = with_defaults(monitoring)
    for table in (layout.FUND_NOTES, layout.OVERALL, layout.CONCLUSIONS):
        have = getattr(monitoring, table.record)
        _add(plan, reading, table, getattr(full, table.record)[len(have) :], "补上")
    _add(plan, reading, layout.GOAL_CHANGES, full.goal_changes[len(monitoring.goal_changes) :], "补上")
    _goal(plan, reading)
    adjusted = _missing_adjusted(plan, monitoring)
    _add(plan, reading, layout.ADJUSTED, adjusted, "从表1带入")
    tracked = [a for a in (*monitoring.adjusted, *adjusted) if a.is_tracked and a.name.strip()]
    compared = _missing_compared(plan, monitoring, tracked)
    _add(plan, reading, layout.COMPARED, compared, "从表3带入")
    known = {name_key(p.subject) for p in monitoring.analyses}
    _add(
        plan,
        reading,
        layout.ANALYSES,
        [
            Paragraph(level1=c.level1, subject=c.name)
            for c in (*monitoring.compared, *compared)
            if c.name.strip() and name_key(c.name) not in known
        ],
        "加上",
    )
    _as_text(plan, reading)
    return plan


def _goal(plan: Plan, reading: Reading) -> None:
    """表2的原申报内容空着的，照抄表1上方的年度绩效目标。"""
    goal = reading.monitoring.goal.text
    binding = reading.found.get(layout.GOAL_CHANGES.name)
    if binding is None or "original" not in binding.columns:
        return
    for row, change in zip(
        reading.rows[layout.GOAL_CHANGES.name], reading.monitoring.goal_changes, strict=True
    ):
        blank = not change.original.strip() and not change.place.faults
        if goal and change.subject == "年度绩效目标" and blank:
            plan.writes[binding.ref(row, "original")] = goal
            plan.notes.append(f"{change.place.at('original')}：照抄年度绩效目标原文。")
            change = replace(change, original=goal)
        _whether_changed(plan, binding, row, change)


def _whether_changed(plan: Plan, binding: TableBinding, row: int, change: GoalChange) -> None:
    """是否调整空着的，看得出来的填上：写了调整后内容，与原来的不一样就是“是”，一样就是“否”。"""
    told = bool(change.original.strip() and change.revised.strip())
    if not told or change.changed.strip() or change.place.faults or "changed" not in binding.columns:
        return
    answer = "否" if text_key(change.original) == text_key(change.revised) else "是"
    plan.writes[binding.ref(row, "changed")] = answer
    why = "与原内容一样" if answer == "否" else "与原内容不一样"
    plan.notes.append(f"{change.place.at('changed')}：调整后内容{why}，填了“{answer}”。")


def _missing_adjusted(plan: Plan, monitoring: Monitoring) -> list[Adjusted]:
    have = {name_key(a.name) for a in monitoring.adjusted}
    added = []
    for declared in monitoring.declared:
        if not declared.name.strip() or name_key(declared.name) in have:
            continue
        if _renamed(
            plan,
            declared.name,
            declared.place.at("name"),
            [a.name for a in monitoring.adjusted],
            "表3",
            [d.name for d in monitoring.declared],
        ):
            continue
        have.add(name_key(declared.name))
        added.append(
            Adjusted(
                level1=declared.level1,
                level2=declared.level2,
                name=declared.name,
                target=declared.target,
                change="原指标",
                tracked_target=declared.target,
                tracked="是",
                carried_from=declared.key,
            )
        )
    declared_names = {name_key(d.name) for d in monitoring.declared}
    for adjusted in monitoring.adjusted:
        if adjusted.is_original and declared_names and name_key(adjusted.name) not in declared_names:
            plan.notes.append(
                f"{adjusted.place.at('name')}：“{adjusted.name}”写的是原指标，表1里却没有；请核对名称或调整类型。"
            )
    return added


def _missing_compared(plan: Plan, monitoring: Monitoring, tracked: Sequence[Adjusted]) -> list[Compared]:
    have = {name_key(c.name) for c in monitoring.compared}
    added = []
    for adjusted in tracked:
        if name_key(adjusted.name) in have:
            continue
        if _renamed(
            plan,
            adjusted.name,
            adjusted.place.at("name"),
            [c.name for c in monitoring.compared],
            "表4",
            [a.name for a in tracked],
        ):
            continue
        have.add(name_key(adjusted.name))
        added.append(
            Compared(
                level1=adjusted.level1,
                level2=adjusted.level2,
                name=adjusted.name,
                annual=adjusted.target,
                carried_from=adjusted.carried_from,
            )
        )
    tracked_names = {name_key(a.name) for a in tracked}
    for compared in monitoring.compared:
        if compared.name.strip() and monitoring.adjusted and name_key(compared.name) not in tracked_names:
            plan.notes.append(f"{compared.place.at('name')}：{_untracked(monitoring, compared.name)}")
    return added


def _untracked(monitoring: Monitoring, name: str) -> str:
    """表4的指标为什么不在跟踪之列，怎么办。"""
    adjusted = next((a for a in monitoring.adjusted if name_key(a.name) == name_key(name)), None)
    if adjusted is None:
        return f"“{name}”不在表3的跟踪指标里；请核对名称，或在表3补上。"
    state = "调整类型是“删除”" if adjusted.is_deleted else "没有选跟踪"
    return f"“{name}”在表3里{state}，表4还留着；不跟踪的，请把表4、指标分析里的这一行删去，要跟踪的，改表3。"


def _renamed(
    plan: Plan, name: str, origin: object, there: Sequence[str], where: str, siblings: Sequence[str]
) -> bool:
    """那边有没有很像、又不与这边别的指标同名的：像是改了名，问人，不替人加也不替人改。"""
    taken = {name_key(s) for s in siblings}
    free = {name_key(t): t for t in there if name_key(t) not in taken}
    near = difflib.get_close_matches(name_key(name), list(free), 1, _LIKE)
    if not near:
        return False
    plan.notes.append(
        f"{origin}：“{name}”在{where}里没有，却有相近的“{free[near[0]]}”。是同一个指标的，请改成一样的名称；"
        f"不是的，请在{where}自己加一行。"
    )
    return True


def added(reading: Reading, table: Table, records: Sequence[object], why: str) -> Plan:
    """把几条记录加进一张表：先用空行，用完了在末尾加行。"""
    plan = Plan()
    _add(plan, reading, table, records, why)
    return plan


def _add(plan: Plan, reading: Reading, table: Table, records: Sequence[object], why: str) -> None:
    """把记录写进表格：先用空行，用完了在末尾加行。"""
    binding = reading.found.get(table.name)
    if binding is None or not records:
        return
    used = set(reading.rows.get(table.name, ()))
    last = max(used, default=-1)
    free = [i for i in range(len(binding.raw.rows)) if i not in used and i > last]
    titles = [
        next(t for f in ("name", "subject", "title") if (t := getattr(record, f, None)) is not None)
        for record in records
    ]
    plan.notes.append(
        f"{binding.raw.sheet}：{why} {len(titles)} 行：{_listed([f'“{title}”' for title in titles])}。"
    )
    for record in records:
        if free:
            row = free.pop(0)
            for column in table.columns:
                content = _content(record, column, binding)
                if not column.computed and column.field in binding.columns and content not in (None, ""):
                    plan.writes[binding.ref(row, column.field)] = content
            continue
        plan.appends.setdefault(binding.raw.name, []).append(_new_row(binding, record))


def _new_row(binding: TableBinding, record: object) -> list[Content]:
    row: list[Content] = [None] * len(binding.raw.header)
    for field_name, index in binding.columns.items():
        column = binding.table.column(field_name)
        text = binding.formula(field_name)
        row[index] = (
            Formula(text, "") if text else None if column.formula else _content(record, column, binding)
        )
    return row


def _content(record: object, column: Column, binding: TableBinding) -> Content:
    value = getattr(record, column.field, None)
    if isinstance(value, tuple):  # a list that the program writes beside the row, as computed.py does
        value = "、".join(value) or None
    text: Scalar = getattr(value, "raw", value) if column.type is Type.TARGET else value
    carry = CARRIES.get(binding.table.record)
    if carry is None or not getattr(record, SOURCE, "") or not {SOURCE, *carry.same} <= set(binding.columns):
        return text
    if column.field not in {**carry.fields, **carry.same}:
        return text
    formula = rendered(binding.table, carried_formula(carry, column.field), binding.headers, binding.raw.name)
    return Formula(formula, text)


def _as_text(plan: Plan, reading: Reading) -> None:
    """填成数字的指标值（如百分比格式的 0.95）改成看到的文字，填成文字的金额和日期改成数，公式才读得对；改了哪些说明白。"""
    told: dict[tuple[str, str], list[str]] = {}
    for cell, kind in _typed_cells(reading):
        changed = _retyped(cell, kind)
        if changed is not None and cell.ref not in plan.writes:
            why, plan.writes[cell.ref] = changed
            told.setdefault((cell.ref.sheet, why), []).append(f"“{display_text(cell)}”（{cell.ref.a1}）")
    plan.notes += [
        f"{sheet}：{why} {len(cells)} 处，公式才读得对：{'、'.join(cells[:_NAMED])}"
        + ("等。" if len(cells) > _NAMED else "。")
        for (sheet, why), cells in told.items()
    ]


def _typed_cells(reading: Reading) -> Iterator[tuple[RawCell, Type]]:
    """人填的、可能把数填成文字或把文字填成数的单元格。"""
    for binding in reading.found.values():
        columns = [(binding.table.column(name), index) for name, index in binding.columns.items()]
        columns = [(c, index) for c, index in columns if not c.computed and c.type in _MAY_BE_TEXT]
        for row in reading.rows.get(binding.table.name, ()):
            yield from ((binding.raw.rows[row][index], column.type) for column, index in columns)
    for _, form in layout.forms():
        for named in form.cells:
            if not named.computed and named.name in reading.named:
                yield reading.named[named.name], named.type


def _retyped(cell: RawCell, kind: Type) -> tuple[str, Content] | None:
    """要改的：为什么、改成什么；不用改的是 None。"""
    if cell.formula is not None:
        return None
    if kind is Type.TARGET and isinstance(cell.value, Decimal):
        return "填成数字的指标值改成看到的文字", display_text(cell)
    if kind in (Type.WAN, Type.YUAN, Type.DATE) and isinstance(cell.value, str) and cell.value.strip():
        value, _ = convert(cell, kind)
        if isinstance(value, Amount):
            return "填成文字的金额改成数", value.wan_number if kind is Type.WAN else value.yuan
        if isinstance(value, date):
            return "填成文字的日期改成日期", value
    return None


def drafted(reading: Reading, drafts: Drafts) -> Plan:
    """第二步：空着的、还是草稿的段落写上新的草稿；人改过的不动。"""
    plan = Plan()
    told: dict[tuple[str, str], list[str]] = {}
    for table in (layout.FUND_NOTES, layout.OVERALL, layout.ANALYSES, layout.CONCLUSIONS):
        binding, texts = reading.found.get(table.name), drafts.get(table.record, {})
        if binding is None or not {"text", "draft"} <= set(binding.columns):
            continue
        by_key = {name_key(subject): text for subject, text in texts.items()}
        for row, paragraph in zip(
            reading.rows[table.name], getattr(reading.monitoring, table.record), strict=True
        ):
            text = by_key.get(name_key(paragraph.subject), "")
            if not text or not paragraph.may_be_drafted or "text" in paragraph.place.faults:
                continue
            if (paragraph.text, paragraph.draft) != (text, text):
                plan.writes[binding.ref(row, "text")] = text
                plan.writes[binding.ref(row, "draft")] = text
                how = "照现在的数重新起草" if paragraph.text.strip() else _FIRST
                where = paragraph.place.at("text")
                told.setdefault((where.sheet, how), []).append(f"“{paragraph.subject}”（{where.cell}）")
    plan.notes += [
        f"{sheet}：{how} {len(names)} 段：{_listed(names) if how == _FIRST else '、'.join(names)}。"
        for (sheet, how), names in told.items()
    ]
    return plan


def _listed(names: Sequence[str]) -> str:
    """新加的、新起草的一列出来就是整张表：多的只举前几个。"""
    return "、".join(names if len(names) <= _MOST_LISTED else [*names[:_MOST_LISTED], "……"])
