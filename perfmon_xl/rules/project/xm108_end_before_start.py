"""XM108: the project ends before it starts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule


@rule("XM108", title="项目结束日期早于开始日期", severity=Severity.ERROR, basis="表内勾稽", covers=("A02",))
def end_before_start(project: Project, *, start: date, end: date) -> Iterator[Problem]:
    """项目结束日期不早于开始日期。

    为什么：两个日期至少一个填错，截止日期在不在项目期内也无从判断。

    不对：年份填错
    项目开始日期：2024-03-01
    项目结束日期：2023-12-31

    对：先后正常
    项目开始日期：2024-03-01
    项目结束日期：2024-12-31
    """
    if end < start:
        yield Problem(
            "end",
            f"项目结束日期 {end} 早于开始日期 {start}。",
            "按批复或合同核对起止日期。",
            values={"项目结束日期": str(end), "项目开始日期": str(start)},
        )
