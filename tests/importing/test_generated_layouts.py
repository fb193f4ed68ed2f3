"""Entries written into forms of random layout come back: what is read is right, what is not read is said, nothing is invented."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from support.layouts import FUND, Form, form
from support.placed import unplaced
from support.reports import report

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.importing.document import Block
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.reading import read_blocks
from perfmon_xl.workbook.port import RawCell


def faults(made: Form, found: Imported) -> list[str]:
    """读错的、没有读到的、多出来的。"""
    truth, shape, monitoring = made.truth, made.shape, found.monitoring
    said: list[str] = []

    def same(what: str, want: object, got: object) -> None:
        if want != got:
            said.append(f"{what}: want {want!r} got {got!r}")

    project = monitoring.project
    for name in ("name", "department", "unit", *(n for n in ("client", "monitor") if n in truth.facts)):
        same(name, truth.facts[name], getattr(project, name))
    same("cutoff", truth.facts["cutoff"], str(project.cutoff or ""))
    same("year", "2025", project.year)
    same("goal", name_key(truth.goal), name_key(monitoring.goal.text))
    told = {
        "initial": True, "arrived": shape.get("arrived") != "no", "spent": True,
        "forecast": shape.get("fund forecast") == "yes", "adjusted": shape.get("adjusted") == "yes",
    }  # fmt: skip
    sources = {s: {n: v[n] for n in FUND if told[n]} for s, v in truth.funds.items()}
    if shape["funds"] == "sentence":  # only the sums are told
        sources = {"": {n: sum(v[n] for v in truth.funds.values()) for n in FUND if told[n]}}
    same(
        "funds",
        sources,
        {
            f.source: {n: a.yuan / 10_000 for n in FUND if (a := getattr(f, n)) is not None}
            for f in monitoring.funding
        },
    )
    wanted = truth.spending if shape["spending"] in ("table", "list") else {}
    same(
        "spending",
        wanted,
        {s.item: (s.amount.yuan / Decimal(10_000) if s.amount else None) for s in monitoring.spending},
    )
    same("rows", [r["name"] for r in truth.rows], [r.name for r in monitoring.compared])
    for row, record in zip(truth.rows, monitoring.compared, strict=False):
        unit = row["unit"]
        same(f"{row['name']} level", (row["level1"], row["level2"]), (record.level1, record.level2))
        same(f"{row['name']} target", row["sign"] + row["target"] + unit, record.annual.raw)
        same(f"{row['name']} actual", row["actual"] + unit, record.actual.raw)
        if "has stage" in shape or shape["stage"] == "yes":
            same(f"{row['name']} stage", row["sign"] + row["stage"] + unit, record.stage.raw)
        if "has forecast" in shape:
            same(f"{row['name']} forecast", row["forecast"] + unit, record.forecast.raw)
        if shape.get("likelihood", "none") != "none":
            same(f"{row['name']} likelihood", row["likelihood"], record.likelihood)
        for name in ("reason", "measure"):
            same(f"{row['name']} {name}", row[name] if f"has {name}" in shape else "", getattr(record, name))
    conclusion = "".join(c.text for c in monitoring.conclusions)
    same("conclusion", truth.texts.get("conclusion", ""), conclusion)
    return said


def read(made: Form, *, form: bool = True) -> Imported:
    return read_blocks(made.blocks, form=form)


@pytest.mark.parametrize("seed", range(60))
def test_what_was_written_is_read(seed: int) -> None:
    made = form(seed)
    found = read(made)
    assert faults(made, found) == [], made.shape
    assert list(unplaced(made.blocks, [found])) == []


@pytest.mark.parametrize("seed", range(60))
def test_what_a_report_says_is_read(seed: int) -> None:
    made = report(seed)
    found = read(made, form=False)
    assert faults(made, found) == [], made.shape
    assert list(unplaced(made.blocks, [found])) == []


def broken(made: Form, chance: random.Random) -> list[Block]:
    """同一份表，改乱几处：一格换成别的字、空着，一行去掉、重复、换地方。"""
    blocks: list[Block] = []
    for block in made.blocks:
        if not isinstance(block, Grid):
            blocks.append(block)
            continue
        rows = [list(row) for row in block.rows]
        for _ in range(chance.randint(1, 4)):
            row = chance.randrange(len(rows))
            column = chance.randrange(len(rows[row]))
            ref = rows[row][column].ref
            stray = chance.choice((None, "见附件说明", "12.5", "待核实后补报", "共3处，已处理2处"))
            rows = [[RawCell(c.ref, stray) if c.ref == ref else c for c in line] for line in rows]
        way = chance.choice(("drop", "twice", "swap", "none"))
        at = chance.randrange(len(rows))
        if way == "drop" and len(rows) > 2:
            del rows[at]
        elif way == "swap":
            rows[at], rows[-1] = rows[-1], rows[at]
        blocks.append(Grid(block.name, tuple(map(tuple, rows)), block.sheet))
    return blocks


@pytest.mark.parametrize("form_", [True, False], ids=["form", "report"])
@pytest.mark.parametrize("seed", range(60))
def test_when_it_is_broken_nothing_is_lost_in_silence(seed: int, form_: bool) -> None:
    blocks = broken(form(seed) if form_ else report(seed), random.Random(seed))
    try:
        found = read_blocks(blocks, form=form_)
    except UserError:
        return
    assert list(unplaced(blocks, [found])) == []
