"""The Python twin of layout/next_steps.py: what each sheet still lacks, counted and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfmon_xl.domain.model import Monitoring
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.next_steps import FILLED, GO, LINK, MISSING, STATE, STEP, TOLD, UNFILLED
from perfmon_xl.layout.remaining_formulas import DONE
from perfmon_xl.layout.required import applies

Value = Decimal | str
Row = Mapping[str, Value]


def progress_cells(monitoring: Monitoring, tables: Mapping[str, Sequence[Row]]) -> dict[str, Value]:
    """“还差_…”“下一步_…”，和跟着它们的“提示_…”“状态_…”“去处_…”，各格应有的值；tables 是各表的计算栏。"""
    cells: dict[str, Value] = {}
    for work in layout.WORKS:
        open_: list[str] = [
            f"先填“{cell.name}”。"
            for cell in work.cells
            if applies(cell.required, monitoring.project.document_kind) and _is_missing(monitoring, cell.name)
        ]
        for list_ in work.lists:
            table = next(t for _, t in layout.tables() if t.name == list_.table)
            state = next(c.field for c in table.columns if c.header == list_.state)
            name = next(c.field for c in table.columns if c.header == list_.name)
            records = getattr(monitoring, table.record)
            states = [
                (str(getattr(record, name)), str(row[state]))
                for record, row in zip(records, tables[table.name], strict=True)
            ]
            if list_.none and not any(word for _, word in states):
                open_.append(list_.none)
            open_ += [
                f"先补{_named(label)}：{word}。"
                for label, word in states
                if (word in list_.open if list_.open else word not in ("", DONE))
            ]
        cells[MISSING + work.key] = Decimal(len(open_))
        cells[STEP + work.key] = f"还差 {len(open_)} 处，{open_[0]}" if open_ else work.done
        cells[TOLD + work.key] = cells[STEP + work.key]
        cells[STATE + work.key] = UNFILLED if open_ else FILLED
        cells[LINK + work.key] = GO if open_ else ""
    return cells


def _named(name: str) -> str:
    bare = " ".join(part for part in name.split(" ") if part)  # as TRIM does
    return f"“{bare}”" if bare else "没有名称的一行"


def _is_missing(monitoring: Monitoring, name: str) -> bool:
    for _, form in layout.forms():
        for cell in form.cells:
            if cell.name == name:
                record = getattr(monitoring, form.record)
                value = getattr(record, cell.field)
                blank = value is None or (isinstance(value, str) and not value.strip(" "))
                return blank and cell.field not in record.place.faults
    raise KeyError(name)
