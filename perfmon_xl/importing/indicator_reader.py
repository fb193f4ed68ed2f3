"""Tables of indicators and of goal changes: rows as records, what has no column listed once a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from perfmon_xl.domain import model
from perfmon_xl.domain.amount import plain as plain_number
from perfmon_xl.domain.category import category, level1
from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.origin import Fault, ReportPlace, TablePlace
from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.domain.target import Kind, TargetValue, read_target
from perfmon_xl.domain.text_keys import label_key, label_text
from perfmon_xl.importing.form_lines import (
    is_note,
    is_signature,
)
from perfmon_xl.importing.found import Leftover, place_of
from perfmon_xl.importing.goal_reader import SILENT
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.header import INDICATORS, Header
from perfmon_xl.importing.indicator_rows import (
    is_filler,
    is_serial,
    is_total_row,
    level_name,
    of_another,
    row_texts,
)
from perfmon_xl.importing.printed import GRADE, PrintedRow, PrintedTable, misfits, number
from perfmon_xl.importing.row_changes import row_changes
from perfmon_xl.importing.table_result import NO_PLACE, Tables, joined, sentences_in
from perfmon_xl.importing.vocabulary import indicator_field, label_of
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Table, Type

_RECORDS: Mapping[str, tuple[type[Any], Table]] = {
    "declared": (model.Declared, layout.DECLARED),
    "goal_changes": (model.GoalChange, layout.GOAL_CHANGES),
    "adjusted": (model.Adjusted, layout.ADJUSTED),
    "compared": (model.Compared, layout.COMPARED),
}


def _is_class(word: str) -> bool:
    """认得的一级、二级指标。"""
    return bool(level_name(word) or word.endswith(("指标", "目标", "效益")) or re.search(r"[（(]\d+分", word))


@dataclass(slots=True)
class OpenTable:
    """读到一半的指标表、总目标表：接在后面的半张表没有表头时用它。"""

    header: Header
    title: str
    width: int
    row: int = 0
    above: dict[str, str] = field(default_factory=dict)
    unplaced: dict[str, list[str]] = field(default_factory=dict)
    printed: PrintedTable = field(default_factory=PrintedTable)


class IndicatorReader:
    """读到一半的指标表、总目标表 open。"""

    def __init__(self, tables: Tables) -> None:
        self.found = tables
        self.open: OpenTable | None = None

    def row(self, grid: Grid, row: int, title: str) -> None:
        assert self.open is not None
        current, header = self.open, self.open.header
        cells = grid.texts[row]
        own = [(c, t) for c, t in grid.own(row) if t]
        current.row += 1
        where = grid.place(row) if grid.sheet else TablePlace(table=current.title, row=current.row)
        texts = [t for _, t in own]
        if not own or is_filler(texts):
            return
        if is_note(texts[0]) and len(own) <= 2:
            self.found.leftovers.append(Leftover(where, joined(texts), "表下的注，没有读入"))
            return
        if header.record in INDICATORS and is_total_row(texts):
            self._total(header, grid, row, where)
            return
        if header.record in INDICATORS and self._not_a_row(grid, row, own):
            self.found.leftovers.append(Leftover(where, joined(texts), "这一行不是指标，没有读入"))
            self.found.asides += sentences_in(texts, where)
            return
        found = row_texts(header, cells, current.above)
        if not {"level1", "level2"} & header.columns.keys():
            found.texts.update({n: current.above.get(n, "") for n in ("level1", "level2")})
        told = _cause_in_remarks(header, cells, found.texts)
        for text, why in found.remarks:
            self.found.leftovers.append(Leftover(where, f"{found.texts.get('name', '')} {text}".strip(), why))
        for level, points in found.points.items():
            current.printed.points.setdefault(level, (points, where))
        values = {
            n: t for n, t in found.texts.items() if n not in ("level1", "level2") and not is_filler([t])
        }
        if header.record in INDICATORS and not any(values.values()):
            # Nothing of an indicator: whatever else was written is told.
            counted = {*header.checked.values(), header.serial}
            left = [
                t
                for c, t in own
                if not (is_filler([t]) or _is_class(t) or (c in counted and number(t) is not None))
            ]
            if left:
                self.found.leftovers.append(Leftover(where, joined(left), NO_PLACE))
            return  # a class printed in the form, without an indicator
        if header.record in INDICATORS and not found.texts.get("name"):
            self.found.leftovers.append(Leftover(where, joined(texts), "没有指标名称，读入了，请补上名称"))
        self._unplaced(header, [o for o in own if o[0] != told], current, found.texts.get("name", ""), where)
        record = self._record(header, found.texts, where)
        self.found.records.setdefault(header.record, []).append(record)
        if header.record in INDICATORS:
            self.found.misfits.extend(_months_misfit(header, cells, found.texts, where))
            heads = {c: header.shown.get(n, "") for n, c in header.columns.items()} | dict(header.rest)
            name = found.texts.get("name", "")
            self.found.misfits.extend(row_changes(heads, cells, header.columns, name, where))
            current.printed.rows.append(_printed_row(header, cells, found.texts, where))
            self.found.checked += [cells[c] for c in header.checked.values() if c < len(cells)]
            self.found.checked += [cells[c] for n, c in header.columns.items() if n in ("symbol", "unit")]

    def level_row(self, grid: Grid, row: int) -> bool:
        """没有级别栏的表里，横贯一行的“产出指标”：下面各行是它的。"""
        if self.open is None or self.open.header.record not in INDICATORS:
            return False
        own = [(c, t) for c, t in grid.own(row) if t]
        header = self.open.header
        if len(own) != 1 or not (flat := level_name(own[0][1])):
            return False
        levels = {header.columns[n] for n in ("level1", "level2") if n in header.columns}
        if levels and {*range(own[0][0], own[0][0] + grid.width(row, own[0][0]))} <= levels:
            return False  # printed in the columns of the levels: a row whose indicator is not filled in
        # “（二）成本指标” is a second level, “成本指标” by itself the first.
        upper = level1(flat) is not None and (category(flat) is None or own[0][1].strip()[0] not in "（(")
        above = self.open.above
        if upper:
            above.update(level1=flat, level2="")
        else:
            above.update(level1="" if of_another(flat, above.get("level1", "")) else above.get("level1", ""))
            above.update(level2=flat)
        return True

    def _not_a_row(self, grid: Grid, row: int, own: Sequence[tuple[int, str]]) -> bool:
        """一格横着盖住了级别和名称的，或者只有级别一栏有不认得的字的，不是指标。"""
        assert self.open is not None
        header = self.open.header
        name = header.columns["name"]
        first = min(c for n, c in header.columns.items() if n in ("level1", "level2", "name"))
        cell = grid.rows[row][name] if name < len(grid.rows[row]) else None
        if (
            cell is not None
            and first < name
            and cell.ref == grid.rows[row][first].ref
            and grid.is_own(row, first)
        ):
            return True
        value = header.columns.get("target", header.columns.get("actual", -1))
        if (
            cell is not None
            and value >= 0
            and grid.rows[row][value].ref == cell.ref
            and cell.value is not None
        ):
            return True  # one text across name and target
        texts = grid.texts[row]
        if (
            not texts[name]
            and own
            and own[0][0] in (header.columns.get("level1"), header.columns.get("level2"))
        ):
            return not _is_class(own[0][1])
        return False

    def _total(self, header: Header, grid: Grid, row: int, where: ReportPlace) -> None:
        assert self.open is not None
        cells = grid.texts[row]
        weight, score = (
            number(cells[at])
            if (at := header.checked.get(n, -1)) >= 0 and at < len(cells) and grid.is_own(row, at)
            else None
            for n in ("weight", "score")
        )
        if weight is None and score is None:
            numbers = [(c, n) for c, t in grid.own(row) if (n := number(t)) is not None]
            weight = numbers[0][1] if numbers and "weight" in header.checked else None
            score = (
                numbers[-1][1] if len(numbers) > 1 or ("weight" not in header.checked and numbers) else None
            )
        elif weight is None and "weight" in header.checked:
            before = [
                n
                for c, t in grid.own(row)
                if c < header.checked.get("score", 0) and (n := number(t)) is not None
            ]
            weight = before[0] if before else None
        grade = next((t for _, t in grid.own(row) if GRADE.search(label_text(t))), "")
        self.open.printed.totals.append((where, weight, score, grade))
        self.found.leftovers.append(
            Leftover(where, joined([t for _, t in grid.own(row)]), "合计或总分，没有读入")
        )

    def _unplaced(
        self,
        header: Header,
        own: Sequence[tuple[int, str]],
        current: OpenTable,
        name: str,
        where: ReportPlace,
    ) -> None:
        used = {*header.columns.values(), *header.ticks, *header.checked.values()}
        for column, text in own:
            if (
                column in used
                or (column == header.serial and is_serial(text))
                or label_text(text) in ("-", "--", "---", "—", "/")
            ):
                continue
            head = header.rest.get(column)
            if head is None:
                if column in header.sides and (SILENT.match(label_text(text)) or label_of(text)):
                    continue
                head = "没有表头的一栏" if column != header.serial else "序号"
            current.unplaced.setdefault(head, []).append(text)
            if len(re.findall(r"[\u4e00-\u9fff]", text)) > 1:
                told = Passage(origin=where.labelled(head), topic=Topic.INDICATOR, subject=name, text=text)
                self.found.passages.append(told)

    def _record(self, header: Header, texts: Mapping[str, str], where: ReportPlace) -> Any:
        kind, table = _RECORDS[header.record]
        renamed = {"target": "annual"} if header.record == "compared" else {}
        values: dict[str, Any] = {}
        raw: dict[str, str] = {}
        labels: dict[str, str] = {}
        for name, text in texts.items():
            mine = renamed.get(name, name)
            if mine not in table.by_field or table.by_field[mine].computed:
                if text and name in (
                    "reason",
                    "measure",
                    "cause",
                    "likelihood",
                    "stage",
                    "actual",
                    "forecast",
                    "explanation",
                    "tracked_target",
                ):
                    self.found.leftovers.append(
                        Leftover(where, text, f"“{header.shown.get(name, name)}”{NO_PLACE}")
                    )
                continue
            column = table.by_field[mine]
            raw[mine] = text
            labels[mine] = header.shown.get(name) or column.header
            if column.type is Type.TARGET:
                values[mine] = read_target(re.sub(r"\s*\n\s*", "", text))
            elif column.type is Type.LONG_TEXT:
                values[mine] = text
            else:
                values[mine] = re.sub(r"\s*\n\s*", "", text)
        faults: dict[str, Fault] = {}
        assert self.open is not None
        place = place_of(where, labels, table=self.open.title, row=self.open.row, faults=faults, raw=raw)
        return kind(**values, place=place)

    def close(self, fund_points: tuple[Any, Any]) -> None:
        if self.open is None:
            return
        current, self.open = self.open, None
        for head, texts in current.unplaced.items():
            self.found.leftovers.append(
                Leftover(
                    TablePlace(table=current.title),
                    head,
                    f"{NO_PLACE}，{len(texts)} 行的内容没有读入",
                    tuple(texts),
                )
            )
        checked = [
            current.header.shown.get(n, n) for n in current.header.checked
            if any(getattr(r, n) not in (None, "") for r in current.printed.rows)
        ]  # fmt: skip
        if checked:
            self.found.leftovers.append(
                Leftover(
                    TablePlace(table=current.title),
                    "、".join(checked),
                    f"核对以后没有读入，{len(current.printed.rows)} 行",
                )
            )
        current.printed.fund = fund_points
        current.printed.label = current.header.shown.get("score", "得分")
        current.printed.rate_label = current.header.shown.get("rate", "完成率")
        self.found.misfits.extend(misfits(current.printed))

    def is_data(self, grid: Grid, row: int) -> bool:
        """表里的一行：名称一栏、目标一栏各有自己的字。"""
        assert self.open is not None
        header = self.open.header
        cells = grid.texts[row]
        name, value = (
            header.columns.get("name", -1),
            header.columns.get("target", header.columns.get("actual", -1)),
        )
        if header.record == "goal_changes":
            return self.open.row == 0 or bool(cells[header.columns["original"]])
        if name < 0 or value < 0 or max(name, value) >= len(cells):
            return False
        apart = grid.rows[row][name].ref != grid.rows[row][value].ref
        return (
            apart
            and grid.is_own(row, value)
            and bool(cells[name] and cells[value])
            and not (
                grid.rows[row][name].ref.column <= min(header.columns.values()) + 1
                and name > min(header.columns.values())
            )
        )

    def has_cell(self, grid: Grid, row: int, column: int) -> bool:
        """表里只填了一格的行：印好的级别，或者只有名称。"""
        assert self.open is not None
        columns = self.open.header.columns
        if column not in columns.values():
            return False
        text = grid.texts[row][column]
        wide = grid.width(row, column)
        return wide == 1 and len(text) <= 60 and not is_note(text) and not is_signature(text)


_CAUSE = re.compile(
    r"因(?!此|素)|由于|原因|导致|受[^，。；]{1,16}影响|推迟|延期|滞后|流标|停工|未(?:能|到|完成|批)"
)


def _cause_in_remarks(header: Header, cells: Sequence[str], texts: dict[str, str]) -> int:
    """没有原因一栏的，“说明”“备注”里写的是原因，就是原因说明；返回用了哪一列，没有用的是 -1。"""
    if header.record != "compared" or {"reason", "cause"} & header.columns.keys():
        return -1
    for column, head in header.rest.items():
        remark = indicator_field(label_key(head.rpartition("·")[2])) == "remark"
        if remark and column < len(cells) and _CAUSE.search(cells[column]):
            texts["reason"] = cells[column]
            return column
    return -1


def _months_misfit(
    header: Header, cells: Sequence[str], texts: Mapping[str, str], where: ReportPlace
) -> Iterator[Misfit]:
    """各月完成数与累计完成值；不是各月的数（累计数、在册数）的不比。"""
    if len(header.months) < 2:
        return
    months = [read_target(cells[c]) for c in header.months]
    whole = read_target(texts.get("actual", ""))
    if any(m.kind is not Kind.NUMBER or m.unit not in ("", whole.unit) for m in months):
        return
    numbers = [m.number for m in months if m.number is not None]
    if whole.kind is not Kind.NUMBER or whole.number is None or whole.unit in ("%", "‰"):
        return
    summed = sum(numbers, Decimal(0))
    if whole.number in (summed, numbers[-1], max(numbers)):
        return
    terms = "+".join(plain_number(n) for n in numbers)
    name, said = texts.get("name", ""), plain_number(whole.number)
    yield Misfit(
        where,
        header.shown.get("actual", "累计完成值"),
        f"“{name}”各月完成数 {terms}={plain_number(summed)}{whole.unit}，累计印的是 {said}{whole.unit}，对不上，"
        f"相差 {plain_number(abs(summed - whole.number))}{whole.unit}。",
        "核对各月的数和累计数，改对错的一处。",
        {"各月之和": plain_number(summed), "累计": said},
    )


def _printed_row(
    header: Header, cells: Sequence[str], texts: Mapping[str, str], where: ReportPlace
) -> PrintedRow:
    def at(name: str) -> str:
        column = header.checked.get(name, -1)
        return cells[column] if 0 <= column < len(cells) else ""

    def value(name: str) -> TargetValue:
        return read_target(re.sub(r"\s*\n\s*", "", texts.get(name, "")))

    return PrintedRow(
        where, texts.get("name", ""), texts.get("level1", ""), texts.get("level2", ""), value("target"), value("stage"), value("actual"),
        any(texts.get(n, "").strip() for n in ("reason", "cause", "measure")), number(at("weight")), number(at("score")), at("rate"),
    )  # fmt: skip
