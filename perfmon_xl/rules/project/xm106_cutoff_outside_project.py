"""XM106: the cut-off date lies outside the project."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule


@rule(
    "XM106",
    title="截止日期不在项目期内",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("A02",),
)
def cutoff_outside_project(project: Project, *, cutoff: date) -> Iterator[Problem]:
    """监控截止日期在项目开始日期和结束日期之间。

    为什么：监控看的是执行中的项目；截止日期在项目期外，不是日期填错，就是应当做评价而不是监控。

    不对：项目6月底结束，统计到7月31日
    项目开始日期：2024-01-01
    项目结束日期：2024-06-30
    监控截止日期：2024-07-31

    对：在期内
    项目开始日期：2024-01-01
    项目结束日期：2024-12-31
    监控截止日期：2024-07-31
    """
    start, end = project.start, project.end
    if start is not None and end is not None and start > end:
        return
    if start is not None and cutoff < start:
        edge, value, how = "项目开始日期", start, "早于"
    elif end is not None and cutoff > end:
        edge, value, how = "项目结束日期", end, "晚于"
    else:
        return
    yield Problem(
        "cutoff",
        f"监控截止日期 {cutoff} {how}{edge} {value}。",
        "核对日期；项目确已结束的，说明为什么仍做监控。",
        values={"监控截止日期": str(cutoff), edge: str(value)},
    )
