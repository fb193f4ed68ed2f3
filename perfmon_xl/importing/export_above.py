"""What stands above the header of an official form: the project, its goal, and the funds by source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfmon_xl.domain.amount import Amount, total
from perfmon_xl.domain.official_form import TOTAL
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.importing.export_headers import Entry, entry
from perfmon_xl.importing.export_reading import money_unit, sheet_unit, unit_in
from perfmon_xl.importing.export_values import Gathered, Values
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Type
from perfmon_xl.workbook.port import RawCell
from perfmon_xl.workbook.read import shown

_TOTALS = (TOTAL, "资金总额", "合计")


def above(values: Values) -> Gathered | None:
    """表头上面“项目名称 | ……”这样一格标题一格内容的，和资金几行；没有的返回 None。"""
    one = Gathered()
    index = 0
    while index < values.columns.row:
        row = values.grid.rows[index]
        heads = _fund_heads(row)
        if len(heads) > 1:
            index = _fund_rows(values, one, index, heads)
            continue
        _labelled(values, one, row)
        index += 1
    read = [_label(name) for name in one.project]
    read += [layout.GOAL.cells[0].label] if one.goal else []
    read += [f"{len(one.funding)} 项资金"] if one.funding else []
    if not read:
        return None
    values.notes.insert(0, f"表头上面读到：{'、'.join(read)}。")
    return one


def _label(name: str) -> str:
    return next(cell.label for cell in layout.PROJECT.cells if cell.field == name)


def _labelled(values: Values, one: Gathered, row: tuple[RawCell, ...]) -> None:
    for column, cell in enumerate(row):
        what = entry(shown(cell))
        if what is None or what.record not in ("project", "goal"):
            continue
        beside = next((c for c in row[column + 1 :] if c.ref != cell.ref), None)
        if beside is None or not shown(beside).strip() or entry(shown(beside)) is not None:
            continue
        if what.record == "goal":
            one.goal = shown(beside).strip()
        else:
            value = values.typed(what.label, what, None, beside)
            values.set(one.project, what.field, value, beside, what.label)
    for cell in row:
        year = shown(cell).strip().strip("（）()")
        if year.endswith("年度") and year[:-2].isdigit() and "year" not in one.project:
            one.project["year"] = year[:-2]


def _fund_heads(row: tuple[RawCell, ...]) -> dict[int, Entry]:
    found: dict[int, Entry] = {}
    for column, cell in enumerate(row):
        what = entry(shown(cell))
        if what is not None and what.money and what not in found.values():
            found[column] = what
    return found


def _fund_rows(values: Values, one: Gathered, head: int, heads: Mapping[int, Entry]) -> int:
    """资金的几行，到指标表头或下一个标题为止；总额一行只用来核对。返回下一行。"""
    titles = values.grid.rows[head]
    # “项目资金（万元）” beside the rows says it for all of them.
    beside = next((u for c in titles[: min(heads)] if (u := unit_in(shown(c)))), "")
    nearby = beside or sheet_unit(values.grid, head)
    units: dict[int, Type | None] = {
        column: money_unit(shown(titles[column]), values.map, nearby, values.default) for column in heads
    }
    whole: dict[str, Any] = {}
    index = head + 1
    while index < values.columns.row:
        row = values.grid.rows[index]
        labels = [shown(c).strip() for c in row[: min(heads)] if c.ref.row == index + 1 and shown(c).strip()]
        if not labels or any(entry(label) is not None for label in labels):
            break
        label = labels[-1].removeprefix("其中：").removeprefix("其中:").strip(" 　：:")
        found = {
            what.field: value
            for column, what in heads.items()
            if shown(row[column]).strip()
            and (value := values.typed(shown(titles[column]), what, units[column], row[column])) is not None
        }
        if name_key(label) in _TOTALS:
            whole = found
        elif found:
            one.funding[label] = found
        index += 1
    _check_total(values, one, whole)
    return index


def _check_total(values: Values, one: Gathered, whole: Mapping[str, Any]) -> None:
    if whole and not one.funding:
        one.funding[""] = dict(whole)
        values.notes.append("资金只有总额一行，没有分来源。")
        return
    for name, value in whole.items():
        parts = total(v for f in one.funding.values() if isinstance(v := f.get(name), Amount))
        if parts != value:
            summed = "空着" if parts is None else str(parts)
            values.notes.append(f"资金总额 {value} 与各来源之和（{summed}）不等，工作簿里照各来源列。")
