"""Round trips over invented projects: form → import, report → import, export → new: the same as far as it is printed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.any_project import any_project
from support.settled import settled_project

from perfmon_xl import app, cli, data
from perfmon_xl.domain.explaining import causes, likelihood
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.official_form import is_general_budget
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.workbook.build.monitoring import build

SHORT, LONG = range(6), range(6, 40)
_SEEDS = [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)]

# What a paper does not print of the entries, and why.
NOT_IN_FORM = {
    "project": "the form has name, year, department, unit and month; no dates, bodies, basis, background",
    "declared, adjusted, goal_changes": "the form prints one table of indicators",
    "compared.stage": "the official form has no column for it",
    "compared.cause": "only the five official causes are ticked",
    "funding.arrived, funding.reason": "the official form has no column for them",
    "funding.source": "printed as 本年一般公共预算拨款 and 其他资金",
    "spending, progress, analyses, fund_notes, overall, problems, conclusions": "the form prints none of them",
}
NOT_IN_REPORT = {
    "project.unit_short": "printed only where the text uses it",
    "progress.state": "said in the words of the item",
    "funding.arrived, spent, forecast by source": "by source the text gives the budget; of the rest the sums",
    "funding.initial of several sources, one adjusted": "the text gives it in total; import lists it",
    "spending.note": "part of the sentence",
    "problems.kind": "not printed",
    "compared.forecast, likelihood, cause, reason, measure": "in sentences, not in the table",
    "drafts": "what was drafted is not told from what was typed",
}


def _book(folder: Path, entries: dict[str, Any]) -> tuple[Path, Monitoring]:
    monitoring = data.from_data(entries)
    book = folder / "项目.xlsx"
    book.write_bytes(build(monitoring, app.rules_of(monitoring)))
    return book, monitoring


def _sum(rows: Any, name: str) -> Decimal:
    return sum((a.yuan for f in rows if (a := getattr(f, name)) is not None), Decimal(0))


@pytest.mark.slow
@pytest.mark.parametrize("seed", _SEEDS)
@pytest.mark.parametrize("local", [False, True], ids=["official", "local"])
def test_form_there_and_back(seed: int, local: bool, tmp_path: Path) -> None:
    book, old = _book(tmp_path, any_project(seed))
    made = app.form(book, tmp_path / "表.xlsx", local=local)
    (new,) = app.understand(made.path).projects
    for name in ("name", "department", "unit", "year"):
        assert getattr(new.project, name) == getattr(old.project, name)
    assert new.project.cutoff == old.project.cutoff
    assert new.goal.text == old.current_goal
    rows = {name_key(c.name): c for c in old.compared}
    assert sorted(name_key(c.name) for c in new.compared) == sorted(rows)
    for back in new.compared:
        row = rows[name_key(back.name)]
        for name in ("annual", "actual", "forecast"):
            assert getattr(back, name).raw == getattr(row, name).raw, (row.name, name)
        assert back.likelihood == likelihood(row.likelihood)
        assert set(causes(back.cause)[0]) == set(causes(row.cause)[0])
        assert (back.reason, back.measure) == (row.reason, row.measure)
    for general in (True, False):
        here = [f for f in old.funding if is_general_budget(f.source) is general]
        there = [f for f in new.funding if is_general_budget(f.source) is general]
        for name in ("initial", "spent", *(("adjusted",) if local else ())):
            wanted = _sum([f for f in here if name != "adjusted"], name) if name != "adjusted" else None
            if wanted is not None:
                assert _sum(there, name) == wanted, (general, name)


def _told(entries: dict[str, Any], table: str, *fields: str) -> list[tuple[Any, ...]]:
    return sorted(tuple(row.get(f, "") for f in fields) for row in entries.get(table, []))


@pytest.mark.slow
@pytest.mark.parametrize("seed", _SEEDS)
def test_report_there_and_back(seed: int, tmp_path: Path) -> None:
    book, _ = _book(tmp_path, settled_project(seed))
    app.fill(book)
    old = json.loads(app.export(book))
    made = app.report(book, tmp_path / "报告.docx", draft=True)
    app.import_to_book(made.path, tmp_path / "回来.xlsx")
    new = json.loads(app.export(tmp_path / "回来.xlsx"))
    for name in ("name", "year", "client", "monitor", "start", "end", "cutoff", "report_date", "rule_set"):
        own = name == "client" and old["project"].get("monitor") == old["project"].get("client")
        if old["project"].get(name) and not own:  # who monitors for itself is not said to have asked itself
            assert new["project"].get(name) == old["project"][name], name
    assert new["goal"] == old["goal"]
    for table, fields in (
        ("declared", ("level1", "level2", "name", "target")),
        ("adjusted", ("level1", "level2", "name", "target", "change", "tracked")),
        ("compared", ("level1", "level2", "name", "annual", "stage", "actual")),
        ("analyses", ("subject", "text")),
        ("problems", ("title", "text", "measure_title", "measure")),
        ("progress", ("subject", "text")),
    ):
        assert _told(new, table, *fields) == _told(old, table, *fields), table
    several = len(old["funding"]) > 1 and any("adjusted" in row for row in old["funding"])
    for name in ("arrived", "spent", *(() if several else ("initial",))):
        assert _total(new, name) == pytest.approx(_total(old, name), abs=0.006), name
    if several:  # by source the text gives what the budget was adjusted to; the sum before is listed
        budget = [row.get("adjusted", row["initial"]) for row in old["funding"]]
        assert _total(new, "adjusted") == pytest.approx(sum(budget), abs=0.006)
        told = " ".join(map(str, app.understand(made.path).imported[0].leftovers))
        assert "年初预算没有分来源" in told
    assert _total(new, "amount", "spending") == pytest.approx(_total(old, "amount", "spending"), abs=3)


def _total(entries: dict[str, Any], name: str, table: str = "funding") -> float:
    return float(sum(row.get(name) or 0 for row in entries.get(table, [])))


@pytest.mark.slow
@pytest.mark.parametrize("seed", _SEEDS)
def test_export_there_and_back(seed: int, tmp_path: Path) -> None:
    book, _ = _book(tmp_path, any_project(seed))
    if seed % 2:
        app.fill(book)
    told = app.export(book)
    (tmp_path / "数据.json").write_text(told, encoding="utf-8")
    assert cli.main(["new", str(tmp_path / "又一本.xlsx"), "--from", str(tmp_path / "数据.json")]) == 0
    assert app.export(tmp_path / "又一本.xlsx") == told
