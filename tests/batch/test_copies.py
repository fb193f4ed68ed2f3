"""Copies of one project in one period are named; its other periods and other projects are not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from perfmon_xl.batch.engine import _twice


@dataclass
class Made:
    path: str
    project: str = "甲项目"
    year: str = "2024"
    period: str = "1-7月份"


@pytest.mark.parametrize("other", ["甲 (1).xlsx", "甲（自动恢复的）.xlsx", "区/甲-冲突副本.xlsx"])
def test_copies_are_named(other: str) -> None:
    (told,) = _twice([Made("甲.xlsx"), Made(other, project="甲项目 "), Made("乙.xlsx", project="乙项目")])
    assert "甲.xlsx" in told and other in told and "乙" not in told and "2 份" in told


@pytest.mark.parametrize(
    "other",
    [Made("b", project="乙"), Made("b", year="2025"), Made("b", period="1-10月份"), Made("b", project="")],
)
def test_other_projects_years_and_periods_are_no_copies(other: Made) -> None:
    assert list(_twice([Made("a"), other, Made("c", project="")])) == []
