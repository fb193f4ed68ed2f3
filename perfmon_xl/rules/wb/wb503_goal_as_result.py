"""WB503: the wording of the goal, handed in as the result."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from perfmon_xl.domain.finding import Severity
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.prose import wording
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.registry import Problem, rule

_SHORTEST = 15  # 字；更短的句子相像不说明什么
_ALIKE = 0.9
_WHERE = (Topic.PROGRESS, Topic.INDICATOR, Topic.OVERALL, Topic.CONCLUSION)


@rule(
    "WB503",
    title="完成情况照抄目标的原文",
    severity=Severity.WARNING,
    basis="文内勾稽",
    covers=("H10",),
)
def goal_as_result(facts: Facts) -> Iterator[Problem]:
    """进展和分析要写做了什么、做到多少，不能把年度绩效目标或指标解释的原文抄一遍。

    为什么：抄目标等于没有写完成情况，读者不知道做没做。

    不对：整段就是目标
    年度绩效目标：完成乡镇敬老院消防改造，改善老年人居住条件，提高供养服务水平。
    综合分析表
    | 事项 | 内容 |
    | 效益性分析 | 完成乡镇敬老院消防改造，改善老年人居住条件，提高供养服务水平。 |

    对：写了做到什么程度
    年度绩效目标：完成乡镇敬老院消防改造，改善老年人居住条件，提高供养服务水平。
    综合分析表
    | 事项 | 内容 |
    | 效益性分析 | 6所敬老院完成消防改造，惠及老年人420人，投诉由9件降到2件。 |
    """
    sources = [("年度绩效目标", facts.monitoring.goal.text)]
    sources += [("表2的目标", t) for c in facts.monitoring.goal_changes for t in (c.original, c.revised)]
    sources += [(f"“{a.name.strip()}”的指标解释", a.explanation) for a in facts.monitoring.adjusted]
    worded = [(label, wording(text)) for label, text in sources]
    goals = [(label, text) for label, text in worded if len(text) >= _SHORTEST]
    for passage in facts.passages:
        if passage.topic not in _WHERE:
            continue
        text = wording(passage.text)
        if len(text) < _SHORTEST:
            continue
        near = [(label, goal) for label, goal in goals if _near_in_length(text, goal)]
        matcher = SequenceMatcher(None, "", text if near else "", autojunk=False)  # prepares this text once
        for label, goal in near:
            matcher.set_seq1(goal)
            # 前一个算得快，只会偏大：先筛一遍。
            if not all(ratio() >= _ALIKE for ratio in (matcher.quick_ratio, matcher.ratio)):
                continue
            yield Problem(
                passage.field,
                f"“{passage.subject.strip()}”写的“{passage.text.strip()[:20]}…”与{label}几乎一样（{len(text)} 字）。",
                "改写成做了什么、做到多少，用数说话。",
                at=passage.origin,
                values={"文字": passage.text.strip()[:20], "目标": goal[:20]},
            )
            break


def _near_in_length(one: str, other: str) -> bool:
    """字数差得多的，不可能几乎一样，不必比。"""
    return 2 * min(len(one), len(other)) >= _ALIKE * (len(one) + len(other))
