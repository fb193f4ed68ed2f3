"""A public report, written by hand: every row and value of Tables 1-4 and every fund figure, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfmon_xl import app, data
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.importing.found import Imported
from perfmon_xl.importing.reading import import_report
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read

REPORT = Path(__file__).parents[1] / "data" / "report.docx"


@pytest.fixture(scope="module")
def imported() -> Imported:
    return import_report(REPORT.read_bytes())


@pytest.mark.parametrize("table", ["goal", "declared", "goal_changes", "adjusted", "compared", "spending"])
def test_every_row_and_value_of_the_tables(imported: Imported, example: Monitoring, table: str) -> None:
    assert data.to_data(imported.monitoring)[table] == data.to_data(example)[table]


def test_every_fund_figure(imported: Imported, example: Monitoring) -> None:
    (got,), (wanted,) = imported.monitoring.funding, example.funding
    assert (got.initial, got.adjusted, got.arrived, got.spent) == (
        wanted.initial,
        wanted.adjusted,
        wanted.arrived,
        wanted.spent,
    )
    assert got.place.at("spent").cell == "一（四）2第1段"
    assert got.place.at("arrived").cell == "三（一）1第1段"


def test_project_facts(imported: Imported, example: Monitoring) -> None:
    names = ["name", "cover_name", "year", "client", "client_short", "monitor", "monitor_short"]
    names += ["start", "end", "cutoff", "report_date", "basis"]
    got, wanted = imported.monitoring.project, example.project
    assert {n: getattr(got, n) for n in names} == {n: getattr(wanted, n) for n in names}


def test_one_paragraph_an_indicator(imported: Imported, example: Monitoring) -> None:
    got = [(a.level1, a.subject) for a in imported.monitoring.analyses]
    assert got == [(a.level1, a.subject) for a in example.analyses]
    assert imported.monitoring.analyses[0].place.at("text").cell == "四（二）1（1）第1段"


def test_places_name_the_table_and_its_row(imported: Imported) -> None:
    row = imported.monitoring.compared[1]
    assert str(row.place.at("actual")) == "报告 表4第2行（实际完成的绩效目标值）"


def test_what_was_not_placed_is_listed(imported: Imported) -> None:
    assert [x.place.cell for x in imported.leftovers] == [
        "开头第7段",
        "一（三）2第2段",
        "二（一）第1段",
        "二（二）2第1段",
    ]


def test_no_paragraph_is_lost(imported: Imported) -> None:
    """报告里的每一段，不是在记录里，就是在没有读进的清单里，或者是标题、目录、表题、已读出的日期和名称。"""
    from perfmon_xl.importing.document import Para, blocks_of

    kept = "\n".join(
        str(getattr(r, f))
        for r in imported.monitoring.records()
        for f in r.__dataclass_fields__
        if f != "place"
    )
    listed = {x.text for x in imported.leftovers}
    for block in blocks_of(REPORT.read_bytes()):
        if isinstance(block, Para) and len(block.text) > 50 and not block.contents:
            assert block.text in listed or block.text[-40:] in kept, block.text


@pytest.mark.slow
def test_the_workbook_opens_with_the_same_entries(tmp_path: Path, imported: Imported) -> None:
    made = app.import_to_book(REPORT, tmp_path / "项目.xlsx")
    back = data.to_data(read(PackageBook.open(made.path)).monitoring)
    # A new workbook offers a rule set and the subjects of paragraphs still to be written.
    back["project"].pop("rule_set")
    back["conclusions"] = [c for c in back["conclusions"] if "text" in c]
    assert back == data.to_data(imported.monitoring)
