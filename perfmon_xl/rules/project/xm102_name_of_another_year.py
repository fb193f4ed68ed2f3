"""XM102: the name of the project carries another year than the budget year."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.years import budget_year, stated_years


@rule(
    "XM102",
    title="项目名称里的年份不是预算年度",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("A01",),
)
def name_of_another_year(project: Project, *, year: str) -> Iterator[Problem]:
    """项目名称和封面项目名称里写的年份，应当与预算年度相同。

    为什么：名称印在封面和每一处引用里；用上一年的文件改的，年份最容易漏改。上年结转的项目，名称带上年年份是对的，写明即可。

    不对：名称是2023年
    项目名称：2023年公共图书馆免费开放项目
    预算年度：2024

    对：同一年
    项目名称：2024年公共图书馆免费开放项目
    预算年度：2024

    对：起止年份
    项目名称：2021-2025年农村公路养护项目
    预算年度：2024
    """
    wanted = budget_year(year)
    if wanted is None:
        return
    for field, label in (("name", "项目名称"), ("cover_name", "封面项目名称")):
        for stated, _ in stated_years(getattr(project, field)):
            if stated != wanted:
                yield Problem(
                    field,
                    f"{label}写的是{stated}年，预算年度是{wanted}年。",
                    "改成同一年；是上年结转或跨年项目的，在项目背景里写明。",
                    values={label: str(stated), "预算年度": str(wanted)},
                )
