"""A workbook of version 0.1.0, with everything typed: checked, filled, rolled over and reported as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfmon_xl import app
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import Reading, read

OLD = Path(__file__).resolve().parents[1] / "data" / "workbook_0_1_0.xlsx"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "旧工作簿.xlsx"
    path.write_bytes(OLD.read_bytes())
    return path


def reading(path: Path) -> Reading:
    return read(PackageBook.open(path))


def entries(path: Path) -> list[tuple[str, str, str, str]]:
    return [(c.name, c.annual.raw, c.stage.raw, c.actual.raw) for c in reading(path).monitoring.compared]


def test_what_was_typed_stays_typed_and_nothing_is_missed(old: Path) -> None:
    before = entries(old)
    assert reading(old).missing == () and reading(old).carried == {}
    app.fill(old)
    assert entries(old) == before and reading(old).carried == {}
    assert all("建议" not in c.stage.raw + c.forecast.raw for c in reading(old).monitoring.compared)


@pytest.mark.slow
def test_it_is_checked_reported_and_rolled_over(old: Path, tmp_path: Path) -> None:
    app.fill(old)
    checked, _ = app.check_and_write(old)
    again, _ = app.check_and_write(old)
    assert checked.errors and [f.key for f in again.findings] == [f.key for f in checked.findings]
    made = app.report(old, draft=True)
    assert made.path.exists() and app.audit(made.path, old).differences == ()
    following = app.new(tmp_path / "下一期.xlsx", old, period="2023-12").path
    rolled = reading(following).monitoring.compared
    assert [c.name for c in rolled] == [c.name for c in reading(old).monitoring.compared]
    assert all(c.actual.is_blank for c in rolled) and any(not c.previous.is_blank for c in rolled)


def test_marks_of_before_are_taken_away_by_the_next_check(old: Path) -> None:
    app.check_and_write(old)
    book = PackageBook.open(old)
    assert {mark.level for mark in book.marks().values()} <= {"错误", "警告", "无法判断", "提示"}
    book.mark({})
    assert book.marks() == {}
