"""WB507: the same number is credited to one body here and to several there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.domain.prose import Mention, mentions
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts

_BODIES = re.compile(
    r"(中心|站|所|室|局|医院|学校|公司|合作社|服务队|大队|支队|机构|企业|协会|单位)(?=[、，和与及等共已累为接办开完实成上联]|$)"
)
_TOPICS = (Topic.PROGRESS, Topic.INDICATOR, Topic.OVERALL)
_UNLIKELY_BY_CHANCE = 100
_LONGEST_QUOTE = 30  # 字
_CHANCE = 1000  # 小的数，两处碰巧一样


@rule(
    "WB507",
    title="一个数在两处说的是不同的主体",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H07",),
)
def one_number_two_subjects(facts: Facts) -> Iterator[Problem]:
    """同一个数，在几处应当是同一个（或同一些）单位做的。

    谁做的要看凭证，机器只看得出两处写的不一样，所以报“无法判断”。

    为什么：一处写一个单位做的、一处写几个单位合起来做的，至少有一处不对，可能重复计算。

    不对：一处是中心，一处是中心和各站
    进展表
    | 事项 | 进展情况 |
    | 健康咨询 | 县疾控中心累计接待咨询3200余人次。 |
    指标分析表
    | 事项 | 内容 |
    | 接待咨询 | 县疾控中心、各乡镇卫生站、村卫生室已接待咨询3200余人次。 |

    对：两处一样
    进展表
    | 事项 | 进展情况 |
    | 健康咨询 | 县疾控中心累计接待咨询3200余人次。 |
    指标分析表
    | 事项 | 内容 |
    | 接待咨询 | 县疾控中心已接待咨询3200余人次。 |
    """
    seen: dict[tuple[str, str], tuple[Passage, Mention, frozenset[str]]] = {}
    for passage in facts.passages:
        if passage.topic not in _TOPICS:
            continue
        for mention in mentions(passage.text):
            if mention.number < _UNLIKELY_BY_CHANCE or mention.unit in ("", "%", "元"):
                continue
            before = mention.sentence.split(mention.text)[0]
            bodies = frozenset(_BODIES.findall(before))
            key = (str(mention.number), mention.unit.removesuffix("次"))
            if not bodies:
                continue
            first = seen.setdefault(key, (passage, mention, bodies))
            if first[0] is not passage and first[2] != bodies and (1 in (len(first[2]), len(bodies))):
                say = unsure if mention.approximation or mention.number < _CHANCE else Problem
                yield say(
                    passage.field,
                    f"“{mention.text}”这里写的是“{_quoted(before)}”做的，{first[0].origin}写的是"
                    f"“{_quoted(first[1].sentence.split(first[1].text)[0])}”，主体不一样，看不出哪个对。",
                    "核对台账：是一个单位的数还是几个单位的合计，两处写成一样。",
                    at=passage.origin,
                    values={"这里": before.strip(), "那里": first[1].clause.strip()},
                )
                break


def _quoted(text: str) -> str:
    """一句话里数前面的部分，太长的留头尾：主体在前面，做了什么在后面。"""
    text = text.strip()
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:16]}……{text[-10:]}"
