"""XM118: nothing says what the project does."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "XM118",
    title="没有写项目主要内容",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("C11",),
    on_report=None,
)
def scope_blank(project: Project, facts: Facts) -> Iterator[Problem]:
    """项目背景、指标分析已经写了的，项目主要内容也要写：做哪些事、涉及多大范围。

    为什么：报告有这一节；目标、指标合不合适，都要看项目做什么。还没有写到文字的工作簿（只有表）不说。

    不对：写了背景没有写内容
    项目名称：2024年桥头镇农村公路养护项目
    项目背景：桥头镇农村公路多年失修，县交通运输局安排资金养护。

    对：写了；还没有写到文字
    项目名称：2024年桥头镇农村公路养护项目
    项目背景：桥头镇农村公路多年失修，县交通运输局安排资金养护。
    项目内容：养护农村公路46公里，更换标志牌120块。
    """
    told = project.background.strip() or any(p.text.strip() for p in facts.monitoring.analyses)
    if project.scope.strip() or "scope" in project.place.faults or not told:
        return
    yield Problem(
        "scope",
        "项目主要内容空着，报告的这一节没有可写的。",
        "照批复的实施方案写：做哪几件事、多少、涉及哪里。",
    )
