"""WB104: the paragraph restates the target, and not as the table has it."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Paragraph
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import said_in
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.restated_targets import wrong_targets


@rule(
    "WB104",
    title="文字里复述的目标与表里的目标值不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("D13",),
)
def target_restated_differently(
    indicator: Indicator, facts: Facts, *, written: Paragraph
) -> Iterator[Problem]:
    """指标分析里写“计划……”的数，应当是各表里这个指标的一个目标值；表里是“≥70件”，文字不写“70余件”。

    为什么：目标值一字之差，完成与否就不同；“≥70件”是至少70件，“70余件”是多于70件。

    不对：表里80座，文字里计划60座
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 改造泵站数量 | ≥80座 | ≥40座 | 45座 |
    指标分析表
    | 事项 | 内容 |
    | 改造泵站数量 | 年初计划改造泵站60座，截至2024年6月30日已改造45座。 |

    不对：表里≥70件，文字里70余件
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 抽检食品批次 | ≥70批次 | 45批次 |
    指标分析表
    | 事项 | 内容 |
    | 抽检食品批次 | 年初计划抽检70余批次，已抽检45批次。 |

    对：文字里是全年目标和本阶段目标
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 改造泵站数量 | ≥80座 | ≥40座 | 45座 |
    指标分析表
    | 事项 | 内容 |
    | 改造泵站数量 | 全年计划改造泵站80座，本阶段应完成40座，实际完成45座。预计四季度还需改造35座。 |
    """
    for wrong in wrong_targets(indicator, said_in(facts, written), planned=True):
        yield Problem(
            "text",
            wrong.message,
            "照表里的写法复述目标；目标调整过的，写明原来是多少、为什么调整。",
            of=written,
            values={"文字": wrong.text, "表": wrong.shown},
        )
        return
