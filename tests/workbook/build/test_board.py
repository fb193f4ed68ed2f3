"""The board: its figures follow the tables and the findings, its charts read live cells, it prints on one page."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from support.office import convert, needs_office, needs_validator, recalculated, validate
from support.projects import project

from perfmon_xl import app, policy
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.finding import Finding, Result, Severity
from perfmon_xl.domain.matters import matters
from perfmon_xl.domain.model import Compared, Monitoring
from perfmon_xl.domain.target import read_target
from perfmon_xl.layout.board import BOARD, BOARD_INDICATORS, LEVEL_COUNTS
from perfmon_xl.workbook.build.monitoring import blank, build
from perfmon_xl.workbook.computed import compute_book
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.findings import levels, write_matters
from perfmon_xl.workbook.read import read


def finding(severity: Severity, number: int, result: Result = Result.FAIL) -> Finding:
    return Finding(code=f"ZJ{number}", severity=severity, origin=None, fact=f"第{number}条", result=result)


def with_findings(book: PackageBook) -> None:
    found = (
        finding(Severity.ERROR, 1),
        finding(Severity.WARNING, 2),
        finding(Severity.WARNING, 3),
        finding(Severity.INFO, 4),
        finding(Severity.ERROR, 5, Result.CANNOT_JUDGE),
    )
    told = matters(found, {}, ())
    write_matters(read(book), told, "还不能出", {})[0].apply(book)


def shown_on_board(book: PackageBook) -> dict[str, object]:
    return {name: cell.value for name, cell in book.named().items() if name.startswith("看板_")}


@pytest.mark.parametrize(
    ("name", "shown"), [("甲" * 28, "甲" * 28), ("甲" * 29, "甲" * 27 + "…")], ids=["两行放得下", "放不下"]
)
def test_a_long_name_fits_two_lines(name: str, shown: str) -> None:
    made = project(1)
    made = replace(made, compared=(replace(made.compared[0], name=name, annual=read_target("≥20个")),))
    assert compute_book(figures_of(made, policy.get())).row("看板指标表", 0)["name"] == shown


def test_findings_are_counted_and_fill_and_check_keep_the_counts(tmp_path: Path) -> None:
    book = PackageBook.from_bytes(build(project(4)))
    with_findings(book)
    board = shown_on_board(book)
    assert [board[name] for name in LEVEL_COUNTS] == [1, 2, 1, 1]
    assert dict(levels(read(book)))["警告"] == 2
    path = tmp_path / "book.xlsx"
    book.save(path)
    app.fill(path)
    assert [shown_on_board(PackageBook.open(path))[name] for name in LEVEL_COUNTS] == [1, 2, 1, 1]


def test_lights_are_counted() -> None:
    rows = tuple(
        Compared(level2="数量指标", name=f"指标{n}", annual=read_target("≥120件"), actual=read_target(actual))
        for n, actual in enumerate(("10件", "50件", "60件", "61件", "100件", ""))
    )
    monitoring = replace(project(1), compared=rows)  # end of July: 70 are due
    cells = compute_book(figures_of(monitoring, policy.get())).cells
    assert [cells[f"看板_{light}灯数"] for light in "红黄绿蓝"] == [1, 1, 2, 1]


def test_the_one_chart_reads_the_bars_by_light() -> None:
    data = build(project(3))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        (chart,) = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/charts/chart")]
    page = openpyxl.load_workbook(io.BytesIO(data))["看板"]
    areas = re.findall(r"<c:val>.*?<c:f>看板!\$(\w)\$(\d+):\$\w\$(\d+)</c:f>", chart)
    assert [page[f"{column}{int(first) - 1}"].value for column, first, _ in areas] == [
        "红",
        "黄",
        "绿",
        "蓝",
        "不亮",
    ]
    assert {int(last) - int(first) + 1 for _, first, last in areas} == {BOARD_INDICATORS.spare}
    assert '<c:majorUnit val="1"/>' in chart and "<c:legend>" not in chart


@pytest.mark.parametrize(("count", "shown"), [(0, 3), (3, 3), (10, 10), (60, 30)])
def test_rows_in_use_are_shown_and_the_rest_is_folded(count: int, shown: int) -> None:
    page = openpyxl.load_workbook(io.BytesIO(build(project(count))))["看板"]
    rows = range(8, 8 + BOARD_INDICATORS.spare)
    assert [r for r in rows if not page.row_dimensions[r].hidden] == list(range(8, 8 + shown))


@needs_office
def test_a_blank_row_in_table_4_and_written_findings_recalculate_alike(tmp_path: Path) -> None:
    book = PackageBook.from_bytes(build(project(18)))
    found = read(book).found["目标对比表"]
    gone = [found.ref(2, c.field) for c in found.table.columns if not c.computed and c.field in found.columns]
    book.write(dict.fromkeys(gone))
    with_findings(book)
    path = tmp_path / "book.xlsx"
    book.save(path)
    app.fill(path)  # brings the stored results up to date
    book = PackageBook.open(path)
    reading = read(book)
    want = compute_book(figures_of(reading.monitoring, policy.get()), levels(reading))
    sheet = recalculated(path)["看板"]
    for name, cell in book.named().items():
        if name.startswith("看板_"):
            shown, wanted = sheet[cell.ref.row - 1][cell.ref.column - 1], want.cells[name]
            assert shown == (wanted if isinstance(wanted, str) else pytest.approx(float(wanted))), name
    names = [c.name for c in reading.monitoring.compared]
    for index, row in enumerate(book.tables()["看板指标表"].rows):
        cell = row[0]
        if index < len(names):
            told = sheet[cell.ref.row - 1][cell.ref.column - 1]
            assert str(told).removesuffix("（越低越好）") == names[index] and told == cell.value


@needs_office
@pytest.mark.parametrize("count", [0, 5, 40])
def test_the_board_prints_on_one_page(count: int, tmp_path: Path) -> None:
    from pypdf import PdfReader

    path = tmp_path / "book.xlsx"
    path.write_bytes(build(project(count)) if count else blank())
    texts = [page.extract_text() for page in PdfReader(convert(path, "pdf", tmp_path)).pages]
    board = [text for text in texts if "达标程度＝实际" in text]
    assert len(board) == 1


@needs_validator
def test_charts_survive_fill_and_check(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(replace(project(6), adjusted=(), compared=())))
    with zipfile.ZipFile(path) as package:
        before = {
            n: package.read(n) for n in package.namelist() if n.startswith(("xl/charts", "xl/drawings"))
        }
    app.fill(path)
    app.check_and_write(path)
    with zipfile.ZipFile(path) as package:
        assert {n: package.read(n) for n in before} == before
    assert validate(path) == []


def test_an_overwritten_count_is_left_to_fill() -> None:
    book = PackageBook.from_bytes(build(Monitoring()))
    cell = book.named()["看板_错误数"]
    book.write({cell.ref: "三"})
    with_findings(book)
    assert book.named()["看板_错误数"].value == "三"
    app.fill_book(book)
    restored = book.named()["看板_错误数"]
    assert restored.formula == BOARD.cells[-4].formula and restored.value == 1


@pytest.mark.parametrize(
    ("previous", "column", "told"),
    [
        ("50件", "+50件", "；与上期相比，1 个增加"),
        ("100件", "没有变化", "；与上期相比，1 个没有变化"),
        ("", "", ""),
    ],
)
def test_the_board_says_what_changed_since_the_last_period(previous: str, column: str, told: str) -> None:
    row = Compared(
        level2="数量指标",
        name="办案数量",
        annual=read_target("≥120件"),
        actual=read_target("100件"),
        previous=read_target(previous),
    )
    book = PackageBook.from_bytes(data := build(replace(project(1), compared=(row,))))
    assert shown_on_board(book)["看板_一句话"] == f"1 个指标：1 个达成{told}"
    table = book.tables()[BOARD_INDICATORS.name]
    assert (table.rows[0][table.header.index("比上期")].value or "") == column
    page = openpyxl.load_workbook(io.BytesIO(data))["看板"]
    assert page.column_dimensions["E"].hidden is not bool(previous)


@pytest.mark.parametrize("count", [0, 3, 30, 60])
def test_the_chart_ends_with_the_rows_that_are_listed(count: int) -> None:
    data = build(project(count) if count else replace(project(1), compared=()))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        drawings = [package.read(n).decode() for n in package.namelist() if "drawings/drawing" in n]
    (ends,) = [
        re.findall(r"<xdr:to>.*?<xdr:row>(\d+)</xdr:row>", one)
        for one in drawings
        if "看板" in one or "chart" in one
    ]
    assert 36 <= int(ends[-1]) <= 38  # thirty rows below the header, the rest of them folded
