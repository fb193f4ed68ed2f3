"""BG104: a heading with nothing below it."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.report_text import ReportText
from perfmon_xl.rules import Problem, Severity, rule


@rule("BG104", title="标题下面没有内容", severity=Severity.WARNING, basis="通行做法", covers=("I04",))
def heading_empty(report: ReportText) -> Iterator[Problem]:
    """每个标题下面要有文字、表格、图，或者下一级标题。

    为什么：多半是模板留下的标题，内容忘了写，或者删了内容没有删标题。

    不对：“（二）”下面没有内容
    报告正文
    一、项目基本情况
    （一）项目名称
    2024年乡村道路维修项目。
    （二）组织管理情况
    二、资金情况
    预算60万元。

    对：下面有表格
    报告正文
    一、项目基本情况
    （一）绩效目标
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 维修里程 | ≥12公里 |
    """
    for heading in report.headings:
        if not report.under(heading) and not heading.text.startswith("附"):
            yield Problem(
                "",
                f"“{heading.text[:30]}”下面没有内容。",
                "补上内容；没有这回事的，删去标题，后面的编号顺上来。",
                at=heading.origin,
                values={"标题": heading.text[:30]},
            )
