"""The summary report held against 汇总.xlsx: every value has its cell there, and what was changed is caught with it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from support.district import line, outcomes
from support.word_edits import Edited

from perfmon_xl import app, cli
from perfmon_xl.audit.difference import Difference
from perfmon_xl.domain.outcome import Outcome
from perfmon_xl.report.summary.sources import cell_of, value_text
from perfmon_xl.report.tracing.provenance import RecordedValue, record_in
from perfmon_xl.workbook.build.summary.places import SummaryBook
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.port import CellRef

pytestmark = pytest.mark.slow  # whole batches


@pytest.fixture(scope="module")
def found() -> list[Outcome]:
    return outcomes(12)


def made(folder: Path, found: list[Outcome]) -> tuple[Path, Path]:
    """汇总工作簿和汇总报告。"""
    book, report = app.summarise(folder, found, pages="none")
    return book.path, report.path


def typed(report: Path, identity: str, text: str) -> Path:
    """有人在 Word 里把一个值改成 text。"""
    data = report.read_bytes()
    record = record_in(data)
    assert record is not None
    one = Edited(data, record)
    one.type_inside(one.value(identity), text)
    return one.saved(report)


def written_over(book: Path, cell: CellRef, value: Decimal) -> None:
    opened = PackageBook.open(book)
    opened.write({cell: value})
    book.write_bytes(opened.to_bytes())


def told(report: Path, book: Path) -> list[Difference]:
    return list(app.audit(report, book).differences)


def test_every_value_has_its_cell_and_the_cell_says_the_same(found: list[Outcome], tmp_path: Path) -> None:
    path, report = made(tmp_path, found)
    record, book = record_in(report.read_bytes()), SummaryBook(PackageBook.open(path))
    assert record is not None and len(record.values) > 200
    for value in record.values:
        cell = cell_of(value.source)
        if cell is None:
            assert value.source.identity.startswith("=") and value.source.origin.sheet
            continue
        raw = book.cell(cell)
        assert raw is not None, value
        assert (raw.ref.sheet, raw.ref.a1) == (value.source.origin.sheet, value.source.origin.cell)
        assert value_text(raw.value, value.source.form) == value.text
    assert told(report, path) == []
    assert "一致" in app.audit(report, path).verdict


def test_a_number_changed_in_the_report_is_caught_with_the_cell(found: list[Outcome], tmp_path: Path) -> None:
    path, report = made(tmp_path, found)
    edited = typed(report, "部门一览[区司法局].支出数（万元）~金额", "9999.99")
    (one,) = told(edited, path)
    assert one.kind.code == "HD101" and "9999.99" in one.message
    assert one.origin is not None and one.origin.sheet == "按主管部门" and one.origin.cell[0] == "E"
    assert one.place.as_data()["row"]


def test_a_number_changed_in_a_sentence_and_one_counted(found: list[Outcome], tmp_path: Path) -> None:
    path, report = made(tmp_path, found)
    edited = typed(report, "项目一览[].支出数（万元）~万元", "1万元")
    edited = typed(edited, "=项目数加没有处理的文件数@未处理~0", "15")
    differences = told(edited, path)
    assert [(d.kind.code, d.origin and d.origin.sheet) for d in differences] == [
        ("HD101", "汇总"),
        ("HD101", "未处理"),
    ]
    assert differences[0].origin is not None and differences[0].origin.cell == "F3"


def test_a_summary_workbook_made_anew_is_told(found: list[Outcome], tmp_path: Path) -> None:
    path, report = made(tmp_path, found)
    later = [replace(o, counts={**o.counts, "error": 99}) if o.path == "项目3.xlsx" else o for o in found]
    kept = report.read_bytes()
    made(tmp_path, later)
    report.write_bytes(kept)
    differences = told(report, path)
    assert differences and {d.kind.code for d in differences} == {"HD103"}
    assert any(d.origin is not None and str(d.origin).startswith("汇总!") for d in differences)
    assert app.audit(report, path).book_changed


def test_a_cell_written_over_is_told_and_rows_may_be_sorted(tmp_path: Path) -> None:
    red = {"light": "红", "lights": {"红": 1}}
    first, second = line("甲", "一局", "100", "5", **red), line("乙", "二局", "200", "10", **red)
    path, report = made(tmp_path, [first, second])
    kept = report.read_bytes()
    made(tmp_path, [second, first])  # the same projects, the other way round
    report.write_bytes(kept)
    assert told(report, path) == []
    book = SummaryBook(PackageBook.open(path))
    budget = next(v.source for v in _values(report) if v.text == "100.00" and "甲" in v.source.identity)
    cell = cell_of(budget)
    assert cell is not None
    raw = book.cell(cell)
    assert raw is not None and raw.ref.a1 == "E6" and budget.origin.cell == "E5"
    written_over(path, raw.ref, Decimal(300))
    (one,) = told(report, path)
    assert one.kind.code == "HD103" and "300.00" in one.message and one.origin and one.origin.cell == "E6"


def _values(report: Path) -> tuple[RecordedValue, ...]:
    record = record_in(report.read_bytes())
    assert record is not None
    return record.values


def test_projects_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    red = {"light": "红", "lights": {"红": 1}}
    same = [line("甲", "一局", "100", "5", **red), line("甲", "一局", "200", "6", **red)]
    path, report = made(tmp_path, same)
    assert told(report, path) == []
    cells = [v.source.identity for v in _values(report) if v.source.identity.startswith("项目一览[甲")]
    assert {one.partition("]")[0] for one in cells} == {"项目一览[甲", "项目一览[甲#2"}


def test_the_wrong_workbook_is_refused(
    found: list[Outcome], demo_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = made(tmp_path, found)
    assert cli.main(["audit", str(report), str(demo_book)]) == 2
    assert "是汇总报告" in capsys.readouterr().err
    own = app.report(demo_book, tmp_path / "报告.docx", draft=True, pages="none").path
    assert cli.main(["audit", str(own), str(path)]) == 2
    assert "一个项目的报告" in capsys.readouterr().err
