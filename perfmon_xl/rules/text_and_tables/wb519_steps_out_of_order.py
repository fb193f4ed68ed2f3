"""WB519: a later step dated before an earlier one, or a period that ends before it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from perfmon_xl.domain.passage import Topic
from perfmon_xl.ledger.reading import Sentence
from perfmon_xl.ledger.steps import out_of_order, steps
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import sentences_of_people
from perfmon_xl.rules.facts import Facts

_PERIOD = re.compile("(?P<a>[\uf000-\uf7ff])起?(?:至|到|—|－|-|~|～)(?P<b>[\uf000-\uf7ff])")


@rule("WB519", title="前后两步的日期倒了", severity=Severity.ERROR, basis="文内勾稽", covers=("A03",))
def steps_out_of_order(facts: Facts) -> Iterator[Problem]:
    """招标公告、开标、中标、签合同、开工、完工、验收，一步在一步之后；一段时间的终点不会在起点之前。

    为什么：日期倒了，不是有一个写错，就是程序有问题，监控都要说清。说了几个标段、几批、重新招标的不比；计划的、
    要求的日期不算。

    不对：合同签在公告之前；终点在起点之前
    项目背景：4月10日发布招标公告，2月18日与中标单位签订合同。服务期为2024年9月1日至2024年3月31日。
    共报 2 处

    对：先后不乱；两个标段；计划的日期
    项目背景：2月18日发布招标公告，4月10日与中标单位签订合同，计划4月1日开工。
    进展表
    | 事项 | 进展情况 |
    | 工程 | 一标段4月10日发布招标公告，二标段2月18日签订合同。 |
    """
    for passage, group in groupby(sentences_of_people(facts), key=lambda statement: statement.passage):
        if passage.topic is Topic.MEASURE:
            continue
        sentences = [statement.sentence for statement in group]
        for earlier, later in out_of_order(steps(sentences)):
            yield Problem(
                passage.field,
                f"“{later.quote.strip()}”在“{earlier.quote.strip()}”之前："
                f"{later.name}（{later.when.text}）早于{earlier.name}（{earlier.when.text}）。",
                "查合同、公告和验收单，改掉写错的日期；是另一件事的，写明。",
                at=passage.origin,
                values={earlier.name: earlier.when.text, later.name: later.when.text},
            )
        yield from _backwards(sentences, passage.field, passage.origin)


def _backwards(sentences: list[Sentence], field: str, origin: object) -> Iterator[Problem]:
    for sentence in sentences:
        for match in _PERIOD.finditer(sentence.skeleton):
            start, end = sentence.when(match["a"]), sentence.when(match["b"])
            if (
                (start.stated or start.first.month == end.first.month)
                and (end.stated or end.first.year == start.first.year)
                and end.last < start.first
            ):
                yield Problem(
                    field,
                    f"“{sentence.shown(match.start(), match.end())}”：{end.text} 在 {start.text} 之前。",
                    "核对起止日期，改掉写错的一个。",
                    at=origin,  # type: ignore[arg-type]
                    values={"起": start.text, "止": end.text},
                )
