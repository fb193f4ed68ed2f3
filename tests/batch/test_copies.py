"""One project in several files: copies and periods are recognised and asked about; other projects are not."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from support.projects import project

from perfmon_xl import cli
from perfmon_xl.batch.same_project import copy_notes, same_projects, superseded
from perfmon_xl.domain.outcome import Outcome, Status
from perfmon_xl.domain.rollover import Period
from perfmon_xl.workbook.build.monitoring import build


def made(path: str, **more: str) -> Outcome:
    own = {"project": "甲项目", "year": "2024", "period": "1-7月份", "cutoff": "2024-07-31", "unit": "甲中心"}
    return Outcome(path=path, status=Status.DONE, **{**own, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("other", ["甲 (1).xlsx", "甲（自动恢复的）.xlsx", "区/甲-冲突副本.xlsx"])
def test_copies_are_named(other: str) -> None:
    groups = same_projects(
        [made("甲.xlsx"), made(other, project="甲项目 "), made("乙.xlsx", project="乙项目")]
    )
    (line,) = map(str, copy_notes(groups, {}))
    assert "甲.xlsx" in line and other in line and "乙" not in line and "同一期的 2 份" in line


def test_periods_of_one_project_are_told_and_the_last_counts() -> None:
    groups = same_projects([made("十月.xlsx", period="1-10月份", cutoff="2024-10-31"), made("七月.xlsx")])
    assert "的 2 期（1-7月份、1-10月份）" in groups[0].what
    left = superseded(groups, lambda path: 0.0)
    assert left == {"七月.xlsx": "十月.xlsx"}
    assert "只算 十月.xlsx" in str(copy_notes(groups, left)[0])


def test_of_copies_the_one_changed_last_counts() -> None:
    groups = same_projects([made("甲.xlsx"), made("甲 (1).xlsx")])
    assert superseded(groups, {"甲.xlsx": 2.0, "甲 (1).xlsx": 1.0}.__getitem__) == {"甲 (1).xlsx": "甲.xlsx"}


@pytest.mark.parametrize(
    "other",
    [
        made("b", project="乙"),
        made("b", year="2025"),
        made("b", project=""),
        made("b", unit="乙中心"),  # each unit has its own 办公经费
        replace(made("b"), status=Status.FAILED),
    ],
)
def test_other_projects_and_years_are_not_the_same(other: Outcome) -> None:
    assert same_projects([made("a"), other, made("c", project="")]) == ()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "typed", "counted"),
    [
        (["--same", "latest"], "", 1),
        (["--same", "all"], "", 2),
        ([], "\n", 1),  # asked; Enter is yes
        ([], "n\n", 2),
        ([], None, 2),  # no terminal: nothing is asked, all count, and it is said
    ],
)
def test_who_counts_is_asked_on_a_terminal(
    words: list[str],
    typed: str | None,
    counted: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    one = project(2)
    later = replace(one, project=replace(one.project, cutoff=Period.parse("2024-10").cutoff))
    (tmp_path / "in").mkdir()
    for name, content in (("七月", one), ("十月", later)):
        (tmp_path / "in" / f"{name}.xlsx").write_bytes(build(content))
    terminal = Terminal()
    if typed is not None:
        monkeypatch.setattr("sys.stdin", Terminal(typed))
        monkeypatch.setattr("sys.stderr", terminal)
    cli.main(["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "1", *words])
    out = capsys.readouterr().out
    book = openpyxl.load_workbook(tmp_path / "out" / "汇总.xlsx")
    assert sum(cell.value is not None for (cell,) in book["汇总"]["A5:A9"]) == counted
    assert ("会重复" in out) is (counted == 2) and "1-7月份、1-10月份" in out
    assert ("只算每个项目最后的一份吗" in terminal.getvalue()) is (typed is not None and not words)
    listed = [cell.value for (cell,) in book["未处理"]["A5:A9"]]
    assert ("七月.xlsx" in listed) is (counted == 1)
