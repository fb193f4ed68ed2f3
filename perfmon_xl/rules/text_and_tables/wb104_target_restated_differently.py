"""WB104: the paragraph restates the target, and not as the table has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Paragraph
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import said_in, year_of
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

    不对：期限是另一天
    监控截止日期：2024-08-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 时效指标 | 首次放流时间 | 2024年5月20日前 | 2024年5月9日 |
    指标分析表
    | 事项 | 内容 |
    | 首次放流时间 | 首次放流在5月9日，原计划5月12日，期限为5月30日。 |

    对：文字里是全年目标和本阶段目标
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 改造泵站数量 | ≥80座 | ≥40座 | 45座 |
    指标分析表
    | 事项 | 内容 |
    | 改造泵站数量 | 全年计划改造泵站80座，本阶段应完成40座，实际完成45座。预计四季度还需改造35座。 |
    """
    yield from _deadline_restated(indicator, facts, written)
    for wrong in wrong_targets(indicator, said_in(facts, written), planned=True):
        yield Problem(
            "text",
            wrong.message,
            "照表里的写法复述目标；目标调整过的，写明原来是多少、为什么调整。",
            of=written,
            values={"文字": wrong.text, "表": wrong.shown},
        )
        return


_DUE = re.compile(
    r"(?:期限|时限|目标(?:时间|日期)?|要求(?:时间|日期|完成)?|规定(?:时间|日期)?|应)(?:的时间|的日期)?(?:为|是|在|于|：|:|完成于)?$"
)


def _deadline_restated(indicator: Indicator, facts: Facts, written: Paragraph) -> Iterator[Problem]:
    """“期限为5月30日”，而目标是5月20日前。"""
    compared = indicator.compared
    if compared is None:
        return
    year = year_of(facts)
    known = [d for v in (compared.annual, compared.stage) if (d := v.day or _last(v, year)) is not None]
    if not known:
        return
    for statement in said_in(facts, written):
        for when in statement.sentence.whens:
            before = re.split(r"[，,；;。]", statement.sentence.text[max(0, when.start - 20) : when.start])[
                -1
            ]
            if not _DUE.search(before) or re.search("原|招标|合同|计划", before):
                continue
            days = {(d.month, d.day) if not when.stated else (d.year, d.month, d.day) for d in known}
            own = [
                (d.month, d.day) if not when.stated else (d.year, d.month, d.day)
                for d in (when.first, when.last)
            ]
            if when.first <= when.last and any(own[0] <= d <= own[1] for d in days):
                continue
            shown = compared.annual.raw.strip() or compared.stage.raw.strip()
            yield Problem(
                "text",
                f"复述的期限“{before[-6:]}{when.text}”，表4“{indicator.name}”的目标是“{shown}”。",
                "按批复核对，改成同一天。",
                of=written,
                values={"文字": when.text, "目标值": shown},
            )
            return


def _last(value: TargetValue, year: int) -> date | None:
    days = value.days(year)
    return days.last if days is not None else None
