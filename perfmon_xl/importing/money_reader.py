"""Tables of money, with a header or without: each row kept until its table ends, then settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from perfmon_xl.domain import model
from perfmon_xl.domain.amount import total
from perfmon_xl.domain.origin import ReportPlace, TablePlace
from perfmon_xl.domain.text_keys import label_key, label_text
from perfmon_xl.importing.document import Block
from perfmon_xl.importing.found import Leftover
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.header import MONEY, Header
from perfmon_xl.importing.indicator_rows import is_serial
from perfmon_xl.importing.money_rows import MoneyRow, MoneyTable, money_row, settle
from perfmon_xl.importing.money_units import infer_unit
from perfmon_xl.importing.printed import number
from perfmon_xl.importing.table_result import NO_PLACE, Tables, row_place
from perfmon_xl.importing.vocabulary import is_source, is_total, label_of, money_field, unit_of

NUMERIC = re.compile(r"^[¥￥]?-?\d[\d,，]*(?:\.\d+)?(?:亿元|百万元|万元|千元|元|万)?(?:整)?$")
_FIGURE = re.compile(NUMERIC.pattern[:-1] + "[%％]?$")


_POINTS = re.compile(r"[（(](\d+(?:\.\d+)?)分[)）]")
_SAID = re.compile(r"^([^：:]{2,16})[：:](.+)$")
_LONGER = re.compile(r"中期|[三五]年|实施期|长期|全周期|项目总")
_FIELDS = ("initial", "adjusted", "arrived", "spent", "forecast", "whole", "rate")


def money_kind(label: str) -> str:
    """一个数旁边的标签：source 是资金来源或合计，initial、spent 等是哪一种钱；不是钱的是空。

    >>> [money_kind(t) for t in ("其中：财政拨款", "年度资金总额", "支出总额", "执行率", "培训人数")]
    ['source', 'source', 'spent', 'rate', '']
    """
    key = label_key(label)
    name = money_field(key)
    if re.search(r"公共预算|基金预算|资本经营", key) and not re.search(
        r"支出|执行|到位|预计|安排数|预算数", key
    ):
        return "source"
    if is_total(label):
        return name if name in ("arrived", "spent", "forecast", "adjusted") else "source"
    if name in _FIELDS and not (
        is_source(label) and name == "initial" and not re.search(r"预算|批复|安排", key)
    ):
        return name
    return "source" if is_source(label) else ""


def amounts_said(
    filled: Sequence[tuple[int, str]],
) -> tuple[list[tuple[int, str, str]], list[tuple[int, str]]]:
    """一行里“标签 | 数”“标签：数”各对（标签的列、标签、数），和剩下的格。"""
    said: list[tuple[int, str, str]] = []
    left: list[tuple[int, str]] = []
    index = 0
    while index < len(filled):
        column, text = filled[index]
        after = label_text(filled[index + 1][1]) if index + 1 < len(filled) else ""
        inline = _SAID.match(label_text(text))
        if inline and _FIGURE.match(inline[2]) and money_kind(inline[1]):
            said.append((column, inline[1], inline[2]))
        elif after and _FIGURE.match(after) and money_kind(text):
            said.append((column, text, filled[index + 1][1]))
            index += 1
        else:
            left.append((column, text))
        index += 1
    return said, left


class MoneyReader:
    """读到一半的资金表 table；unit 是接着的金额没有写单位时的单位，given 是问到的人给的，blocks 是整份文件。

    usual：一份表的表头写着单位的，下面各张表没有另写的都照它。
    """

    def __init__(self, tables: Tables, given: str, blocks: Sequence[Block], *, form: bool) -> None:
        self.found, self.given, self.blocks, self.form = tables, given, blocks, form
        self.table: MoneyTable | None = None
        self.unit = self.usual = ""
        self.longer: set[int] = set()  # columns of amounts for several years
        self.fund_points: tuple[Any, Any] = (None, None)

    def state(self, unit: str) -> None:
        """写着的金额单位；一份表里还没有读到资金的，是整份表的。"""
        if unit:
            self.unit = unit
            if self.form and not {"funding", "spending"} & self.found.records.keys():
                self.usual = unit

    def row(self, grid: Grid, row: int, title: str) -> bool:
        assert self.table is not None
        header = self.table.header
        cells = grid.texts[row]
        money = [
            at
            for n, at in header.columns.items()
            if n in ("initial", "adjusted", "arrived", "spent", "forecast", "amount")
        ]
        amounts = [cells[c] if c < len(cells) else "" for c in money]
        first = min(money)
        labels = [t for c, t in grid.own(row) if c < first and t and c not in header.rest]
        if not labels:
            labels = [
                cells[c] for c in range(header.columns["label"], first) if cells[c] and grid.is_own(row, c)
            ]
        filled = [a for a in amounts if a]
        if filled and not any(map(_amount_like, filled)):
            self.close()
            return False
        if not labels and not filled:
            return False
        named = bool(labels) and (is_source(labels[-1]) or is_total(labels[-1]))
        if (
            labels
            and not filled
            and not named
            and not self.table.rows
            and all(not t or t in labels for t in cells)
        ):
            return False
        where = row_place(grid, row, title)
        headless = range(header.columns["label"] + 1, first)  # columns that have lost their head
        stray = [t for c, t in grid.own(row) if c in headless and c not in header.rest and t in labels]
        stray += [t for t in labels if t not in stray and NUMERIC.match(label_text(t))]
        if len(labels) > 1 and re.fullmatch(r"\d{1,2}", labels[0]) and labels[0] in stray:
            stray.remove(labels[0])  # a serial number
        label = next((t for t in reversed(labels) if t not in stray), "")
        stray += [t for t in labels if t != label and t not in stray and not _side_title(t)]
        self.found.leftovers += [Leftover(where, t, "看不出是哪一项资金") for t in stray]
        if header.record == "money:task" and is_source(label) and any(r.is_total for r in self.table.rows):
            tasks = self.table  # the budget of the department below its tasks, in the same columns
            self.close()
            self.table = replace(tasks, header=replace(header, record="money:source"), rows=[])
        self.table.rows.append(money_row(self.table, cells, where, label))
        used = {*header.columns.values(), *header.checked.values()}
        for column, text in grid.own(row):
            apart = column > first or column in header.rest
            if text and apart and column not in used and label_text(text) not in ("-", "--", "—", "/"):
                head = header.rest.get(column, "")
                self.found.leftovers.append(Leftover(where, f"{head}：{text}" if head else text, NO_PLACE))
        weight, score = header.checked.get("weight", -1), header.checked.get("score", -1)
        if self.fund_points == (None, None) and max(weight, score) >= 0:
            pointed = _POINTS.search(label_text(header.title))
            points = (
                number(cells[weight])
                if 0 <= weight < len(cells)
                else number(pointed[1])
                if pointed
                else None,
                number(cells[score]) if 0 <= score < len(cells) else None,
            )
            if points != (None, None):
                self.fund_points = points
        return True

    def one_amount(self, label: str, text: str, where: ReportPlace) -> None:
        """“其中：财政拨款 | 480.00”：没有表头，一行一个数。"""
        if self.table is None or self.table.header.record != "money:lines":
            self.close()
            header = Header(
                "money:lines",
                0,
                0,
                {"initial": 1, "label": 0},
                {"initial": "年初预算数", "label": "资金来源"},
            )
            self.table = MoneyTable(
                header,
                "项目资金",
                where.table if isinstance(where, TablePlace) else where.cell,
                self.unit,
                bool(self.unit),
            )
        self.table.rows.append(money_row(self.table, [label, text], where, label))

    def loose(self, grid: Grid, row: int, title: str) -> bool:
        """没有表头的一行：“项目资金（万元） | 其中：财政拨款 | 480.00”，或者竖过来的“年初预算数 | 100”。"""
        filled = [(c, t) for c, t in grid.own(row) if t]
        every = [t for t in dict.fromkeys(grid.texts[row]) if t]
        said, left = amounts_said(filled)
        if not said or len(left) > 1 or (left and filled[0] != left[0]):
            return False
        where = row_place(grid, row, title)
        side = next((u for t in (every[0], *(label for _, label, _ in said)) if (u := unit_of(t))), "")
        if side:
            self.unit = side
        if left and not _side_title(left[0][1]):  # an amount that has lost its label, a stray word
            self.found.leftovers.append(Leftover(where, left[0][1], "看不出是哪一项资金"))
        of_source: MoneyRow | None = None
        for column, label, text in said:
            if _LONGER.search(label_key(label)):
                self.longer.add(column)
            if column in self.longer:
                self.found.leftovers.append(
                    Leftover(where, f"{label}：{text}", "是几年合计的，不是当年的，没有读入")
                )
            elif of_source is not None and (name := money_kind(label)) in _FIELDS:
                self._beside(of_source, name, label, text, where)
            else:
                self.said(label, text, where, side)
                kind = money_kind(label)
                of_source = self.table.rows[-1] if kind == "source" and self.table else None
        return True

    def _beside(self, kept: MoneyRow, name: str, label: str, text: str, where: ReportPlace) -> None:
        """“财政拨款 | 120 | 已执行 | 66”：后面的数是这一项来源的。"""
        assert self.table is not None
        table = self.table
        if name == "rate":
            kept.printed["rate"] = text
            table.header = replace(table.header, checked={**table.header.checked, "rate": 1})
            return
        name = "adjusted" if name == "whole" else name
        header = Header("money:lines", 0, 0, {name: 1, "label": 0}, {name: label, "label": "资金来源"})
        made = money_row(replace(table, header=header), ["", text], where, "")
        kept.values.update(made.values)
        kept.raw.update(made.raw)
        kept.faults.update(made.faults)
        table.header = replace(
            table.header,
            columns={**table.header.columns, name: 1},
            shown={**table.header.shown, name: label},
        )

    def said(self, label: str, text: str, where: ReportPlace, side: str = "") -> bool:
        """“其中：财政拨款”“预算总额”“已支出”和旁边的一个数。"""
        name = money_kind(label)
        if name == "source":
            self.one_amount(label, text, where)
        elif name:
            self._turned(name, label, text, where, unit_of(label) or side)
        return bool(name)

    def _turned(self, name: str, label: str, text: str, where: ReportPlace, unit: str) -> None:
        """“年初预算数 | 100”“执行数 | 50”：各是一行的，合成一项资金。"""
        if self.table is None or self.table.header.record != "money:turned":
            self.close()
            self.table = MoneyTable(
                Header("money:turned", 0, 0, {"label": 0}, {"label": "资金来源"}), "项目资金",
                where.table if isinstance(where, TablePlace) else where.cell, unit or self.unit, bool(unit or self.unit),
            )  # fmt: skip
        table = self.table
        known = table.rows[0].values if table.rows else {}
        if name == "whole":  # 全年预算数: beside 年初预算数 what it was adjusted to, alone the budget
            name = "adjusted" if "initial" in known else "initial"
        table.header = replace(
            table.header,
            columns={**table.header.columns, **({name: 1} if name != "rate" else {})},
            shown={**table.header.shown, name: label},
            checked={**table.header.checked, **({"rate": 1} if name == "rate" else {})},
        )
        if name == "rate":
            row = MoneyRow("", {}, where, {}, {}, printed={"rate": text})
        else:
            header = Header("money:turned", 0, 0, {name: 1, "label": 0}, {name: label, "label": "资金来源"})
            row = money_row(replace(table, header=header, unit=unit or table.unit), ["", text], where, "")
        if table.rows and name not in known:
            kept = table.rows[0]
            kept.values.update(row.values)
            kept.raw.update(row.raw)
            kept.faults.update(row.faults)
            kept.printed.update(row.printed)
        else:
            table.rows.append(row)

    def close(self) -> None:
        if self.table is None:
            return
        table, self.table = self.table, None
        if not table.rows:
            return
        if not table.unit:
            infer_unit(table, self.found, self.given, self.blocks)
        for line in table.rows:
            if line.is_total or not line.values:
                self.found.checked += [line.label, *line.raw.values()]
            self.found.checked += line.printed.values()
        money = settle(table)
        self.found.checked += [t for line in money.totals for t in (line.label, *line.raw.values())]
        self.found.leftovers += money.leftovers
        self.found.misfits += money.misfits
        record = "spending" if table.is_spending else "funding"
        totals = [t for t in money.totals if t.values]
        if totals and (money.misfits or table.header.record in ("money:lines",)):
            for one in totals:
                shown = " ".join(t for t in one.raw.values() if t)
                self.found.leftovers.append(
                    Leftover(one.where, f"{one.label or '合计'} {shown}", "合计由公式算，没有读入")
                )
        rates = {n: table.header.shown.get(n, n) for n in table.header.checked}
        rate = rates.pop("rate", "")
        if rate and (money.misfits or money.unchecked) and any(r.printed.get("rate") for r in table.rows):
            self.found.leftovers.append(
                Leftover(TablePlace(table=table.table), rate, "由公式算，核对以后没有读入")
            )
        told = [
            t for n, t in rates.items() if any(number(r.printed.get(n, "")) is not None for r in table.rows)
        ]
        if told:
            self.found.leftovers.append(
                Leftover(TablePlace(table=table.table), "、".join(told), "核对以后没有读入")
            )
        records = money.spending if record == "spending" else money.funding
        if records:
            self._add(record, records, table)

    def _add(self, record: str, records: Sequence[Any], table: MoneyTable) -> None:
        old = self.found.records.get(record, [])
        if not old:
            self.found.records[record] = list(records)
            return
        key = "item" if record == "spending" else "source"
        if record == "funding" and (records := self._beside_total(old, list(records))) == []:
            return
        for one in records:
            twin = next(
                (o for o in old if label_text(getattr(o, key)) == label_text(getattr(one, key))), None
            )
            if twin is None:
                old.append(one)
            elif record == "funding":
                place = one.place.otherwise or TablePlace(table=table.table)
                merged = _merged(twin, one)
                if merged is None:
                    self.found.leftovers.append(
                        Leftover(
                            place,
                            " ".join(
                                dict.fromkeys([getattr(one, key), *filter(None, one.place.raw.values())])
                            ),
                            "这项资金前面读到一次，数不一样，这里的没有读入",
                        )
                    )
                else:
                    old[old.index(twin)] = merged
            elif getattr(twin, "amount", None) != getattr(one, "amount", None):
                old.append(one)

    def _beside_total(self, old: list[Any], new: list[Any]) -> list[Any]:
        """一处只写了总数，另一处分了来源：总数拿来核对，各来源里没有的栏才另成一行。返回还要加的。"""
        whole, parts = (old, new) if _only_total(old) else (new, old)
        if not _only_total(whole) or _only_total(parts):
            return new
        left: dict[str, Any] = {}
        for name in MONEY:
            amount = getattr(whole[0], name)
            summed = total([getattr(p, name) for p in parts])
            if amount is None:
                continue
            if summed is None:
                left[name] = amount
            elif summed != amount:
                told = (
                    f"{whole[0].place.cells[name].label} {amount}"
                    if name in whole[0].place.cells
                    else str(amount)
                )
                self.found.leftovers.append(
                    Leftover(
                        whole[0].place.otherwise, told, f"各来源加起来是{summed}，与合计不一样，照各来源读入"
                    )
                )
            else:
                self.found.checked.append(whole[0].place.raw.get(name, str(amount)))
        rest = [replace(whole[0], **dict.fromkeys(MONEY) | left)] if left else []
        if whole is old:
            old[:] = rest
            return new
        return rest


def _only_total(rows: Sequence[Any]) -> bool:
    return len(rows) == 1 and not rows[0].source


def _merged(funding: model.Funding, other: model.Funding) -> model.Funding | None:
    """同一项资金的两处：各写了几栏的合起来；同一栏写了两样的合不起来。"""
    changed: dict[str, Any] = {}
    for name in ("initial", "adjusted", "arrived", "spent", "forecast"):
        here, there = getattr(funding, name), getattr(other, name)
        if here is not None and there is not None and here != there:
            return None
        if here is None and there is not None:
            changed[name] = there
    place = replace(
        funding.place,
        cells={**other.place.cells, **funding.place.cells},
        raw={**other.place.raw, **funding.place.raw},
    )
    return replace(funding, place=place, **changed)


_SIDE = re.compile(r"资金|预算|支出|经费|收入|金额|投资|执行|[账帐]|任务")


def _side_title(text: str) -> bool:
    """表左边竖着的题目：项目资金、预算执行情况（10分）。"""
    return bool(_SIDE.search(text) or label_of(text) or is_source(text) or is_total(text) or is_serial(text))


def _amount_like(text: str) -> bool:
    return bool(NUMERIC.match(label_text(text))) or label_text(text) in ("-", "--", "—", "——", "/", "无", "")
