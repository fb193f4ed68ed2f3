"""XM114: the project has no first or no last day."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "XM114",
    title="项目起止日期不完整",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("A02",),
    on_report=None,
)
def period_incomplete(project: Project, facts: Facts) -> Iterator[Problem]:
    """项目的开始日期和结束日期都要填。

    为什么：没有结束日期，说不清目标该什么时候完成，时间目标也没有期限可比。两个都空着、表4也没有填的不说。

    不对：没有结束日期
    项目开始日期：2024-01-01

    对：都填了
    项目开始日期：2024-01-01
    项目结束日期：2024-12-31
    """
    if (project.start is None) == (project.end is None):
        return
    name, field = ("开始", "start") if project.start is None else ("结束", "end")
    if field in project.place.faults:
        return
    yield Problem(field, f"项目{name}日期空着，起止日期不完整。", f"照批复文件填项目{name}日期。")
