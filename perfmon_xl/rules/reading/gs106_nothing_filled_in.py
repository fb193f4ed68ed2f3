"""GS106: what no report can do without is not filled in yet."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.wording import FILL
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("GS106", title="工作簿还没有填", severity=Severity.ERROR, basis="通行做法", on_report=None)
def nothing_filled_in(facts: Facts) -> Iterator[Problem]:
    """项目名称、监控截止日期要填，表1、表3、表4 至少有一个指标。

    为什么：空着的工作簿里没有数，也就没有错；查不出问题，不等于可以出报告。

    不对：只填了名称
    项目名称：2024年社区养老服务项目

    不对：没有名称
    预算年度：2024
    监控截止日期：2024-07-31
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 培训人次 | ≥500人次 |

    对：名称、截止日期、指标都有了
    项目名称：2024年社区养老服务项目
    预算年度：2024
    监控截止日期：2024-07-31
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 培训人次 | ≥500人次 |
    """
    project = facts.monitoring.project
    if not project.name.strip() and "name" not in project.place.faults:
        yield Problem(
            "name", "项目名称空着，报告没有题目。", "填批复的项目名称，全文只用这一个。", of=project
        )
    # With the year filled in, XM103 says it.
    asked = project.document_kind.is_monitoring
    if asked and project.cutoff is None and not project.year.strip() and "cutoff" not in project.place.faults:
        yield Problem(
            "cutoff",
            "监控截止日期空着，不知道数据截至哪一天。",
            "填支出数和实际完成值统计到的那一天，一般是月末。",
            of=project,
        )
    monitoring = facts.monitoring
    names = [
        *(r.name for r in monitoring.declared),
        *(r.name for r in monitoring.adjusted),
        *(r.name for r in monitoring.compared),
    ]
    if not any(name.strip() for name in names):
        yield Problem(
            "",
            "表1、表3、表4 里一个指标也没有，没有可以监控的内容。",
            "先照申报表填表1，再" + FILL + "，带入表3、表4。",
        )
