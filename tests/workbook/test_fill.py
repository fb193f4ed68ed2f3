"""Fill: carries, drafts, restores; never replaces what a person typed; twice is the same as once."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from support.projects import project

from perfmon_xl import app
from perfmon_xl.domain.model import Declared, Monitoring
from perfmon_xl.domain.target import read_target
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.port import CellRef
from perfmon_xl.workbook.read import read
from perfmon_xl.workbook.table_binding import TableBinding

D = Decimal

# How a draft says that there is nothing to judge yet; neighbours say it in other words.
UNJUDGED = ("本次不作达成判断", "留待年终核定", "尚无统计数")


def _book(monitoring: Monitoring) -> PackageBook:
    return PackageBook.from_bytes(build(monitoring))


def _found(book: PackageBook, table: str) -> TableBinding:
    return read(book).found[table]


def test_table_1_is_carried_into_tables_3_and_4_and_the_analysis() -> None:
    book = _book(replace(project(20), adjusted=(), compared=()))
    app.fill_book(book)
    monitoring = read(book).monitoring
    names = [d.name for d in monitoring.declared]
    assert [a.name for a in monitoring.adjusted] == names
    assert [c.name for c in monitoring.compared] == names
    assert [a.subject for a in monitoring.analyses] == names
    assert {a.change for a in monitoring.adjusted} == {"原指标"}
    assert all(c.stage.is_blank and c.actual.is_blank for c in monitoring.compared)
    assert all(any(word in a.text for word in UNJUDGED) for a in monitoring.analyses)


@pytest.mark.parametrize(
    ("target", "asks"), [("2024年12月底前", False), ("≥20个", True)], ids=["还没有到期", "数量"]
)
def test_the_next_step_asks_for_no_actual_value_of_what_is_not_due(
    target: str, asks: bool, tmp_path: Path
) -> None:
    made = project(1)
    row = replace(
        made.compared[0],
        annual=read_target(target),
        stage=read_target(target),
        actual=read_target(""),
    )
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(replace(made, compared=(row,))))
    assert ("还有 1 个指标没有填全" in str(app.fill(path).next_step)) == asks


@pytest.mark.slow
def test_rows_beyond_the_spare_ones_are_appended_with_their_formulas() -> None:
    book = _book(replace(project(40), adjusted=(), compared=()))
    before = len(_found(book, "目标对比表").raw.rows)
    app.fill_book(book)
    found = _found(book, "目标对比表")
    assert before < 40 == len(found.raw.rows)
    last = found.raw.rows[-1]
    assert last[found.columns["annual_sign"]].value in "≥≤" and last[found.columns["annual_sign"]].formula


def test_filling_twice_changes_nothing(example: Monitoring) -> None:
    book = _book(example)
    app.fill_book(book)
    once = book.to_bytes()
    again = PackageBook.from_bytes(once)
    app.fill_book(again)
    assert again.to_bytes() == once


def test_what_a_person_wrote_stays_and_a_draft_is_refreshed() -> None:
    book = _book(project(3))
    app.fill_book(book)
    found = _found(book, "指标分析表")
    assert [r[found.columns["state"]].value for r in found.raw.rows[:3]] == ["草稿"] * 3
    compared = _found(book, "目标对比表")
    book.write({found.ref(0, "text"): "这一段是人写的。", compared.ref(1, "actual"): "1%"})
    app.fill_book(book)
    found = _found(book, "指标分析表")
    texts = [str(r[found.columns["text"]].value) for r in found.raw.rows[:3]]
    assert texts[0] == "这一段是人写的。" and re.search(r"(?<!\d)1%", texts[1]) and "滞后" in texts[1]
    assert [r[found.columns["state"]].value for r in found.raw.rows[:3]] == ["已改写", "草稿", "草稿"]


def test_a_draft_whose_numbers_have_changed_is_an_error_until_it_is_filled_again() -> None:
    book = _book(project(3))
    app.fill_book(book)
    compared = _found(book, "目标对比表")
    book.write({compared.ref(0, "actual"): "1%"})
    told = [f"{f.origin} {f.message}" for f in app.check_reading(read(book)).findings if f.code == "GS107"]
    assert any(
        "指标分析!C23" in one and "照现在填的应是" in one and re.search(r"(?<!\d)1%", one) for one in told
    )
    app.fill_book(book)
    assert not [f for f in app.check_reading(read(book)).findings if f.code == "GS107"]


def _problems(book: PackageBook) -> dict[str, str]:
    return {p.kind: p.text for p in read(book).monitoring.problems}


def _unmet(book: PackageBook, actual: str) -> None:
    compared = _found(book, "目标对比表")
    book.write({compared.ref(0, "stage"): "60场", compared.ref(0, "actual"): actual})


def test_problems_nobody_has_touched_follow_the_numbers_and_those_of_a_person_stay() -> None:
    book = _book(replace(project(3), problems=()))
    _unmet(book, "50场")
    app.fill_book(book)
    assert "仅完成50场，与本阶段应完成的60场相差10场" in _problems(book)["项目实施"]
    _unmet(book, "55场")
    stale = [f for f in app.check_reading(read(book)).findings if f.code == "GS107"]
    assert [f.origin and f.origin.sheet for f in stale] == ["指标分析", "问题与措施"]
    notes = app.fill_book(book)
    assert "问题与措施：“部分任务进度严重滞后”照现在的数重新起草。" in notes
    assert "仅完成55场，与本阶段应完成的60场相差5场" in _problems(book)["项目实施"]
    found = _found(book, "问题措施表")
    row = [p.kind for p in read(book).monitoring.problems].index("项目实施")
    book.write({found.ref(row, "measure"): "人写的措施。"})
    _unmet(book, "56场")
    app.fill_book(book)
    assert "仅完成55场" in _problems(book)["项目实施"]


def test_a_draft_of_problems_that_are_no_more_is_taken_away() -> None:
    book = _book(replace(project(3), problems=(), progress=()))
    _unmet(book, "50场")
    app.fill_book(book)
    compared = _found(book, "目标对比表")
    for row in range(3):
        book.write({compared.ref(row, "stage"): "60场", compared.ref(row, "actual"): "61场"})
    notes = app.fill_book(book)
    assert "问题与措施：“部分任务进度严重滞后”现在没有这一类问题，草稿去掉了。" in notes
    assert "项目实施" not in _problems(book)


def test_what_is_an_error_in_the_workbook_is_no_problem_of_the_project() -> None:
    """错误要先改掉，不写进主要问题。"""
    wrong = Declared(level1="效益指标", level2="质量指标", name="渠道验收合格率", target=read_target("≥95%"))
    monitoring = project(3)
    book = _book(replace(monitoring, problems=(), declared=(*monitoring.declared, wrong)))
    app.fill_book(book)
    assert any(f.code == "JG101" for f in app.check_reading(read(book)).findings)
    assert "却放在“效益指标”下面" not in _problems(book).get("目标设置", "")


def test_an_overwritten_formula_is_restored_and_said() -> None:
    book = _book(project(3))
    ref = _found(book, "目标对比表").ref(0, "completion")
    book.write({ref: D("0.5")})
    notes = app.fill_book(book)
    assert any(str(ref) in note and "已恢复" in note for note in notes)
    assert _found(book, "目标对比表").raw.rows[0][_found(book, "目标对比表").columns["completion"]].formula


@pytest.mark.slow
def test_a_likely_rename_is_asked_not_done() -> None:
    monitoring = project(3)
    renamed = replace(monitoring.adjusted[0], name=monitoring.adjusted[0].name + "情况")
    book = _book(replace(monitoring, adjusted=(renamed, *monitoring.adjusted[1:])))
    notes = app.fill_book(book)
    assert any("是同一个指标的，请改成一样的名称" in note for note in notes)
    assert len(read(book).monitoring.adjusted) == 3


def test_numbers_typed_into_a_target_column_become_text() -> None:
    book = _book(project(3))
    ref = _found(book, "目标对比表").ref(0, "actual")
    book.write({ref: D(70)})
    app.fill_book(book)
    cell = _found(book, "目标对比表").raw.rows[0][_found(book, "目标对比表").columns["actual"]]
    assert cell.value == "70"


def test_money_typed_as_text_becomes_a_number() -> None:
    book = _book(project(3))
    ref = _found(book, "资金表").ref(0, "initial")
    book.write({ref: "１，２００.5万元"})
    notes = app.fill_book(book)
    assert f"资金：填成文字的金额改成数 1 处，公式才读得对：“１，２００.5万元”（{ref.a1}）。" in notes
    assert read(book).monitoring.funding[0].initial is not None
    assert _found(book, "资金表").raw.rows[0][1].value == D("1200.5")


def test_levels_typed_once_a_group_as_in_merged_cells_are_written_in_every_row() -> None:
    typed = [
        ("产出指标", "数量指标", "办理案件"),
        ("", "", "接待咨询"),
        ("", "质量指标", "结案率"),
        ("", "社会效益指标", "受益人数"),  # no output: which level it is, fill does not guess
        ("效益指标", "", "长期影响"),
    ]
    wanted = [
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("", "社会效益指标"),
        ("效益指标", ""),
    ]
    declared = tuple(
        Declared(level1=a, level2=b, name=name, target=read_target("≥1件")) for a, b, name in typed
    )
    book = _book(replace(project(3), declared=declared, adjusted=(), compared=()))
    notes = app.fill_book(book)
    monitoring = read(book).monitoring
    for table in (monitoring.declared, monitoring.adjusted, monitoring.compared):
        assert [(line.level1, line.level2) for line in table] == wanted
    assert "表1 绩效目标申报表：空着的一级指标、二级指标照上一行补上 3 格。" in notes
    assert not any("照上一行补上" in note for note in app.fill_book(book))


def test_columns_are_found_by_header_and_the_month_is_no_part_of_it() -> None:
    book = _book(project(3))
    first = _found(book, "资金表").raw.first
    book.write({CellRef("资金", first.row, 5): "1-7月执行数（万元）"})
    assert read(book).monitoring.funding[0].spent == project(3).funding[0].spent


def test_error_values_and_unreadable_money_are_told_apart() -> None:
    book = _book(project(3))
    book.write({_found(book, "资金表").ref(0, "spent"): "待支付"})
    fault = read(book).monitoring.funding[0].place.faults["spent"]
    assert (fault.kind, fault.text) == ("读不懂", "待支付")


def test_reading_gives_back_what_was_built() -> None:
    wanted = project(8)
    got = read(_book(wanted)).monitoring
    for name in ("declared", "adjusted", "compared", "funding", "spending", "progress", "problems"):
        ours, theirs = getattr(got, name), getattr(wanted, name)
        assert [replace(r, place=theirs[0].place) for r in ours] == list(theirs), name
    assert read_target("≥1") and got.project.name == wanted.project.name
