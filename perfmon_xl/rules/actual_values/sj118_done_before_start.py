"""SJ118: an actual date before the project had begun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_EXPLAINED = re.compile(r"提前|前期|上一?年|去年|年前|先行|此前")


@rule(
    "SJ118",
    title="实际完成日期早于项目开始",
    severity=Severity.WARNING,
    basis="表间勾稽",
    covers=("A01", "A02"),
)
def done_before_start(
    record: Compared, facts: Facts, *, annual: TargetValue, actual: TargetValue
) -> Iterator[Problem]:
    """实际完成值是日期的，不能早于项目开始日期；没有填开始日期的，不能是预算年度以前的。

    目标本来就在项目开始以前的（前期准备）、原因说明里写明提前做的不查。

    为什么：项目还没有开始就做完的事，不是这个项目的成绩；多半是年份沿用了上一年的。

    不对：年份是上一年的
    预算年度：2024
    项目开始日期：2024-01-01
    监控截止日期：2024-07-31
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 设备到货时间 | 2024年5月底前 | 2023年5月12日 |

    对：在项目期内
    预算年度：2024
    项目开始日期：2024-01-01
    监控截止日期：2024-07-31
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 设备到货时间 | 2024年5月底前 | 5月12日 |
    | 方案批复时间 | 2023年12月底前 | 2023年12月20日 |
    """
    project = facts.monitoring.project
    year = project.budget_year
    start = project.start or (date(year, 1, 1) if year else None)
    done, wanted = actual.days(year), annual.days(year)
    if start is None or done is None or wanted is None or done.last >= start or wanted.last < start:
        return
    if _EXPLAINED.search(record.reason):
        return
    said = f"项目从 {start} 开始" if project.start else f"项目是 {year} 年的"
    yield Problem(
        "actual",
        f"“{record.title}”的实际完成日期是“{actual.raw.strip()}”，{said}。",
        "核对年份；确实提前做完的，在原因说明里写明，项目起止日期写错的改过来。",
        values={"实际完成日期": actual.raw.strip(), "项目开始": str(start)},
    )
