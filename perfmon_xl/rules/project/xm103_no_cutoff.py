"""XM103: no cut-off date."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule


@rule(
    "XM103",
    title="没有监控截止日期",
    severity=Severity.ERROR,
    basis="通行做法",
    covers=("A02",),
)
def no_cutoff(project: Project, *, year: str) -> Iterator[Problem]:
    """监控必须有截止日期：支出、实际完成和序时进度都算到这一天。

    为什么：没有截止日期，序时进度算不出来，“截至”哪一天的数也说不清。

    不对：空着
    预算年度：2024

    对：填了
    预算年度：2024
    监控截止日期：2024-07-31
    """
    if project.cutoff is None and "cutoff" not in project.place.faults:
        yield Problem(
            "cutoff",
            f"预算年度是 {year.strip()}，监控截止日期是空的，序时进度算不出来。",
            "填支出数和实际完成值统计到的那一天，一般是月末。",
            values={"监控截止日期": "空"},
        )
