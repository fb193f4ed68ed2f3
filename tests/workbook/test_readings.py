"""What the formulas cannot read counts only while the workbook holds the program's reading of that very text."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfmon_xl import app
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Adjusted, Compared, Monitoring, Project
from perfmon_xl.domain.target import Kind, read_target
from perfmon_xl.policy import get
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.computed import compute_book
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import Reading, read


def _book(tmp_path: Path, actual: str, told: str = "") -> Path:
    annual = read_target("好" if told else "≥300件")
    row = Compared(
        level1="产出指标", level2="数量指标", name="办件", annual=annual, actual=read_target(actual)
    )
    adjusted = Adjusted(level1="产出指标", level2="数量指标", name="办件", target=annual, explanation=told)
    path = tmp_path / "甲.xlsx"
    path.write_bytes(
        build(Monitoring(project=Project(name="甲", year="2024"), adjusted=(adjusted,), compared=(row,)))
    )
    return path


def _typed(path: Path, table: str, field: str, text: str) -> Reading:
    book = PackageBook.open(path)
    book.write({read(book).found[table].ref(0, field): text})
    book.save(path)
    return read(PackageBook.open(path))


def _shown(reading: Reading) -> tuple[object, object, object]:
    """表4第一行：Python 的读法、单元格里应当显示的符号、是否达成。"""
    monitoring = reading.monitoring
    computed = compute_book(figures_of(monitoring, get()))
    row = computed.row("目标对比表", 0)
    return monitoring.compared[0].actual.kind, row["actual_sign"], row["met"]


@pytest.mark.slow
def test_a_new_workbook_holds_the_readings(tmp_path: Path) -> None:
    assert _shown(read(PackageBook.open(_book(tmp_path, "三百余件")))) == (Kind.NUMBER, "余", "达成")


@pytest.mark.slow
@pytest.mark.parametrize("text", ["二百余件", "没有", "一次性办结", "年底前"])
def test_what_was_typed_since_is_not_read_until_it_is_filled(text: str, tmp_path: Path) -> None:
    path = _book(tmp_path, "三百余件")
    reading = _typed(path, "目标对比表", "actual", text)
    assert _shown(reading) == (Kind.UNREAD, "未识别", "无法判断")
    found = [f for f in app.check(path).findings if f.code == "GS103"]
    assert [f.values for f in found] == [{"实际完成的绩效目标值": text}]
    app.fill(path)
    reading = read(PackageBook.open(path))
    assert reading.monitoring.compared[0].actual == read_target(text) or text == "没有"
    assert not [f for f in app.check(path).findings if f.code == "GS103"]


def test_what_the_formulas_read_needs_no_filling(tmp_path: Path) -> None:
    assert _shown(_typed(_book(tmp_path, "三百余件"), "目标对比表", "actual", "299件")) == (
        Kind.NUMBER,
        "未写",
        "无法判断",
    )


def test_grades_count_while_the_explanation_is_unchanged(tmp_path: Path) -> None:
    path = _book(tmp_path, "好", "按好、一般、差三档评定")
    assert read(PackageBook.open(path)).monitoring.compared[0].grades == ("好", "一般", "差")
    changed = _typed(path, "分解目标调整表", "explanation", "按好、较好、差三档评定")
    assert changed.monitoring.compared[0].grades == ("",)
    app.fill(path)
    assert read(PackageBook.open(path)).monitoring.compared[0].grades == ("好", "较好", "差")
