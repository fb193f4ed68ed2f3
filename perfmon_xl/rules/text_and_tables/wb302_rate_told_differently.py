"""WB302: a printed rate that the amounts do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.passage import Topic
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.claims import Statement, exact, of_another_time, sentences_of_people
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.money import is_whole, rates
from perfmon_xl.rules.shared.sources import named_sources

_HAN = re.compile(r"[^\u4e00-\u9fff]")
_SIGNS = re.compile("[\ue000-\uf7ff]")
_WHERE = (Topic.FUND_NOTE, Topic.OVERALL, Topic.CONCLUSION)
_RATE = re.compile(
    r"((?:预算|资金|经费)?(?:执行率|到位率|使用率|支出率|支付率|拨付率|(?<=预算)完成率|支出进度|执行进度|支付进度|拨付进度|序时进度"
    r"|(?:支付|支出|使用|执行|到位|拨付)比例))(?:已|约|仅|只|现)*(?:为|达到?|是|到|：)*$"
)
_PLAINLY_OF_FUNDS = re.compile(
    "(?:全部|项目|整体|总)资金|预算执行率"
)  # told in the analysis of an indicator, yet of the whole project
_ARRIVAL = ("到位率", "到位比例")
_EITHER = ("拨付",)  # 拨到单位，或者付给商家


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

    不对：占预算的比例
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 财政拨款 | 60 | 50 | 43.2 |
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 截至7月31日支出43.2万元，占预算的78%，占到位资金的86.4%。 |
    """
    yield from _shares(facts)
    funds = facts.figures.funds
    claims = list(_claims(facts))
    for statement, rate, name in claims:
        pace, arrival = name.endswith("序时进度"), name.endswith(_ARRIVAL)
        value = funds.pace if pace else funds.arrival_rate if arrival else funds.execution_rate
        if value is None or rate.covers(value * 100) or (_paid_out(name, rate, funds.arrival_rate)):
            continue
        others = {} if pace or arrival else {k: v for k, v in rates(funds).items() if rate.covers(v * 100)}
        values = {"文字": rate.plainly, "算出来的": percent(value)}
        if not others:
            yield Problem(
                statement.passage.field,
                f"文字写{name}“{rate.text}”，按资金表{'和截止日期' if pace else ''}算是 {percent(value)}。",
                "金额和比率一起核对；表更新过的，文字跟着改。",
                at=statement.passage.origin,
                values=values,
            )
            continue
        which = "、".join(others)
        if any(word[:2] in statement.sentence.text for word in others if word != "年初预算数"):
            continue
        twin = next(
            (c for c in claims if c[1].covers(value * 100) and not c[2].endswith((*_ARRIVAL, "序时进度"))),
            None,
        )
        if twin is None:
            yield unsure(
                statement.passage.field,
                f"文字写{name}“{rate.text}”，那是除以{which}；按本规则的分母算是 {percent(value)}。",
                f"写明分母是{which}，或者改成 {percent(value)}。",
                at=statement.passage.origin,
                values=values,
            )
            continue
        yield Problem(
            statement.passage.field,
            f"同一个{name}前后写成两个数：这里“{rate.text}”是除以{which}，另一处（{twin[0].passage.origin}）“{twin[1].text}”是除以预算，两处都没有写明分母。",
            f"各处用一个口径；要写两个的，写明这里的分母是{which}。",
            at=statement.passage.origin,
            values={"这里": rate.plainly, "另一处": twin[1].plainly},
        )


_SHARE_OF = re.compile(
    r"占(?:项目|全年|年度|调整后的?|总|已|实际)*(?:(?P<budget>预算)|(?P<arrived>到位))(?:资金|数|总额|金额)*的(?:比例为|比重为)?$"
)


_RECKONED = re.compile(
    r"按照?(?:项目|实际|已|年初|调整后的?)*(?:(?P<budget>预算)|(?P<arrived>到位))(?:资金|数|总额|金额)*(?:计算|口径|测算|为分母|算)(?:的)?(?:执行率|支出率)?(?:为|是|达|约)?$"
)


