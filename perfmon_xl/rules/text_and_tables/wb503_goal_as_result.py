"""WB503: the wording of the goal, handed in as the result."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.text_keys import prose_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_SHORTEST = 15  # 字；更短的句子相像不说明什么
_ALIKE = 0.9
_FARTHEST = 0.25  # 字数差得更多的，不可能这样像，不必比
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
    worded = [(label, prose_key(text)) for label, text in sources]
    goals = [(label, text) for label, text in worded if len(text) >= _SHORTEST]
    for passage in facts.passages:
        if passage.topic not in _WHERE:
            continue
        text = prose_key(passage.text)
        if len(text) < _SHORTEST:
            continue
        size, far = len(text), len(text) * _FARTHEST
        near = [goal for goal in goals if abs(len(goal[1]) - size) <= far]
        if not near:
            continue
        matcher = SequenceMatcher(None, "", text, autojunk=False)  # it prepares its second text only once
        for label, goal in near:
            matcher.set_seq1(goal)
            # 前两个算得快，只会偏大：先筛一遍。
            ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
            if not all(ratio() >= _ALIKE for ratio in ratios):
                continue
            yield Problem(
                passage.field,
                f"“{passage.subject.strip()}”写的“{passage.text.strip()[:20]}…”与{label}几乎一样（{len(text)} 字）。",
                "改写成做了什么、做到多少，用数说话。",
                at=passage.origin,
                values={"文字": passage.text.strip()[:20], "目标": goal[:20]},
            )
            break
