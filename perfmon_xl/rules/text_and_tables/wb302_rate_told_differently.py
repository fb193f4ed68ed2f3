"""WB302: a printed rate that the amounts do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.prose import Mention, mentions
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.money import rates

_WHERE = (Topic.FUND_NOTE, Topic.OVERALL, Topic.CONCLUSION)
_RATE = re.compile(
    r"(执行率|到位率|使用率|支出率|支付率|支出进度|执行进度|序时进度)(?:已|约|仅|只)*(?:为|达到?|是|到|：)*$"
)


@rule(
    "WB302",
    title="文字里的执行率、到位率与算出来的不一样",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("B05", "B06"),
)
def rate_told_differently(facts: Facts) -> Iterator[Problem]:
    """文字里的预算执行率、资金到位率、序时进度，应当等于按资金表和监控截止日期算出来的。

    为什么：执行率是监控的第一个数，印出来的与表里的金额除出来的不同，整份报告就不可信；分母不同的要说明。

    不对：43.2÷60=72%，写成78%
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 60 | 43.2 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 项目实际支出43.2万元，执行率78%。 |

    不对：按到位数算的，没有说明分母
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 财政拨款 | 60 | 43.2 | 43.2 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 项目实际支出43.2万元，资金使用率为100%。 |

    对：72%
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 财政拨款 | 60 | 60 | 43.2 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 资金到位率100%，项目实际支出43.2万元，执行率为72.00%。 |
    """
    funds = facts.figures.funds
    known = {"到位率": funds.arrival_rate, "序时进度": funds.pace}
    for passage in facts.written(*_WHERE):
        for mention in (m for m in mentions(passage.text) if m.unit == "%"):
            match = _RATE.search(mention.clause)
            if (
                match is None
                or _one_source(mention, facts)
                or re.search("目标|计划|上年|去年|应", mention.clause)
            ):
                continue
            name = match[1]
            value = known.get(name, funds.execution_rate)
            if value is None or mention.agrees(value * 100):
                continue
            name = name if name in known else "执行率"
            others = {k: v for k, v in rates(funds).items() if name == "执行率" and mention.agrees(v * 100)}
            values = {"文字": mention.text, "算出来的": percent(value)}
            if others:
                which = "、".join(others)
                if any(word[:2] in mention.sentence for word in others if word != "年初预算数"):
                    continue
                yield unsure(
                    passage.field,
                    f"文字写{match[1]}“{mention.text}”，那是除以{which}；按本规则的分母算是 {percent(value)}。",
                    f"写明分母是{which}，或者改成 {percent(value)}。",
                    at=passage.origin,
                    values=values,
                )
                continue
            yield Problem(
                passage.field,
                f"文字写{match[1]}“{mention.text}”，按资金表{'和截止日期' if name == '序时进度' else ''}算是 {percent(value)}。",
                "金额和比率一起核对；表更新过的，文字跟着改。",
                at=passage.origin,
                values=values,
            )


def _one_source(mention: Mention, facts: Facts) -> bool:
    """这句话讲的是某一个资金来源，不是合计。"""
    sources = [f.source.strip() for f in facts.monitoring.funding if f.source.strip()]
    return len(sources) > 1 and any(s in mention.sentence for s in sources)
