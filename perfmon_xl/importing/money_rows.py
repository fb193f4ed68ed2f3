"""The lines of a table of money: sources of funds or spending, their total, parts of parts; in one unit or in several."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, total
from perfmon_xl.domain.amount import plain as plain_number
from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.model import Funding, Spending
from perfmon_xl.domain.origin import Fault, ReportPlace, TablePlace
from perfmon_xl.domain.text_keys import label_key, label_text, without_spaces
from perfmon_xl.importing.amounts import cell_amount
from perfmon_xl.importing.found import Leftover, place_of
from perfmon_xl.importing.header import MONEY, Header
from perfmon_xl.importing.vocabulary import is_other_money, is_source, is_total, unit_of

_PART = re.compile(r"^(?:其中|其它?中)\s*[:：]?\s*")
_TITLE_NOISE = re.compile(r"^\s*[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*")
_SPENDING_WORDS = re.compile(r"支出(?:明细|内容|项目|构成|情况|用途|方向)|费用|开支|用途|主要用于|具体支出")
_AMOUNTS = ("initial", "adjusted", "arrived", "spent", "forecast", "amount")


@dataclass(slots=True)
class MoneyRow:
    """一行：名称、各栏金额、在哪里、原样的字、读不懂的、印着的执行率；part：写着“其中”。"""

    label: str
    values: dict[str, Amount]
    where: ReportPlace
    raw: dict[str, str]
    faults: dict[str, Fault]
    part: bool = False
    note: str = ""
    reason: str = ""
    printed: dict[str, str] = field(default_factory=dict)

    @property
    def is_total(self) -> bool:
        return is_total(self.label) or (not self.part and is_total(_PART.sub("", self.label)))


@dataclass(slots=True)
class MoneyTable:
    """一张资金表、支出表读到的各行。"""

    header: Header
    title: str
    table: str
    unit: str
    stated: bool
    hint: str = ""
    rows: list[MoneyRow] = field(default_factory=list)

    @property
    def is_other(self) -> bool:
        """三公经费一类：不是项目资金。"""
        return is_other_money(self.title) or is_other_money(self.hint)

    @property
    def is_spending(self) -> bool:
        record = self.header.record.removeprefix("money:")
        if record == "item":
            return not (
                len(self.rows) > 0
                and all(is_source(r.label) or r.is_total for r in self.rows)
                and "initial" in self.header.columns
            )
        if record in ("source", "task"):
            return False
        if _SPENDING_WORDS.search(self.hint) and not re.search(r"资金来源|资金安排", self.hint):
            return True
        own = [r for r in self.rows if not r.is_total]
        if any(is_source(r.label) for r in own) or re.search(r"资金|预算", self.title):
            return False
        return "amount" in self.header.columns or ("spent" in self.header.columns and bool(own))


def money_row(table: MoneyTable, cells: Sequence[str], where: ReportPlace, label: str) -> MoneyRow:
    """一行各格的文字；没写单位的按表头，再按表题。"""
    header, values, raw, faults = table.header, dict[str, Amount](), dict[str, str](), dict[str, Fault]()
    for name, at in header.columns.items():
        if name not in _AMOUNTS:
            continue
        text = cells[at] if at < len(cells) else ""
        unit = unit_of(header.shown.get(name, "")) or table.unit or "万元"  # settled when the table is read
        amount, fault = cell_amount(text, unit)
        if amount is not None:
            values[name] = amount
        if fault is not None:
            faults[name] = fault
        raw[name] = text

    def text_of(name: str) -> str:
        column = header.columns.get(name, -1)
        return cells[column] if 0 <= column < len(cells) else ""

    bare = _TITLE_NOISE.sub("", without_spaces(label)).strip("：:")
    part = bool(_PART.match(bare))
    return MoneyRow(
        _PART.sub("", bare), values, where, raw, faults, part, text_of("note"), text_of("reason"),
        {n: cells[c] for n, c in header.checked.items() if c < len(cells) and cells[c]},
    )  # fmt: skip


@dataclass(slots=True)
class MoneyFound:
    """资金各行、支出各行、没有读进去的、对不上的、合计行在哪里。"""

    funding: list[Funding] = field(default_factory=list)
    spending: list[Spending] = field(default_factory=list)
    totals: list[MoneyRow] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    unchecked: bool = False  # a printed rate that nothing could be held against


def settle(table: MoneyTable) -> MoneyFound:
    """一张表读完了：合计行拿来核对，小计去掉，其余成为资金来源或支出明细。"""
    money = MoneyFound()
    if table.is_other:
        if table.rows:
            text = "；".join(f"{r.label} {' '.join(t for t in r.raw.values() if t)}" for r in table.rows)
            money.leftovers.append(
                Leftover(table.rows[0].where, f"{table.title}：{text}", "不是项目资金，没有读入")
            )
            _rates(table, table.rows, money)
        return money
    rows = [r for r in table.rows if not r.is_total]
    printed = money.totals = [r for r in table.rows if r.is_total]
    rows = _without_subtotals(table, rows, money)
    rows = _without_parts(rows, table.rows, money)
    for whole in printed:
        if not _of_a_group(whole, table.rows, 1 if len(printed) > 1 else 2):
            _compare(table, whole, rows, money)
    _rates(table, table.rows, money)
    if table.header.record == "money:task":
        text = "；".join(f"{r.label} {' '.join(t for t in r.raw.values() if t)}" for r in table.rows)
        if text:
            money.leftovers.append(
                Leftover(table.rows[0].where, text, "是部门的各项任务，不是资金来源，没有读入")
            )
        return money
    if table.is_spending:
        money.spending = [s for r in rows if (s := _spending(table, r)) is not None]
        others = [n for n in ("initial", "adjusted", "arrived", "forecast") if n in table.header.columns]
        if rows and others:
            heads = "、".join(dict.fromkeys(table.header.shown.get(n, n) for n in others))
            money.leftovers.append(
                Leftover(
                    TablePlace(table=table.table),
                    heads,
                    f"支出明细没有这一栏，{len(rows)} 行的数没有读入",
                    tuple(r.raw.get(n, "") for r in rows for n in others),
                )
            )
        return money
    kept = [r for r in rows if any(a.yuan for a in r.values.values()) or r.faults]
    for row in rows:
        if row not in kept and not any(label_text(t) for t in row.raw.values()):
            continue
    zero = [r for r in rows if r not in kept and r.values]
    kept = [r for r in rows if r in kept or r in zero]
    if kept:
        money.funding = [_funding(table, r) for r in kept]
    elif money.totals:
        money.funding = [_funding(table, money.totals[0], source="")]
    return money


def _without_subtotals(table: MoneyTable, rows: list[MoneyRow], money: MoneyFound) -> list[MoneyRow]:
    """“财政资金 100，其中：中央 60，省级 40”：下面的几行正好是它的，它是小计。"""
    dropped: set[int] = set()
    for index, row in enumerate(rows):
        if row.part or not row.values or index + 1 >= len(rows):
            continue
        if not rows[index + 1].part and not _counted_twice(row, rows, money.totals):
            continue
        parts: list[MoneyRow] = []
        for after in rows[index + 1 :]:
            if not after.part and parts and _adds_up(row, parts):
                break
            parts.append(after)
            if len(parts) > 1 and _adds_up(row, parts):
                break
        marked = list(itertools.takewhile(lambda r: r.part, rows[index + 1 :]))
        if len(parts) > 1 and _adds_up(row, parts):
            dropped.add(index)
            money.totals.append(row)
        elif len(marked) > 1 and _fits_somewhere(row, marked):
            dropped.add(index)  # one column adds up to it, so they are all of it: what does not fit is said
            money.totals.append(row)
            _compare(table, row, marked, money)
    return [r for n, r in enumerate(rows) if n not in dropped]


def _counted_twice(row: MoneyRow, rows: Sequence[MoneyRow], totals: Sequence[MoneyRow]) -> bool:
    """没有写“其中”的：合计正好是不算这一行的各行之和。"""
    others = [r for r in rows if r is not row]
    return any(len(t.values) > 0 and _adds_up(t, others) and not _adds_up(t, rows) for t in totals)


def _without_parts(rows: list[MoneyRow], every: Sequence[MoneyRow], money: MoneyFound) -> list[MoneyRow]:
    """“财政拨款 100，其中：省级 60”：写着“其中”的是上面一项的一部分，上面一项不是合计的，不再算一项。"""
    kept: list[MoneyRow] = []
    for row in rows:
        at = next(n for n, r in enumerate(every) if r is row)
        above = next((r for r in reversed(every[:at]) if not r.part), None)
        apart = above is None or above.is_total or not any(r is above for r in kept)
        if not row.part or apart or above is None or not row.values or not _within(row, above):
            kept.append(row)
            continue
        text = " ".join(t for t in row.raw.values() if t)
        money.leftovers.append(
            Leftover(row.where, f"其中：{row.label} {text}", f"是“{above.label}”里的一部分，没有另算一项")
        )
    return kept


def _within(part: MoneyRow, whole: MoneyRow) -> bool:
    shared = [n for n in part.values if n in whole.values]
    return bool(shared) and all(part.values[n].yuan <= whole.values[n].yuan for n in shared)


def _of_a_group(whole: MoneyRow, rows: Sequence[MoneyRow], fewest: int) -> bool:
    """小计：正好是紧挨着的上面几行、下面几行之和；那几行里没有别的小计。"""
    at = next(n for n, r in enumerate(rows) if r is whole)
    for beside in (rows[at + 1 :], rows[:at][::-1]):
        group: list[MoneyRow] = []
        for row in beside:
            if row.is_total:
                break
            group.append(row)
            if len(group) >= fewest and _adds_up(whole, group):
                return True
    return False


def _adds_up(whole: MoneyRow, parts: Sequence[MoneyRow]) -> bool:
    shared = [n for n in whole.values if any(n in p.values for p in parts)]
    return bool(shared) and all(total(p.values.get(n) for p in parts) == whole.values[n] for n in shared)


def _fits_somewhere(whole: MoneyRow, parts: Sequence[MoneyRow]) -> bool:
    """有一栏加起来正好是它。"""
    return any(
        whole.values[n].yuan and total(p.values.get(n) for p in parts) == whole.values[n]
        for n in whole.values
    )


def _compare(table: MoneyTable, whole: MoneyRow, rows: Sequence[MoneyRow], money: MoneyFound) -> None:
    """合计与各行之和；只有合计、没有各行的不比。"""
    for name, printed in whole.values.items():
        known = [r for r in rows if name in r.values]
        parts = total(r.values[name] for r in known)
        if parts is None or parts == printed or not known:
            continue
        shown = table.header.shown.get(name, "金额")
        shown_as = {id(r): _in(r.values[name], table, name) for r in known}
        terms = "+".join(shown_as[id(r)] for r in known) if len(known) <= 6 else "各行之和"
        given, summed = _in(printed, table, name), _in(parts, table, name)
        money.misfits.append(
            Misfit(
                whole.where,
                shown,
                f"{whole.label or '合计'}的{shown}印的是 {given}{_unit(table, name)}，{terms}={summed}{_unit(table, name)}，"
                f"对不上，相差 {_in(_abs(printed - parts), table, name)}{_unit(table, name)}。",
                "核对合计和各行，改对错的一处；合计不存进工作簿，由公式算。",
                {"合计": given, "各行之和": summed},
            )
        )


def _abs(amount: Amount) -> Amount:
    return Amount(abs(amount.yuan))


SCALES = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}


def _unit(table: MoneyTable, name: str) -> str:
    return unit_of(table.header.shown.get(name, "")) or table.unit


def _in(amount: Amount, table: MoneyTable, name: str) -> str:
    """照这一栏的单位写的数。"""
    return plain_number(amount.yuan / SCALES.get(_unit(table, name), 1))


def _rates(table: MoneyTable, rows: Sequence[MoneyRow], money: MoneyFound) -> None:
    """印着的执行率、占比与同一行的金额。"""
    at = table.header.checked.get("rate")
    if at is None:
        return
    shown = table.header.shown.get("rate", "执行率")
    whole = total(r.values.get("spent") or r.values.get("amount") for r in rows if not r.is_total)
    for row in rows:
        text = row.printed.get("rate", "")
        number = re.fullmatch(
            r"(\d+(?:\.\d+)?)%" + ("?" if "%" in label_text(shown) else ""), label_text(text)
        )
        done = (
            row.values.get("spent")
            or row.values.get("amount")
            or (row.values.get("arrived") if "到位" in shown else None)
        )
        if number is None or done is None:
            money.unchecked |= label_text(text) not in ("", "-", "—", "/", "——", "0%", "0.00%")
            continue
        rate, step = Decimal(number[1]), Decimal(1).scaleb(-len(number[1].partition(".")[2]))
        bases: list[Amount | None]
        if re.search(r"占|比重|^比例", label_key(shown)):
            bases = [whole] if whole else []
        elif "到位" in shown:
            done, bases = (
                row.values.get("arrived") or done,
                [row.values.get("adjusted"), row.values.get("initial")],
            )
        else:
            bases = [row.values.get("adjusted"), row.values.get("initial"), row.values.get("arrived")]
        right = [done.yuan / b.yuan * 100 for b in bases if b is not None and b.yuan]
        if right and all(abs(r - rate) > step for r in right):
            base = next(b for b in bases if b is not None and b.yuan)
            money.misfits.append(
                Misfit(
                    row.where,
                    shown,
                    f"{row.label or '这一行'}的{shown}印的是 {text}，按同一行的金额算是 {(done.yuan / base.yuan * 100).quantize(Decimal('0.01'))}%，对不上。",
                    "核对金额和比率，改对错的一处；比率不存进工作簿，由公式算。",
                    {"印的": text, "算出的": f"{(done.yuan / base.yuan * 100).quantize(Decimal('0.01'))}%"},
                )
            )


def _funding(table: MoneyTable, row: MoneyRow, source: str | None = None) -> Funding:
    values = dict(row.values)
    if "amount" in values:
        values.setdefault("initial", values.pop("amount"))
    values.pop("amount", None)
    name = row.label if source is None else source
    labels = {n: table.header.shown.get(n, "") for n in (*values, *row.faults)} | {
        "source": table.header.shown.get("label", "")
    }
    reason, told = (row.reason, "reason") if row.reason else (row.note, "note")
    if reason:
        labels["reason"] = table.header.shown.get(told, "")
    raw = {**row.raw, "source": name}
    place = place_of(row.where, labels, table=table.table, faults=row.faults, raw=raw)
    return Funding(source=name, reason=reason, place=place, **{n: a for n, a in values.items() if n in MONEY})


def _spending(table: MoneyTable, row: MoneyRow) -> Spending | None:
    name = "spent" if "spent" in table.header.columns else "amount"
    if name not in table.header.columns:
        return None
    amount = row.values.get(name)
    if amount is None and name not in row.faults and not row.label:
        return None
    labels = {"item": table.header.shown.get("label", ""), "amount": table.header.shown.get(name, "")}
    faults: Mapping[str, Fault] = {"amount": row.faults[name]} if name in row.faults else {}
    place = place_of(
        row.where,
        labels,
        table=table.table,
        faults=faults,
        raw={"item": row.label, "amount": row.raw.get(name, "")},
    )
    return Spending(item=row.label, amount=amount, note=row.note, place=place)
