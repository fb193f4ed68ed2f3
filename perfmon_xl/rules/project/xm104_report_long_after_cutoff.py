"""XM104: the report comes long after the day it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule

LONGEST = 30  # 天


@rule(
    "XM104",
    title="报告日期离截止日期太久",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("A03",),
)
def report_long_after_cutoff(project: Project, *, cutoff: date, report_date: date) -> Iterator[Problem]:
    """报告日期在监控截止日期后30天以内；更晚的，数据应当更新，或者说明。

    为什么：监控是为了年内纠偏；截止日后一个多月才出报告，“四季度”的建议送到时四季度快过完了。

    不对：晚了40天
    监控截止日期：2024-10-31
    报告日期：2024-12-10

    对：20天
    监控截止日期：2024-07-31
    报告日期：2024-08-20
    """
    days = (report_date - cutoff).days
    if days > LONGEST:
        yield Problem(
            "report_date",
            f"报告日期 {report_date} 比监控截止日期 {cutoff} 晚 {days} 天。",
            "把数据更新到较近的月末；来不及更新的，在报告里说明，并检查建议里的时间还来不来得及。",
            values={"报告日期": str(report_date), "监控截止日期": str(cutoff)},
        )
