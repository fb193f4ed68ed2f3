"""Tables of money, with a header or without: each row kept until its table ends, then settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from perfmon_xl.domain import model
from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.origin import ReportPlace, TablePlace
from perfmon_xl.domain.text_keys import label_key, label_text
from perfmon_xl.importing.found import Leftover
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.header import Header
from perfmon_xl.importing.money_rows import MoneyRow, MoneyTable, money_row, settle
from perfmon_xl.importing.printed import number
from perfmon_xl.importing.table_result import NO_PLACE, Tables, row_place
from perfmon_xl.importing.vocabulary import is_source, is_total, money_field, unit_of

_TOO_MUCH_WAN = 20_000  # a project of two hundred million is rare, one of 20,000 yuan is not
NUMERIC = re.compile(r"^[¥￥]?-?\d[\d,，]*(?:\.\d+)?(?:亿元|百万元|万元|千元|元|万)?(?:整)?$")


class MoneyReader:
    """读到一半的资金表 table；unit 是接着的金额没有写单位时的单位，given 是问到的人给的。"""

    def __init__(self, found: Tables, given: str) -> None:
        self.found, self.given = found, given
        self.table: MoneyTable | None = None
        self.unit = ""
        self.fund_points: tuple[Any, Any] = (None, None)

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
        labels = [t for c, t in grid.own(row) if c < first and t]
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
        label = labels[-1] if labels else ""
        self.table.rows.append(money_row(self.table, cells, where, label))
        used = {*header.columns.values(), *header.checked.values()}
        for column, text in grid.own(row):
            if (
                text
                and column > first
                and column not in used
                and label_text(text) not in ("-", "--", "—", "/")
            ):
                head = header.rest.get(column, "")
                self.found.leftovers.append(Leftover(where, f"{head}：{text}" if head else text, NO_PLACE))
        weight = header.checked.get("weight")
        if weight is not None and self.fund_points == (None, None):
            score = header.checked.get("score", -1)
            points = (number(cells[weight]), number(cells[score]) if 0 <= score < len(cells) else None)
            if points[0] is not None:
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
        if len(filled) < 2 or not re.fullmatch(NUMERIC.pattern[:-1] + "%?$", label_text(filled[-1][1])):
            return False
        where = row_place(grid, row, title)
        label = filled[-2][1]
        side = unit_of(every[0])
        if is_source(label) or is_total(label):
            if side:
                self.unit = side
            self.one_amount(label, filled[-1][1], where)
            return True
        name = money_field(label_key(label))
        if name in ("initial", "adjusted", "arrived", "spent", "forecast", "whole", "rate"):
            self._turned(name, label, filled[-1][1], where, unit_of(label) or side)
            return True
        return False

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
            one = Header("money:turned", 0, 0, {name: 1, "label": 0}, {name: label, "label": "资金来源"})
            row = money_row(replace(table, header=one, unit=unit or table.unit), ["", text], where, "")
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
            self._guess_unit(table)
        for line in table.rows:
            if line.is_total or not line.values:
                self.found.checked += [line.label, *line.raw.values()]
            self.found.checked += line.printed.values()
        found = settle(table)
        self.found.leftovers += found.leftovers
        self.found.misfits += found.misfits
        record = "spending" if table.is_spending else "funding"
        totals = [t for t in found.totals if t.values]
        if totals and (found.misfits or table.header.record in ("money:lines",)):
            for one in totals:
                shown = " ".join(t for t in one.raw.values() if t)
                self.found.leftovers.append(
                    Leftover(one.where, f"{one.label or '合计'} {shown}", "合计由公式算，没有读入")
                )
        rates = {n: table.header.shown.get(n, n) for n in table.header.checked}
        rate = rates.pop("rate", "")
        if rate and (found.misfits or found.unchecked) and any(r.printed.get("rate") for r in table.rows):
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
        records = found.spending if record == "spending" else found.funding
        if records:
            self._add(record, records, table)

    def _add(self, record: str, records: Sequence[Any], table: MoneyTable) -> None:
        old = self.found.records.get(record, [])
        if not old:
            self.found.records[record] = list(records)
            return
        key = "item" if record == "spending" else "source"
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
                            getattr(one, key),
                            "这项资金前面读到一次，数不一样，这里的没有读入",
                        )
                    )
                else:
                    old[old.index(twin)] = merged
            elif getattr(twin, "amount", None) != getattr(one, "amount", None):
                old.append(one)

    def _guess_unit(self, table: MoneyTable) -> None:
        """没有写单位的：给了的照给的；数大得不像万元的是元，别的是万元；怎么读的说出来。"""
        bare = [
            (r, n) for r in table.rows for n, t in r.raw.items() if n in r.values and not re.search(r"[元万亿]", t)
            and not unit_of(table.header.shown.get(n, ""))
        ]  # fmt: skip
        sizes = sorted(r.values[n].yuan / 10_000 for r, n in bare)
        table.unit = self.given or ("元" if sizes and sizes[len(sizes) // 2] >= _TOO_MUCH_WAN else "万元")
        if table.unit != "万元":
            scale = {"元": 1, "千元": 1000, "百万元": 1_000_000, "亿元": 100_000_000}[table.unit]
            for row, name in bare:
                row.values[name] = Amount(row.values[name].yuan / 10_000 * scale)
        if bare and not self.given:
            row, name = bare[0]
            self.found.notes.append(f"{table.table}没有写金额单位，按{table.unit}读入，请核对。")
            self.found.leftovers.append(
                Leftover(row.where, row.raw[name], f"没有写金额单位，按{table.unit}读入，请核对")
            )


def _merged(one: model.Funding, other: model.Funding) -> model.Funding | None:
    """同一项资金的两处：各写了几栏的合起来；同一栏写了两样的合不起来。"""
    changed: dict[str, Any] = {}
    for name in ("initial", "adjusted", "arrived", "spent", "forecast"):
        here, there = getattr(one, name), getattr(other, name)
        if here is not None and there is not None and here != there:
            return None
        if here is None and there is not None:
            changed[name] = there
    place = replace(
        one.place, cells={**other.place.cells, **one.place.cells}, raw={**other.place.raw, **one.place.raw}
    )
    return replace(one, place=place, **changed)


def _amount_like(text: str) -> bool:
    return bool(NUMERIC.match(label_text(text))) or label_text(text) in ("-", "--", "—", "——", "/", "无", "")
