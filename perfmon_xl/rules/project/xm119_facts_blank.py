"""XM119: a fact that every report states is left blank."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

# field: what the paper calls it, what it is for, and whether only a monitoring report needs it
_WANTED = (
    ("year", "预算年度", "写四位年份。", False),
    ("department", "主管部门", "写批复预算的主管部门全称；就是实施单位的，照写一遍。", False),
    ("unit", "实施单位", "写实施单位的全称。", False),
    ("monitor", "监控机构", "写编写报告、在文末落款的单位。", True),
)


@rule(
    "XM119",
    title="基本信息没有填全",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("A02",),
    on_report=None,
)
def facts_blank(project: Project, facts: Facts) -> Iterator[Problem]:
    """预算年度、主管部门、实施单位、监控机构要填；还没有写到文字的工作簿（只有表）不说。

    为什么：报告的封面、概况和落款要写；空着的，写不成那一句，出了报告也要退回来补。

    不对：没有主管部门；没有实施单位
    项目名称：2024年桥头镇农村公路养护项目
    预算年度：2024
    监控机构：县财政局绩效科
    项目背景：桥头镇农村公路多年失修，县里安排资金养护。
    共报 2 处

    对：都填了
    项目名称：2024年桥头镇农村公路养护项目
    预算年度：2024
    主管部门：县交通运输局
    实施单位：桥头镇人民政府
    监控机构：县财政局绩效科
    项目背景：桥头镇农村公路多年失修，县里安排资金养护。
    """
    if not project.background.strip() and not any(p.text.strip() for p in facts.monitoring.analyses):
        return
    for field, name, remedy, monitoring_only in _WANTED:
        if monitoring_only and not project.document_kind.is_monitoring:
            continue
        if not str(getattr(project, field)).strip() and field not in project.place.faults:
            yield Problem(field, f"{name}空着，报告里这一处没有可写的。", remedy)
