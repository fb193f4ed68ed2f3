"""BG101: headings or numbered paragraphs that skip or repeat a number."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.report_text import ReportText
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.text_marks import numbered


@rule("BG101", title="编号跳号或重号", severity=Severity.WARNING, basis="通行做法", covers=("I04",))
def numbers_broken(report: ReportText) -> Iterator[Problem]:
    """标题和列举的段落，编号从一数起，不跳不重。

    为什么：跳了号，读者以为少了一节；重了号，引用“三（二）”时不知道是哪一个。

    不对：（一）后面是（三）
    报告正文
    一、项目基本情况
    （一）项目名称
    2024年乡村道路维修项目。
    （三）资金安排情况
    预算60万元。

    不对：两个“二、”
    报告正文
    一、项目基本情况
    维修道路12公里。
    二、资金情况
    预算60万元。
    二、绩效情况
    已维修9公里。

    对：中间有一个没有编号的小标题
    报告正文
    第一部分 项目概况
    维修道路12公里。
    基本信息
    2024年乡村道路维修项目。
    第二部分 资金情况
    预算60万元。

    对：连续；每节重新数；附件自己从一数起
    报告正文
    一、项目基本情况
    （一）项目名称
    2024年乡村道路维修项目。
    （二）资金安排情况
    预算60万元。
    二、绩效情况
    （一）产出
    （1）已维修9公里。
    （2）已验收8公里。
    附件：问题清单
    一、进度偏慢
    """
    for one in numbered(report):
        if one.number in (one.before + 1, 1) and not (one.number == one.before == 1):
            continue
        before = f"前面一个是第 {one.before} 个" if one.before else "前面没有第 1 个"
        yield Problem(
            "",
            f"“{one.line.text[:20]}”的编号是第 {one.number} 个，{before}。",
            "补上漏的一节，或把编号顺下来；目录和文中的引用一起改。",
            at=one.line.origin,
            values={"编号": one.line.mark, "前一个": str(one.before)},
        )
