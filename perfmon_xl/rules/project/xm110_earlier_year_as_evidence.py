"""XM110: what happened in an earlier year, given as the evidence for this one."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.years import earlier_years

_WHERE = (Topic.INDICATOR, Topic.OVERALL, Topic.CONCLUSION)


@rule(
    "XM110",
    title="用以前年度的事说明本年的指标",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("A01",),
)
def earlier_year_as_evidence(facts: Facts) -> Iterator[Problem]:
    """指标分析和结论里说的事，应当是预算年度内的；以前年度的，要写明是背景还是对比。

    为什么：用上一年的做法和结果证明本年的指标，本年做没做看不出来；多半是从上一年的报告抄来的。

    不对：2024年的满意度，讲的是2023年的回访
    预算年度：2024
    指标分析表
    | 事项 | 内容 |
    | 门诊患者满意度 | 2023年卫生院采用电话回访的方式了解满意率，达98%。 |

    对：本年的
    预算年度：2024
    指标分析表
    | 事项 | 内容 |
    | 门诊患者满意度 | 2024年卫生院采用电话回访的方式了解满意率，达98%，较2023年提高2个百分点。 |
    """
    for passage, stated, words, planning, year in earlier_years(facts, _WHERE):
        if not planning:
            yield Problem(
                passage.field,
                f"讲的是{stated}年的事（“{words}”），预算年度是{year}年。",
                f"是笔误就改成{year}年；本年没有做的，不能拿{stated}年的顶；作为背景的，写明。",
                at=passage.origin,
                values={"文字": f"{stated}年", "预算年度": str(year)},
            )
