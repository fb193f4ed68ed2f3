"""What fill carried follows later corrections until a person types over it; proposals count as blank until accepted."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from support.office import needs_office, recalculated

from perfmon_xl import app
from perfmon_xl.domain.model import Compared, Declared, GoalChange, Monitoring, Project
from perfmon_xl.domain.target import read_target
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.convert import display_text
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.port import CellRef
from perfmon_xl.workbook.read import Reading, read


def row(name: str, target: str, level2: str = "数量指标") -> Declared:
    return Declared(level1="产出指标", level2=level2, name=name, target=read_target(target))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """表1 两个指标，填充过：带进了表3、表4，提了建议。"""
    monitoring = Monitoring(
        project=Project(name="2024年河道整治项目", year="2024", cutoff=date(2024, 10, 31)),
        declared=(row("整治河道长度", "≥12公里"), row("验收合格率", "≥95%", "质量指标")),
    )
    made = tmp_path / "项目.xlsx"
    made.write_bytes(build(monitoring))
    app.fill(made)
    return made


def reading(path: Path) -> Reading:
    return read(PackageBook.open(path))


def at(path: Path, table: str, index: int, field: str) -> CellRef:
    found = reading(path)
    return found.found[table].ref(found.rows[table][index], field)


def typed(path: Path, ref: CellRef, text: object) -> None:
    """像人那样打字：存着的结果不再作数，要等重算。"""
    book = openpyxl.load_workbook(path)
    book[ref.sheet][ref.a1] = text
    book.save(path)


def rows(path: Path) -> list[tuple[str, str, str]]:
    return [(c.name, c.annual.raw, c.stage.raw) for c in reading(path).monitoring.compared]


@pytest.mark.slow
def test_a_correction_in_table_1_reaches_3_and_4_and_what_was_typed_stays(path: Path) -> None:
    typed(path, at(path, layout.DECLARED.name, 0, "name"), "整治河道里程")
    typed(path, at(path, layout.DECLARED.name, 0, "target"), "≥15公里")
    typed(path, at(path, layout.COMPARED.name, 1, "annual"), "≥96%")
    assert rows(path) == [("整治河道里程", "≥15公里", ""), ("验收合格率", "≥96%", "")]
    adjusted = reading(path).monitoring.adjusted[0]
    assert (adjusted.name, adjusted.target.raw, adjusted.tracked_target.raw) == (
        "整治河道里程",
        "≥15公里",
        "≥15公里",
    )
    app.fill(path)
    assert rows(path) == [("整治河道里程", "≥15公里", ""), ("验收合格率", "≥96%", "")]
    stored = openpyxl.load_workbook(path, data_only=True)[layout.tables()[6][0].name]
    ref = at(path, layout.COMPARED.name, 0, "annual")
    assert stored[ref.a1].value == "≥15公里"


@pytest.mark.slow
def test_a_proposal_is_blank_until_it_is_typed_over_or_approved(path: Path) -> None:
    stage = at(path, layout.COMPARED.name, 0, "stage")
    book = PackageBook.open(path)
    assert display_text(book.cells([stage])[stage]) == "建议：≥10公里"
    assert rows(path) == [("整治河道长度", "≥12公里", ""), ("验收合格率", "≥95%", "")]
    assert reading(path).found[layout.COMPARED.name].raw.rows[1][4].value is None, (
        "a rate is not proposed for"
    )
    assert "JD106" in {f.code for f in app.check(path).findings}
    typed(path, at(path, layout.COMPARED.name, 0, "approved"), "是")
    assert rows(path)[0] == ("整治河道长度", "≥12公里", "≥10公里")
    app.fill(path)
    cell = PackageBook.open(path).cells([stage])[stage]
    assert (cell.value, cell.formula) == ("≥10公里", None), "accepted: a text like any other"


@pytest.mark.slow
def test_a_typed_stage_target_is_never_overwritten(path: Path) -> None:
    typed(path, at(path, layout.COMPARED.name, 0, "stage"), "≥9公里")
    app.fill(path)
    assert rows(path)[0][2] == "≥9公里"


@pytest.mark.slow
def test_without_stored_results_everything_reads_as_before(path: Path) -> None:
    before = reading(path).monitoring, app.check(path).findings
    book = openpyxl.load_workbook(path)
    book.save(path)  # openpyxl keeps formulas and drops their results
    after = reading(path)
    assert not [r for r in after.monitoring.records() if r.place.faults]
    assert after.monitoring.compared == before[0].compared
    assert [f.message for f in app.check(path).findings if not f.code.startswith("GS")] == [
        f.message for f in before[1] if not f.code.startswith("GS")
    ]


@pytest.mark.slow
def test_every_carried_row_has_a_key_of_its_own(path: Path) -> None:
    first, second = (at(path, layout.DECLARED.name, n, "key") for n in (0, 1))
    typed(path, second, "K01")  # a row copied in Excel brings its key along
    app.fill(path)
    cells = PackageBook.open(path).cells([first, second])
    assert {display_text(cells[first]), display_text(cells[second])} == {"K01", "K02"} or len(
        {display_text(cells[first]), display_text(cells[second])}
    ) == 2


@pytest.mark.slow
def test_a_forecast_is_proposed_from_what_was_done(path: Path) -> None:
    typed(path, at(path, layout.COMPARED.name, 0, "actual"), "8公里")
    typed(path, at(path, layout.COMPARED.name, 1, "actual"), "97%")
    app.fill(path)
    book = PackageBook.open(path)
    refs = [at(path, layout.COMPARED.name, n, "forecast") for n in (0, 1)]
    assert [display_text(book.cells([ref])[ref]) for ref in refs] == ["建议：10公里", "建议：97%"]
    assert [c.forecast.raw for c in reading(path).monitoring.compared] == ["", ""]


@needs_office
def test_libreoffice_shows_what_python_resolves(path: Path) -> None:
    typed(path, at(path, layout.DECLARED.name, 0, "name"), "整治河道里程")
    typed(path, at(path, layout.COMPARED.name, 0, "actual"), "8公里")
    app.fill(path)
    sheets = recalculated(path)
    found = reading(path)
    assert found.carried
    for ref, one in found.carried.items():
        assert sheets[ref.sheet][ref.row - 1][ref.column - 1] == one.shown, str(ref)


def test_a_row_of_records_knows_nothing_of_keys() -> None:
    assert Compared().carried_from == "" and Declared().key == ""


@pytest.mark.slow
def test_export_tells_what_still_follows(path: Path) -> None:
    typed(path, at(path, "目标对比表", 1, "name"), "验收合格率（竣工）")
    found = json.loads(app.export(path))
    assert [row["carried"] for row in found["adjusted"]] == [
        ["level1", "level2", "name", "target", "tracked_target"]
    ] * 2
    first, second = (set(row.get("carried", ())) for row in found["compared"])
    assert {"level1", "level2", "name", "annual"} == first  # the stage is a proposal that nobody approved
    assert "name" not in second and "annual" in second
    again = path.with_name("再建.xlsx")
    data = path.with_name("数据.json")
    data.write_text(json.dumps(found), "utf-8")
    app.new(again, data)  # what export writes, new takes
    assert [c.name for c in reading(again).monitoring.compared] == ["整治河道长度", "验收合格率（竣工）"]


def seen(path: Path, engine: str) -> tuple[object, ...]:
    """检查、填充、报告各看到什么。"""
    checked = app.check(path, engine=engine)
    filled = path.with_name(f"填-{engine}.xlsx")
    report = path.with_name(f"报告-{engine}.docx")
    for one in (filled, report):
        one.unlink(missing_ok=True)
    app.fill(path, filled, engine=engine)
    app.report(path, report, draft=True, engine=engine, pages="none")
    words = [p.text for p in Document(report).paragraphs if p.text and "图" not in p.text]
    tables = [[c.text for c in r.cells] for t in Document(report).tables for r in t.rows]
    return (
        [(f.code, str(f.origin), f.message) for f in checked.findings],
        rows(filled),
        words,
        tables,
    )


@pytest.mark.parametrize("engine", ["package", "openpyxl"])
@pytest.mark.slow
def test_a_book_saved_without_results_says_the_same(path: Path, engine: str) -> None:
    for index, actual in enumerate(("11公里", "97%")):
        typed(path, at(path, "目标对比表", index, "actual"), actual)
    app.fill(path)
    before = seen(path, "package")
    openpyxl.load_workbook(path).save(path)  # formulas without results, as libraries write them
    assert openpyxl.load_workbook(path, data_only=True)["表4 目标对比表"]["C4"].value is None
    after = seen(path, engine)
    assert after[1] == before[1] and after[2] == before[2] and after[3] == before[3]
    assert [one for one in after[0] if not one[0].startswith("GS")] == [
        one for one in before[0] if not one[0].startswith("GS")
    ]


@pytest.mark.parametrize(
    ("revised", "answer"), [("整治河道10公里。", "是"), ("整治河道 12公里。", "否"), ("", "")]
)
def test_whether_the_goal_was_changed_follows_from_its_texts(
    revised: str, answer: str, tmp_path: Path
) -> None:
    made = tmp_path / "目标.xlsx"
    change = GoalChange(subject="年度绩效目标", original="整治河道12公里。", revised=revised)
    made.write_bytes(build(Monitoring(goal_changes=(change,))))
    app.fill(made)
    assert [g.changed for g in reading(made).monitoring.goal_changes] == [answer]
