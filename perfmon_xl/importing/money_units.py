"""The unit of a money table that states none: given by a person, or the one under which its sums stand elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfmon_xl.domain.amount import Amount, total
from perfmon_xl.domain.text_keys import compact
from perfmon_xl.importing.amounts import moneys
from perfmon_xl.importing.document import Block, Para
from perfmon_xl.importing.found import Leftover
from perfmon_xl.importing.header import MONEY
from perfmon_xl.importing.money_rows import SCALES, MoneyTable
from perfmon_xl.importing.table_result import Tables
from perfmon_xl.importing.vocabulary import unit_of


def infer_unit(table: MoneyTable, tables: Tables, given: str, blocks: Sequence[Block]) -> None:
    """没有写单位的：给了的照给的；按哪一种单位算，合计正好是别处写着单位的一个数的，就是它；对不上的不猜，不读。"""
    bare = [
        (r, n) for r in table.rows for n, t in r.raw.items() if n in r.values and not re.search(r"[元万亿]", t)
        and not unit_of(table.header.shown.get(n, "")) and r.values[n].yuan
    ]  # fmt: skip
    if not bare:
        table.unit = "万元"
        return
    sums = _sums(table, {n for _, n in bare})
    told = amounts_told(blocks) | _sums_read(tables.records)
    fits = [u for u, s in SCALES.items() if any(amount * s / 10_000 in told for amount in sums)]
    if not fits:  # no sum, but several of its figures
        each = {r.values[n].yuan for r, n in bare}
        fits = [u for u, s in SCALES.items() if sum(amount * s / 10_000 in told for amount in each) > 1]
    first, name = bare[0]
    if given or len(fits) == 1:
        table.unit = given or fits[0]
        for row, column in bare:
            row.values[column] = Amount(row.values[column].yuan / 10_000 * SCALES[table.unit])
        if not given:
            why = f"没有写金额单位，按{table.unit}算与别处写的数相同，照{table.unit}读入，请核对"
            tables.notes.append(f"{table.table}{why}。")
            tables.leftovers.append(Leftover(first.where, first.raw[name], why))
        return
    table.unit = "万元"
    tables.notes.append(f"{table.table}没有写金额单位，金额没有读入。")
    for row, column in bare:
        del row.values[column]
        text = f"{row.label or '合计'} {table.header.shown.get(column, '')} {row.raw[column]}"
        tables.leftovers.append(
            Leftover(row.where, text, "没有写金额单位，也没有别处的数对得上，没有读入，请写明单位")
        )


def _sums(table: MoneyTable, columns: set[str]) -> set[Decimal]:
    """各栏的合计（写着的、加出来的），单位当成万元的元数。"""
    numbers: set[Decimal] = set()
    for name in columns:
        own = [r.values[name].yuan for r in table.rows if name in r.values and not r.is_total]
        numbers |= {r.values[name].yuan for r in table.rows if name in r.values and r.is_total}
        numbers |= {sum(own, Decimal(0))} if own else set()
    return numbers - {Decimal(0)}


def _sums_read(records: Mapping[str, Sequence[Any]]) -> set[Decimal]:
    """前面读到的资金各栏、支出明细的合计，元。"""
    columns = [[getattr(one, name) for one in records.get("funding", ())] for name in MONEY]
    columns.append([one.amount for one in records.get("spending", ())])
    return {whole.yuan for column in columns if (whole := total(column)) is not None and whole.yuan}


def amounts_told(blocks: Sequence[Block]) -> frozenset[Decimal]:
    """别处写着单位的各个金额，元。"""
    texts = (
        text for block in blocks for text in ([block.text] if isinstance(block, Para) else block.words())
    )
    return frozenset(m.amount.yuan for text in texts for m in moneys(compact(text)))
