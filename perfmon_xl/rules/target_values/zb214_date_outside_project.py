"""ZB214: a date as target that lies outside the project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.target import Kind
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import first_with

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|[-/.])")


@rule(
    "ZB214", title="时间目标不在项目期内", severity=Severity.WARNING, basis="表间勾稽", covers=("A01", "D06")
)
def date_outside_project(indicator: Indicator, facts: Facts) -> Iterator[Problem]:
    """写成日期的目标（完工时间、发放时间），应当落在项目开始和结束之间；没有填起止日期的，看预算年度。

    为什么：年份不对的，多半是沿用了上一年的表。

    不对：2024年的项目，目标还是2023年
    预算年度：2024
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 时效指标 | 渠道完工时间 | 2023年11月底前 |

    不对：晚于项目结束日期
    项目开始日期：2024-01-01
    项目结束日期：2024-09-30
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 时效指标 | 渠道完工时间 | 2024年10月15日前 |

    对：在项目期内；跨年的项目看起止日期
    预算年度：2024
    项目开始日期：2024-03-01
    项目结束日期：2025-06-30
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 时效指标 | 主体完工时间 | 2025年5月底前 |
    | 时效指标 | 补助发放时间 | 2024年9月30日前 |
    | 时效指标 | 设备到货时间 | 10月底前 |
    """
    project = facts.monitoring.project
    year = re.search(r"20\d\d", project.year)
    first = project.start.year if project.start else int(year[0]) if year else None
    last = project.end.year if project.end else int(year[0]) if year else None

    def outside(target: IndicatorRow) -> bool:
        written = _YEAR.search(target.target_text)
        if target.annual_target.kind is not Kind.DATE or written is None:
            return False
        day = target.annual_target.day
        if day is not None and project.start and project.end:
            return not project.start <= day <= _day_after(project.end)
        return bool((first and int(written[1]) < first) or (last and int(written[1]) > last))

    found = first_with(indicator.current_rows, outside)
    if found is None:
        return
    target, tables = found
    period = (
        f"项目从 {project.start} 到 {project.end}"
        if project.start and project.end
        else f"项目是 {first or last} 年的"
    )
    yield Problem(
        target.target_field,
        f"{tables}“{target.title}”的目标是 {target.target_text}，{period}，不在项目期内。",
        "核对年份；分年实施的项目，写本年度要完成的时间。",
        of=target,
        values={"目标值": target.target_text, "项目期": period},
    )


def _day_after(end: date) -> date:
    """“12月31日”结束的项目，目标写“次年1月1日前”是一个意思。"""
    return end + timedelta(days=1)
