"""WB103: the text says “余” or “近” where the table has an exact number that is not so."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.prose import MentionRole, mentions
from perfmon_xl.domain.target import base_unit
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.mentions import mentions_of

_UNLIKELY_BY_CHANCE = 1000  # 两处一千以上的数恰好相同，当作同一个数
_MEANS = {"余": "超过这个数", "近": "不到这个数"}


@rule(
    "WB103",
    title="文字写“余”“近”，表4是个整数",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H11",),
)
def surplus_against_exact(indicator: Indicator, facts: Facts, *, compared: Compared) -> Iterator[Problem]:
    """“5000余人次”是五千多，表4填5000人次就是正好五千，两处只有一个对。

    为什么：监控要的是台账上的数；写“余”多半说明没有核到准数，表里却当准数用了。

    不对：文字5000余人次，表4是5000人次
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 义诊服务人次 | ≥4000人次 | 5000人次 |
    指标分析表
    | 事项 | 内容 |
    | 义诊服务人次 | 截至2024年7月31日已义诊服务5000余人次。 |

    对：文字5000余人次，表4是5321人次
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 义诊服务人次 | ≥4000人次 | 5321人次 |
    指标分析表
    | 事项 | 内容 |
    | 义诊服务人次 | 截至2024年7月31日已义诊服务5000余人次。 |
    """
    actual, paragraph = compared.actual, indicator.paragraph
    base = measures.measured(actual)
    if base is None or actual.approximation:
        return
    found = (
        mentions_of(paragraph.text, actual, [MentionRole.ACTUAL, MentionRole.UNKNOWN])
        if paragraph is not None
        else ()
    )
    # 另有一处写了准数的，这一处只是说得粗。
    if any(not m.approximation and m.agrees(base[0]) for m in found):
        return
    unit = base_unit(actual.unit)
    elsewhere = [
        m
        for passage in facts.about(Topic.PROGRESS)
        if base[0] >= _UNLIKELY_BY_CHANCE
        for m in mentions(passage.text, [unit])
        if m.unit == unit
    ]
    for mention in [*found, *elsewhere]:
        if mention.approximation in _MEANS and mention.number == base[0]:
            yield Problem(
                "actual",
                f"文字写“{mention.text}”，意思是{_MEANS[mention.approximation]}；"
                f"表4填的却是正好的“{actual.raw.strip()}”。",
                "从台账取准数，两处都写准数。",
                of=compared,
                values={"表4": actual.raw.strip(), "文字": mention.text},
            )
            return
