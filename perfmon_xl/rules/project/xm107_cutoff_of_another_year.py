"""XM107: the cut-off date is in another year than the budget."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.years import budget_year


@rule(
    "XM107",
    title="截止日期不在预算年度",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("A01", "A02"),
)
def cutoff_of_another_year(project: Project, *, year: str, cutoff: date) -> Iterator[Problem]:
    """监控截止日期的年份与预算年度相同；跨年项目在结束日期之前的也可以。

    为什么：序时进度按截止日期的月份算；年份错了，进度看着对，实际差一整年。

    不对：预算年度2024，统计到2023年7月
    预算年度：2024
    监控截止日期：2023-07-31

    对：同一年
    预算年度：2024
    监控截止日期：2024-07-31

    对：跨年项目
    预算年度：2024
    项目结束日期：2025-06-30
    监控截止日期：2025-03-31
    """
    wanted = budget_year(year)
    if wanted is None:
        return
    if cutoff.year < wanted or (cutoff.year > wanted and (project.end is None or cutoff > project.end)):
        yield Problem(
            "cutoff",
            f"监控截止日期是 {cutoff}，预算年度是 {wanted}。",
            "核对年份；跨年项目把项目结束日期填上。",
            values={"监控截止日期": str(cutoff), "预算年度": str(wanted)},
        )
