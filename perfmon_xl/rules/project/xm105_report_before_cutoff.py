"""XM105: the report is dated before the data ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule


@rule(
    "XM105",
    title="报告日期早于截止日期",
    severity=Severity.ERROR,
    basis="表内勾稽",
    covers=("A03",),
)
def report_before_cutoff(project: Project, *, cutoff: date, report_date: date) -> Iterator[Problem]:
    """报告不会在数据统计完之前写好：报告日期不早于监控截止日期。

    为什么：两个日期至少一个填错；截止日期错了，序时进度跟着错。

    不对：7月20日的报告，统计到7月31日
    监控截止日期：2024-07-31
    报告日期：2024-07-20

    对：同一天
    监控截止日期：2024-07-31
    报告日期：2024-07-31
    """
    if report_date < cutoff:
        yield Problem(
            "report_date",
            f"报告日期 {report_date} 早于监控截止日期 {cutoff}。",
            "核对两个日期，改掉填错的一个。",
            values={"报告日期": str(report_date), "监控截止日期": str(cutoff)},
        )
