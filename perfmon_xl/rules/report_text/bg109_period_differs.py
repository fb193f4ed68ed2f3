"""BG109: the months in the title are not those of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.report_text import ReportText
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_MONTHS = re.compile(r"(\d{1,2})\s*[-—–－~～至]\s*(\d{1,2})\s*月")


@rule(
    "BG109",
    title="题名的月份与监控截止日期不符",
    severity=Severity.WARNING,
    basis="文内勾稽",
    covers=("A02",),
)
def period_differs(report: ReportText, facts: Facts) -> Iterator[Problem]:
    """题名写“1-7月”的，监控截止日期应在7月。

    为什么：题名是给人第一眼看的；月份不对，读者不知道数到哪一天。

    不对：题名1-7月，截至9月30日
    报告正文
    2024年乡村道路维修项目1-7月绩效运行监控报告
    受县财政局委托，对2024年乡村道路维修项目进行绩效监控，监控时间节点为2024年9月30日。
    一、项目概况
    维修道路12公里。

    对：一致
    报告正文
    2024年乡村道路维修项目1-7月绩效运行监控报告
    受县财政局委托，对2024年乡村道路维修项目进行绩效监控，监控时间节点为2024年7月31日。
    一、项目概况
    维修道路12公里。
    """
    cutoff = facts.monitoring.project.cutoff
    if cutoff is None:
        return
    for line in report.cover:
        match = _MONTHS.search(line.text)
        if match and len(line.text) <= 60 and "报告" in line.text and int(match[2]) != cutoff.month:
            yield Problem(
                "cutoff",
                f"题名写“{match[0]}”，文中的监控截止日期是 {cutoff}。",
                "改成同一个时间；数据更新过的，题名一起改。",
                at=line.origin,
                values={"题名": match[0], "监控截止日期": str(cutoff)},
            )
            return
