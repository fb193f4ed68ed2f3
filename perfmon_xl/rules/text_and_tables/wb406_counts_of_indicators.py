"""WB406: so many indicators, so many met: the counts in the text against the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.verdicts import names_and_actuals, split

_TRACKED = re.compile(
    r"(?:跟踪|监控|涉及|设置|共有?|的)(?:的)?(?:绩效)?\s*(\d+)\s*[个项](?:三级)?(?:绩效)?指标(?:中|[，,、]|均|全部|都)"
)
_MET = re.compile(
    r"(?<![未\d])(\d{1,6})\s{0,4}[个项](?:指标)?(?:已|均|都|全部)*(?:达到|达成|完成)(?:了)?(?:本阶段|阶段性?|年度|预期)?(?:绩效)?目标"
)


@rule(
    "WB406",
    title="文字里的指标个数与表4不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("B16", "H06"),
)
def counts_of_indicators(facts: Facts) -> Iterator[Problem]:
    """结论和综合分析里“跟踪的几个指标中，几个达到目标”，要与表4数出来的一样。

    为什么：表4增减了指标、改了实际数，结论里的个数最容易忘改。

    不对：表4有2个指标，写成3个
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 栽植苗木 | ≥900株 | ≥500株 | 520株 |
    | 苗木成活率 | ≥90% | ≥90% | 85% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 跟踪的3个指标中，2个达到本阶段目标。 |

    对：个数一样
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 栽植苗木 | ≥900株 | ≥500株 | 520株 |
    | 苗木成活率 | ≥90% | ≥90% | 85% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 跟踪的2个指标中，1个达到本阶段目标，1个未达到。 |
    """
    met, unmet, unknown = split(facts)
    total = len(met) + len(unmet) + len(unknown)
    if not total:
        return
    for passage in facts.written(Topic.CONCLUSION, Topic.OVERALL):
        if passage.topic is Topic.OVERALL and passage.subject.strip() != "效率性分析":
            continue
        stated = _TRACKED.search(passage.text)
        done = _MET.search(passage.text)
        wrong: list[str] = []
        if stated is not None and int(stated[1]) != total:
            wrong.append(f"指标写 {stated[1]} 个，表4有 {total} 个")
        if done is not None and not len(met) <= int(done[1]) <= len(met) + len(unknown):
            wrong.append(
                f"达到目标写 {done[1]} 个，表4算出来 {len(met)} 个"
                + (f"，{names_and_actuals(unmet)}没有达到" if unmet else "")
            )
        if wrong:
            yield Problem(
                passage.field,
                "；".join(wrong) + "。",
                "按表4改个数；只讲其中一部分指标的，写明是哪一部分。",
                at=passage.origin,
                values={"表4": f"{total}个，达成{len(met)}个"},
            )
