"""Which columns of a header are money, and what kind of table of money it heads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from perfmon_xl.importing.form_lines import period_in
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.header import MONEY, PROJECT, Head, Header, continued
from perfmon_xl.importing.project_heads import project_columns
from perfmon_xl.importing.vocabulary import (
    label_head,
    label_of,
    money_field,
    unit_of,
    whole_year_only,
)

_FIGURE = re.compile(r"^[¥￥]?-?[\d,.]+(?:[万亿千百]*元|[万亿])?$")


def with_money(
    heads: Sequence[Head], firsts: Sequence[int], columns: Mapping[str, int], project: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """一行一个指标、又写着项目资金的清单：资金各栏。"""
    if not project.get("name", -1) >= 0 or "name" not in project:
        return dict(columns), {}
    used = {*columns.values(), *project.values()}
    money: dict[str, int] = {}
    for column in firsts:
        if column in used:
            continue
        name = _money_of(heads[column])
        if name in (*MONEY, "whole") and name not in money:
            money[name] = column
        elif label_head(heads[column].key) == "source" and "source" not in money:
            money["source"] = column
    return dict(columns), settle_whole(money)


def settle_whole(money: dict[str, int]) -> dict[str, int]:
    """“全年预算数”与“年初预算数”并列的，是调整后的；单独的就是预算。"""
    if "whole" in money:
        whole = money.pop("whole")
        money["adjusted" if "initial" in money and "adjusted" not in money else "initial"] = whole
    return money


def money_header(
    grid: Grid, row: int, height: int, heads: Sequence[Head], firsts: Sequence[int]
) -> Header | None:
    project = project_columns(heads, firsts, {})
    money: dict[str, int] = {}
    other: dict[int, str] = {}
    titles = [c for c in firsts if label_head(heads[c].key) in ("source", "item", "task")]
    for column in firsts:
        name = _money_of(heads[column])
        if (
            not name
            or (column in titles and column < firsts[-1])
            or (not money and _is_title(grid, row + height, column, heads[column]))
        ):
            continue
        if name in money or name in ("rate", "weight", "score", "reason", "balance"):
            other[column] = name
        else:
            money[name] = column
    _best_of_several(heads, money, other)
    if not money:
        return None
    if "name" in project:
        return _money_list(heads, firsts, money, project)
    first = min(money.values())
    strange = [
        c
        for c in firsts
        if c > first and c not in money.values() and c not in other and not _beside_money(heads[c].key)
    ]
    if strange and not (
        _headed(heads, first)
        and all(len(heads[c].key) <= 8 and label_of(heads[c].text) not in PROJECT for c in strange)
    ):
        return None  # a cell that is no header: a line of the form, not its head
    _whole_year_spent(heads, firsts, money, other)
    left = [c for c in range(first) if not continued(grid, row, height, c)]
    if not left:
        return None
    named = [c for c in left if label_head(heads[c].key) in ("source", "item", "task")]
    label = left[-1]
    below = grid.texts[row + height][label] if row + height < len(grid.rows) else ""
    nameless = not heads[label].text and bool(
        _FIGURE.match(below)
    )  # a column of figures that has lost its head
    if named and (nameless or (heads[label].text and label_head(heads[label].key) == "")):
        label = named[-1]  # 支出内容 | 单价 | 数量 | 金额
    record = label_head(heads[label].key)
    if not record:
        if len(money) < 2 and not (set(money) & {"initial", "spent"} and unit_of(heads[label].text)):
            return None
        record = "either"
    if "amount" in money and len(money) == 1 and record == "either" and not heads[label].text:
        return None
    title = "".join(dict.fromkeys(heads[c].text for c in left if heads[c].text))
    checked = {"rate": next(c for c, n in other.items() if n == "rate")} if "rate" in other.values() else {}
    columns = {**settle_whole(money), "label": label}
    for column, name in other.items():
        if name in ("weight", "score") and name not in checked:
            checked[name] = column
    for column in firsts:
        if heads[column].key in ("备注", "说明") and "note" not in columns:
            columns["note"] = column
        if other.get(column) == "reason" and "reason" not in columns:
            columns["reason"] = column
    shown = {n: heads[c].shown for n, c in columns.items()} | {n: heads[c].shown for n, c in checked.items()}
    rest = {
        c: heads[c].shown
        for c in firsts
        if c > label and c not in columns.values() and c not in checked.values()
    }
    return Header(f"money:{record}", 0, 1, columns, shown, checked=checked, rest=rest, title=title)


def _money_of(head: Head) -> str:
    """一栏金额；“预算主管部门”“用款单位”不是。"""
    return "" if label_of(head.text) in PROJECT else money_field(head.key, head.over)


def _is_title(grid: Grid, below: int, column: int, head: Head) -> bool:
    """“预算执行情况（万元）”：竖在左边的标题，不是一栏金额。"""
    if head.key.endswith("情况"):
        return True
    return below < len(grid.rows) and grid.rows[below][column].ref == grid.rows[below - 1][column].ref


def _headed(heads: Sequence[Head], first: int) -> bool:
    """金额左边有“资金来源”“支出内容”这样的表头：右边有不认得的栏，也还是表头。"""
    return any(label_head(heads[c].key) in ("source", "item", "task") for c in range(first))


_CUMULATIVE = re.compile(r"累计|截[至止]|合计|小计|总额|总计|总数")
_ONE_QUARTER = re.compile(r"^第?[一二三四1-4]季度")


def _best_of_several(heads: Sequence[Head], money: dict[str, int], other: dict[int, str]) -> None:
    """几栏都是支出（一季度、二季度……、累计），几栏都是预算（总额、财政拨款……）：取累计的、总额的、截至最晚的；
    一季一季、没有累计的，哪一栏也不是到现在的数。"""
    for name in [n for n in money if n in other.values()]:
        columns = sorted([money[name], *(c for c, n in other.items() if n == name)])
        whole = [c for c in columns if _CUMULATIVE.search(heads[c].key)]
        months = {c: period_in(heads[c].over + heads[c].text).month for c in columns}
        quarters = [c for c in columns if _ONE_QUARTER.match(heads[c].key)]
        if len(whole) == 1:
            best = whole[0]
        elif len(quarters) > 1:
            del money[name]
            other.update(dict.fromkeys(columns, "balance"))
            continue
        elif len(set(months.values())) == len(columns) and all(months.values()):
            best = max(columns, key=lambda c: months[c])
        else:
            continue
        if best != money[name]:
            other[money[name]] = name
            other.pop(best, None)
            money[name] = best


def _whole_year_spent(
    heads: Sequence[Head], firsts: Sequence[int], money: dict[str, int], other: dict[int, str]
) -> None:
    """“1-7月执行数 | 全年执行数”：后一个是预计。"""
    for column, name in list(other.items()):
        if name == "spent" and "forecast" not in money:
            both = (money["spent"], column)
            whole = [c for c in both if whole_year_only(heads[c].over + heads[c].key)]
            if len(whole) == 1:
                money["forecast"] = whole[0]
                money["spent"] = next(c for c in both if c != whole[0])
                del other[column]


def _beside_money(key: str) -> bool:
    return not key or bool(re.match(r"备注|说明|单位|序号|占|依据|文号", key)) or bool(money_field(key))


def _money_list(
    heads: Sequence[Head], firsts: Sequence[int], money: dict[str, int], project: Mapping[str, int]
) -> Header | None:
    """一行一个项目的清单，只有资金。"""
    known = {*money.values(), *project.values()}
    source = next((c for c in firsts if c not in known and label_head(heads[c].key) == "source"), -1)
    if source >= 0:
        money["source"] = source
        known.add(source)
    if len(known) * 10 < len(firsts) * 6:
        return None
    settled = settle_whole({("initial" if n == "amount" else n): c for n, c in money.items()})
    shown = {f"fund:{n}": heads[c].shown for n, c in settled.items()}
    shown |= {f"project:{n}": heads[c].shown for n, c in project.items()}
    rest = {c: heads[c].shown for c in firsts if c not in known}
    return Header(
        "list", 0, 1, {f"fund:{n}": c for n, c in settled.items()}, shown, rest=rest, project=project
    )
