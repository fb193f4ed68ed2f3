"""BG115: the report calls its own work by another name than its title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.report_text import ReportText
from perfmon_xl.rules import Problem, Severity, rule

_OWN = re.compile(
    r"(?:本次|此次)(?:项目)?(?:绩效)?(监控|跟踪|评价|自评)|绩效(跟踪|评价|自评)(?:结论|节点|时点|小组)|(跟踪)(?:节点|时点)"
)


@rule("BG115", title="监控、跟踪、评价混着叫", severity=Severity.INFO, basis="通行做法", covers=("A04",))
def work_by_many_names(report: ReportText) -> Iterator[Problem]:
    """题名叫“绩效运行监控报告”的，说到自己时都叫“监控”，不叫“跟踪”“评价”。

    为什么：监控、评价是两项工作，要求、时间都不同；混着叫，多半是从评价报告改来的。

    不对：题名是监控，结论叫评价
    报告正文
    2024年乡村道路维修项目绩效运行监控报告
    一、项目概况
    维修道路12公里。
    二、结论
    本次绩效评价结论如下：进度正常。

    对：都叫监控；说制度的“绩效评价”不算
    报告正文
    2024年乡村道路维修项目绩效运行监控报告
    一、项目概况
    维修道路12公里，项目按《绩效评价管理办法》管理，运用绩效评价结果安排预算。
    二、结论
    本次绩效监控结论如下：进度正常。
    """
    title = next((line.text for line in report.cover if re.search(r"监控[^，。]{0,4}报告", line.text)), "")
    if not title:
        return
    seen: Counter[str] = Counter()
    first: dict[str, tuple[str, Origin]] = {}
    for line in report.body:
        for match in _OWN.finditer(re.sub(r"《[^》]*》", "", line.text)):
            word = match[1] or match[2] or match[3]
            if word != "监控":
                seen[word] += 1
                first.setdefault(word, (match[0], line.origin))
    for word, count in seen.items():
        said, origin = first[word]
        yield Problem(
            "",
            f"题名是“监控”，这里写“{said}”，叫“{word}”的一共 {count} 处。",
            f"说到本次工作的，把“{word}”改成“监控”。",
            at=origin,
            values={"题名": "监控", "文中": word},
        )
