"""WB505: one thing counted twice in the texts, with two results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.domain.prose import Mention, MentionRole, mentions
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts

_WHERE = (Topic.PROGRESS, Topic.INDICATOR, Topic.FUND_NOTE, Topic.OVERALL, Topic.CONCLUSION)
_FUNCTION = re.compile(
    r"截[至止]|目前|已经?|累计|共计?|实际|全年|本阶段|其中|完成|达到?|为|了|约|月|底|止|初|上半年|前|季度"
)
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]")
_SHORTEST = 6  # 字


@rule(
    "WB505",
    title="同一件事，两处写了两个数",
    severity=Severity.WARNING,
    basis="文内勾稽",
    covers=("E07",),
    criticism=("其他", "按原始记录核对，统一为一个数"),
)
def number_told_twice(facts: Facts) -> Iterator[Problem]:
    """各段文字里说同一件事（前面的话相同、单位相同），数也要相同。

    为什么：一处更新了一处没有更新，两个数读者都不敢用。是不是同一件事机器看不准，所以只提请核对。

    不对：两处的人次不一样
    进展表
    | 事项 | 进展情况 |
    | 健康服务 | 为老年人开展免费健康体检3200人次。 |
    指标分析表
    | 事项 | 内容 |
    | 健康管理率 | 截至7月31日，为老年人开展免费健康体检3020人次。 |

    对：相同，或者一处说得粗
    进展表
    | 事项 | 进展情况 |
    | 健康服务 | 为老年人开展免费健康体检3217人次。 |
    指标分析表
    | 事项 | 内容 |
    | 健康管理率 | 截至7月31日，为老年人开展免费健康体检3200余人次。 |
    """
    first: dict[tuple[str, str], tuple[Mention, Passage]] = {}
    for passage in facts.passages:
        if passage.topic not in _WHERE:
            continue
        for mention in mentions(passage.text):
            if len(mention.lead) < _SHORTEST or not mention.unit:
                continue
            subject = _FUNCTION.sub("", _NOT_HAN.sub("", mention.lead))
            if len(subject) < _SHORTEST or mention.role is MentionRole.TARGET:
                continue
            known = first.setdefault((subject, mention.unit), (mention, passage))
            other, where = known
            if where is passage or mention.agrees(other.number) or other.agrees(mention.number):
                continue
            if mention.number == other.number:
                continue
            label = where.subject.strip() or where.topic.value
            yield unsure(
                passage.field,
                f"这里写“{subject}”{mention.text}，“{label}”里写的是 {other.text}。",
                "是同一件事就改成同一个数；统计的时间、范围不同的，写明。",
                at=passage.origin,
                values={"这里": mention.text, label: other.text},
            )
