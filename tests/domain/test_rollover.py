"""The next period from the last: what stays, what is blank again, what is carried; years and months roll."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.projects import project

from perfmon_xl import app, cli
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import (
    Adjusted,
    Compared,
    GoalChange,
    Monitoring,
    ProblemEntry,
    Progress,
    Project,
)
from perfmon_xl.domain.rollover import Period, roll
from perfmon_xl.domain.target import read_target
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read


def rolled(previous: Monitoring, period: str) -> Monitoring:
    return roll(previous, Period.parse(period)).monitoring


def test_targets_and_names_stay_and_the_figures_of_the_period_are_blank() -> None:
    old = project(12)
    new = rolled(old, "2024-10")
    assert (new.project.name, new.project.basis, new.goal.text) == (
        old.project.name, old.project.basis, old.goal.text,
    )  # fmt: skip
    assert (new.declared, new.adjusted) == (old.declared, old.adjusted)
    assert [(c.name, c.annual) for c in new.compared] == [(c.name, c.annual) for c in old.compared]
    for one in new.compared:
        assert one.stage.is_blank and one.actual.is_blank and one.forecast.is_blank
        assert one.likelihood == one.cause == one.reason == one.measure == ""
    assert [(f.source, f.initial) for f in new.funding] == [(f.source, f.initial) for f in old.funding]
    assert all(f.arrived is f.spent is f.forecast is None for f in new.funding)
    assert [s.item for s in new.spending] == [s.item for s in old.spending]
    assert all(s.amount is None for s in new.spending)
    assert new.project.cutoff == date(2024, 10, 31) and new.project.report_date is None
    assert (new.project.start, new.project.end) == (old.project.start, old.project.end)


def test_the_last_actual_is_carried_for_comparison() -> None:
    old = project(6)
    assert [c.previous for c in rolled(old, "2024-10").compared] == [c.actual for c in old.compared]


def test_open_problems_are_carried_and_solved_ones_are_not() -> None:
    old = replace(
        project(2),
        problems=(
            ProblemEntry(title="新提的"),
            ProblemEntry(title="改着的", state="整改中", rectification="已补办手续"),
            ProblemEntry(title="改完的", state="已整改", rectification="已改"),
        ),
    )
    assert [(p.title, p.state, p.rectification) for p in rolled(old, "2024-10").problems] == [
        ("新提的", "待核实", "2024年7月监控提出。"),
        ("改着的", "整改中", "已补办手续"),
    ]


def test_what_is_done_stays_in_the_year_and_goes_with_it() -> None:
    old = replace(
        project(2),
        progress=(
            Progress(subject="招标", text="4月完成", state="已完成"),
            Progress(subject="施工", text="完成一半", state="进行中"),
        ),
    )
    assert [(p.subject, p.text, p.state) for p in rolled(old, "2024-10").progress] == [
        ("招标", "4月完成", "已完成"),
        ("施工", "", "进行中"),
    ]
    assert [(p.subject, p.text) for p in rolled(old, "2025-07").progress] == [("施工", "")]


def test_a_new_year_starts_from_the_adjusted_targets() -> None:
    old = replace(
        project(1),
        adjusted=(
            Adjusted(
                level1="产出指标", level2="数量指标", name="甲", target=read_target("≥9件"), change="调整"
            ),
            Adjusted(
                level1="产出指标", level2="数量指标", name="乙", target=read_target("≥1件"), change="删除"
            ),
        ),
        goal_changes=(GoalChange(subject="年度绩效目标", original="旧", changed="是", revised="新目标"),),
    )
    result = roll(old, Period.parse("2025-07"))
    new = result.monitoring
    assert [(d.name, d.target.raw) for d in new.declared] == [("甲", "≥9件")]
    assert (new.goal.text, new.adjusted, new.goal_changes) == ("新目标", (), ())
    assert new.project.year == "2025" and new.project.name.startswith("2025年")
    assert (new.project.start, new.project.end) == (date(2025, 1, 1), date(2025, 12, 31))
    assert all(f.initial is None for f in new.funding)
    assert any("请核对" in note and new.project.name in note for note in result.notes)


def test_a_project_of_several_years_keeps_its_dates_and_leap_days_fall_back() -> None:
    long = Monitoring(
        project=Project(year="2024", start=date(2023, 5, 1), end=date(2026, 4, 30), cutoff=date(2024, 7, 31))
    )
    assert rolled(long, "2025-07").project.start == date(2023, 5, 1)
    leap = Monitoring(project=Project(year="2024", start=date(2024, 2, 29), end=date(2024, 12, 31)))
    assert rolled(leap, "2025-02").project.start == date(2025, 2, 28)
    assert rolled(leap, "2025-02").project.cutoff == date(2025, 2, 28)


def test_texts_that_name_the_old_year_are_pointed_out_not_changed() -> None:
    old = Monitoring(project=Project(year="2023", background="2023年财政安排5万元。"))
    result = roll(old, Period(2024, 7))
    assert result.monitoring.project.background == "2023年财政安排5万元。"
    assert any("项目背景" in note and "2023年" in note for note in result.notes)


@pytest.mark.parametrize(
    ("period", "says"),
    [
        ("2024-07", "不在它后面"),
        ("2023-12", "不在它后面"),
        ("2024", "已经是2024年度"),
        ("2023", "已经是2024年度"),
    ],
)
def test_a_period_that_is_not_later_is_refused(period: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        rolled(project(1), period)


@pytest.mark.parametrize("text", ["", "七月", "2024-13", "24-07", "2024-07-31", "1999-07", "2024-0"])
def test_a_period_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="读不懂"):
        Period.parse(text)


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_a_period_is_read_in_every_spelling(year: int, month: int) -> None:
    for text in (f"{year}-{month:02}", f"{year}年{month}月", f"{year}{month:02}", f"{year}/{month}"):
        assert Period.parse(text) == Period(year, month)


@pytest.mark.slow
def test_through_the_workbook_and_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, third = (tmp_path / f"{n}.xlsx" for n in ("一期", "二期", "三期"))
    first.write_bytes(build(project(7)))
    before = first.read_bytes()
    assert cli.main(["new", str(second), "--from", str(first), "--period", "2024-10"]) == 0
    assert "7 个带来了上期实际" in capsys.readouterr().out
    assert first.read_bytes() == before
    old, new = (read(PackageBook.open(p)).monitoring for p in (first, second))
    assert [c.previous.raw for c in new.compared] == [c.actual.raw for c in old.compared]
    assert [p.state for p in new.problems] == ["待核实"]
    app.fill(second)
    assert cli.main(["new", str(third), "--from", str(second), "--period", "2025-07"]) == 0
    assert "7 个指标，其中 0 个带来了上期实际" in capsys.readouterr().out
    assert len(read(PackageBook.open(third)).monitoring.declared) == 7


@pytest.mark.parametrize(
    ("arguments", "says"),
    [((), "不知道要做哪一期"), (("--period", "2023-09"), "不在它后面"), (("--period", "下月"), "读不懂")],
)
def test_refusals_leave_nothing(
    arguments: tuple[str, ...], says: str, demo_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = demo_book.with_name("下一期.xlsx")
    assert cli.main(["new", str(out), "--from", str(demo_book), *arguments]) == 2
    assert says in capsys.readouterr().err and not out.exists()


def test_in_a_new_year_the_goals_that_were_not_adjusted_are_kept_beside_those_that_were() -> None:
    old = replace(
        project(2),
        goal_changes=(
            GoalChange(subject="目标1", original="建站10个。", changed="否"),
            GoalChange(subject="目标2", original="培训。", changed="是", revised="培训200人。"),
        ),
    )
    assert rolled(old, "2025-07").goal.text == "建站10个。\n培训200人。"


def test_in_a_new_year_an_indicator_is_known_by_its_name_however_it_is_spaced() -> None:
    def adjusted(name: str, target: str, change: str) -> Adjusted:
        return Adjusted(name=name, target=read_target(target), change=change)

    old = replace(
        project(2),
        adjusted=(
            adjusted("培训人数（人）", "≥300人", "调整"),
            adjusted("培训人数（人）", "≥900人", "调整"),  # a name typed twice: the first counts
            adjusted("宣传册", "≥50册", "删除"),
        ),
        compared=(
            Compared(name="培训人数 (人)", annual=read_target("≥200人"), actual=read_target("280人")),
            Compared(name="宣传册", annual=read_target("≥50册"), actual=read_target("10册")),
        ),
    )
    new = rolled(old, "2025-07")
    assert [(c.name, c.annual.raw, c.previous.raw) for c in new.compared] == [
        ("培训人数 (人)", "≥300人", "280人")
    ]
