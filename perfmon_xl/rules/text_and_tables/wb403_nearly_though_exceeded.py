"""WB403: “basically” done, where everything is done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.verdicts import names_and_actuals, split

_NEARLY = re.compile(r"基本(?:完成|达到|实现|达成)[^，。；]{0,12}(?:目标|任务|指标|要求)")


@rule(
    "WB403",
    title="“基本完成”与算出来的状态不符",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H06",),
)
def nearly_though_exceeded(facts: Facts) -> Iterator[Problem]:
    """“基本完成”是说还差一点：表4全部达成的不用“基本”，一半以上没有达成的也不能说“基本”。

    为什么：结论用词有分量，“完成”“基本完成”“未完成”要与表4算出来的一致。

    不对：两个指标都没有达到
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 造林面积 | ≥500亩 | ≥300亩 | 120亩 |
    | 苗木成活率 | ≥90% | ≥90% | 70% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 项目基本完成预期目标。 |

    不对：都达到了
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 造林面积 | ≥500亩 | ≥300亩 | 320亩 |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 项目基本完成预期目标。 |

    对：三个里差一个
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 造林面积 | ≥500亩 | ≥300亩 | 320亩 |
    | 管护面积 | ≥500亩 | ≥300亩 | 330亩 |
    | 苗木成活率 | ≥90% | ≥90% | 88% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 项目基本完成预期目标，苗木成活率略低于目标。 |
    """
    met, unmet, unknown = split(facts)
    total = len(met) + len(unmet) + len(unknown)
    if not total:
        return
    for passage in facts.passages:
        if passage.topic not in (Topic.OVERALL, Topic.CONCLUSION):
            continue
        match = _NEARLY.search(passage.text)
        if match is None:
            continue
        if len(unmet) * 2 > total:
            message = f"写了“{match[0]}”，表4 {total} 个指标里 {len(unmet)} 个没有达到：{names_and_actuals(unmet)}。"
            hint = "如实写未达到的个数和差距。"
        elif len(met) == total:
            message = f"写了“{match[0]}”，表4 {total} 个指标全部达到本阶段目标，不是“基本”。"
            hint = "全部达到就写“完成本阶段目标”；还有没有做的，写明是什么。"
        else:
            continue
        yield Problem(
            passage.field,
            message,
            hint,
            at=passage.origin,
            values={"文字": match[0], "达成": str(len(met)), "未达成": str(len(unmet))},
        )