def _shares(facts: Facts) -> Iterator[Problem]:
    """“支出94万元，占预算的52.22%，占到位资金的62.67%”：照资金表除出来的要一样。"""
    known = rates(facts.figures.funds)
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE:
            continue
        for n, rate in enumerate(statement.sentence.quantities):
            match = _SHARE_OF.search(statement.sentence.before(n))
            lead = _SIGNS.sub("", statement.sentence.skeleton[: statement.sentence.at[n]])
            reckoned = _RECKONED.search(_SIGNS.sub("", statement.sentence.clause(n)))
            if match is None and reckoned is not None and re.search("执行率|支出率", statement.passage.text):
                match = reckoned
            elif match is None or not _ALL_SPENT.search(lead):
                continue
            if rate.unit != "%" or not is_whole(lead, facts) or _one_source(lead, facts):
                continue
            if of_another_time(facts, statement, n):
                continue
            wholes = ("到位数",) if match["arrived"] else ("调整后预算数", "年初预算数")
            values = [known[name] for name in wholes if name in known]
            if not values or any(rate.covers(value * 100) for value in values):
                continue
            yield Problem(
                statement.passage.field,
                f"文字写{'支出' if match is not reckoned else ''}{match[0]}“{rate.text}”，按资金表算是 {percent(values[0])}。",
                "金额和比率一起核对；表更新过的，文字跟着改。",
                at=statement.passage.origin,
                values={"文字": rate.plainly, "算出来的": percent(values[0])},
            )


_ALL_SPENT = re.compile(r"(?:^|[，,；;]|截[至止]|项目|实际|累计|共|已|全年)支出")


def _claims(facts: Facts) -> Iterator[tuple[Statement, Quantity, str]]:
    """文字里整个项目到监控截止日的各个率：在哪一句、数、叫什么。"""
    for statement in sentences_of_people(facts):
        elsewhere = statement.passage.topic not in _WHERE
        if elsewhere and (
            statement.passage.topic is not Topic.INDICATOR
            or not _PLAINLY_OF_FUNDS.search(statement.sentence.text)
        ):
            continue
        for n, rate in enumerate(statement.sentence.quantities):
            clause = _SIGNS.sub("", statement.sentence.clause(n))
            match = _RATE.search(_SIGNS.sub("", statement.sentence.before(n)))
            if (
                rate.unit != "%"
                or match is None
                or statement.sentence.roles[n] not in (Role.ACTUAL, Role.SHARE)
            ):
                continue
            if (
                not is_whole(clause, facts)
                or _one_source(_SIGNS.sub("", statement.sentence.skeleton[: statement.sentence.at[n]]), facts)
                or of_another_time(facts, statement, n)
            ):
                continue
            if (
                exact(facts).rate_spoken_of(_HAN.sub("", clause.removesuffix(match[0])[-10:] + match[1]))
                is not None
            ):
                continue  # “健康档案使用率” is an indicator
            if not re.search("目标|计划|上年|去年|应", clause):
                yield statement, rate, match[1]


def _paid_out(name: str, rate: Quantity, arrival: Decimal | None) -> bool:
    """拨付率是拨到单位的，也可以是付给商家的。"""
    return any(word in name for word in _EITHER) and arrival is not None and rate.covers(arrival * 100)


def _one_source(lead: str, facts: Facts) -> bool:
    """数前面的话讲的是某一个资金来源，不是合计：“县级到位480万元，到位率80%”。"""
    sources = named_sources(facts)
    if len(sources) < _SEVERAL:
        return False
    clauses = re.split("[，,；;、]", lead)
    named = [n for n, clause in enumerate(clauses) if any(s.is_in(clause) for s in sources)]
    return bool(named) and not _TOGETHER.search("".join(clauses[named[-1] + 1 :]))


_SEVERAL = 2
_TOGETHER = re.compile("合计|共计|总计|总体|综合|整体|全部|项目")
