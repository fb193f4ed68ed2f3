"""XM101: the plan, or the state, of a year that is not the budget year."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.years import earlier_years

_WHERE = (Topic.INDICATOR, Topic.FUND_NOTE, Topic.OVERALL, Topic.CONCLUSION, Topic.PROGRESS)


@rule(
    "XM101",
    title="文字里写的是另一年",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("A01",),
)
def plan_of_another_year(facts: Facts) -> Iterator[Problem]:
    """分析、资金说明、进展和结论里讲本年计划和完成情况的年份，应当是预算年度（跨年项目在起止年份之内）。

    为什么：多半是从上一年的报告抄来没有改；年份错了，数是哪一年的也说不清。

    不对：2024年的监控写2023年初计划
    预算年度：2024
    指标分析表
    | 事项 | 内容 |
    | 渠道衬砌长度 | 2023年初计划衬砌渠道20公里，截至2024年8月31日已衬砌15公里。 |

    对：与上年比、文件年号、起止年份不算
    预算年度：2024
    指标分析表
    | 事项 | 内容 |
    | 渠道衬砌长度 | 按水农〔2022〕4号文件，2024年计划衬砌20公里，比2023年多5公里；2021年至2025年共100公里。 |

    对：跨年项目
    预算年度：2024
    项目开始日期：2023-03-01
    项目结束日期：2025-12-31
    指标分析表
    | 事项 | 内容 |
    | 渠道衬砌长度 | 2023年已衬砌8公里。 |
    """
    for passage, stated, words, planning, year in earlier_years(facts, _WHERE):
        # 下一年的打算可以写；上一年的，没有“计划”“截至”“完成”这样的话，也可能是背景。
        if planning:
            yield Problem(
                passage.field,
                f"写的是{stated}年（“{words}”），预算年度是{year}年。",
                f"是笔误就改成{year}年；确实讲{stated}年的，写明是对比，如“比{stated}年”。",
                at=passage.origin,
                values={"文字": f"{stated}年", "预算年度": str(year)},
            )
