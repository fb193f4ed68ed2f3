"""WB528: faster, slower, more or less than planned, without a number, and the tables say the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.relations import comparable
from perfmon_xl.ledger.subjects import IndicatorQuantities
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, indicators, sentences_of_people
from perfmon_xl.rules.facts import Facts, once_per_project
from perfmon_xl.rules.shared.sources import named_sources

_WHERE = (Topic.OVERALL, Topic.CONCLUSION, Topic.PROBLEM, Topic.INDICATOR, Topic.FUND_NOTE)
_OF_PARTS = (Topic.PROBLEM, Topic.FUND_NOTE)
_MORE = r"快于|多于|高于|超过|领先于?|好于|超出"
_LESS = r"慢于|少于|低于|落后于?|滞后于?|不及|不足"
_SAME = r"等于|持平于|(?:与|和|同)(?=[^，,。；]{2,8}(?:持平|一致|相当|相等))"
_GOAL = r"(?P<goal>(?:本?阶段性?|序时|计划|年度|全年)(?:的)?(?:绩效)?(?:目标|进度|计划|任务|要求)(?:值|数)?)"
_TOLD = re.compile(
    rf"(?<![未没不])(?:[略稍均都也已]|有所|明显|大幅)*(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<same>{_SAME}))了?{_GOAL}(?![^，,。；]{{0,3}}[\ue000-\ue7ff])"
)
_BY = re.compile(
    r"(?:比|较)?(?:本?阶段性?|计划|序时)?(?:目标)?(?P<way>多|少|差|超|缺)(?:了|出|完成|约)*(?P<q>[\ue000-\ue7ff])[^\ue000-\ue7ff]{0,2}$"
)
_FUNDS = re.compile(
    r"(?:资金|预算|财政)[^，,。；\ue000-\ue7ff]{0,6}?(?:支出|执行|支付|使用)|(?:支出|支付|执行)(?:率|进度)|支出(?=[快慢略稍落滞领])"
)
_BEHIND = re.compile(
    r"(?:慢于|低于|落后于?|滞后于?|未达到?|没有达到|不及)(?:序时|时间)(?:进度)?|(?:支出|执行|支付|使用|进度)[^，,。；]{0,3}(?:滞后|缓慢|偏慢|较慢|过慢)(?!于)"
)
_AHEAD = re.compile(
    r"(?<![未没不])(?:快于|高于|领先于?|超过|超前于?|达到)(?:序时|时间)(?:进度)?(?!的?[^，,。；]{0,3}[\ue000-\ue7ff])"
)
_LEVEL = re.compile(r"(?:与|和|同)(?:序时|时间)进度(?:基本|大体)?(?:持平|一致|同步|相当)")
_SIGNS = re.compile("[\ue000-\uf7ff]")
_FUNCTION = re.compile(
    r"^(?:其中|但是?|而|以及|截[至止]|目前|项目|完成|开展|实施|的|有|，|：)+|(?:指标|完成情况|完成|均|都|略|稍|也|进度|工作)+$"
)
_PARTLY = re.compile("部分|个别|其中|一些|除|预计|力争|确保|如果|若|可能|应|上年|去年|同期|每")
_SHORTEST = 4  # 字
_CLOSE = Decimal("0.05")


@rule(
    "WB528",
    title="快慢多少的话与表里的数相反",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H06", "E07"),
)
def faster_or_slower(facts: Facts) -> Iterator[Problem]:
    """说某个指标“快于阶段目标”“少2次”，说资金“落后于序时进度”“支付滞后”的，要与表4、资金表算出来的一样。

    为什么：没有写数的一句话，读的人照字面信；该催的没有催，不该催的写成了问题。写了数的由别的规则查；
    只说一部分、以后的不查。

    不对：实际2600，多于阶段目标2400；资金没有落后
    监控截止日期：2025-08-31
    资金表
    | 资金来源 | 调整后预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 省级资金 | 400 | 400 | 280 |
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 放流鱼苗尾数 | ≥3000万尾 | ≥2400万尾 | 2600万尾 |
    综合分析表
    | 事项 | 内容 |
    | 效率性分析 | 放流尾数慢于阶段目标，资金支出落后于序时进度。 |
    共报 2 处

    对：与表一样
    监控截止日期：2025-08-31
    资金表
    | 资金来源 | 调整后预算数（万元） | 到位数（万元） | 支出数（万元） |
    | 省级资金 | 400 | 400 | 280 |
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 放流鱼苗尾数 | ≥3000万尾 | ≥2400万尾 | 2600万尾 |
    综合分析表
    | 事项 | 内容 |
    | 效率性分析 | 放流尾数快于阶段目标，资金支出快于序时进度。 |
    """
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE:
            continue
        start = 0
        for clause in re.split(r"(?<=[，,；;。])", statement.sentence.skeleton):
            at, start = start, start + len(clause)
            wrong = _of_funds(facts, statement, clause) or _of_indicator(facts, statement, clause)
            if wrong is None:
                continue
            quote = statement.sentence.shown(at, at + len(clause)).strip("，,；;。 ")
            fact, values = wrong
            yield Problem(
                statement.passage.field,
                f"写的是“{quote}”，{fact}。",
                "照表里的数改这句话；说的是一部分、另一个时间的，写明。",
                at=statement.passage.origin,
                values={"文字": quote, **values},
            )


def _of_funds(facts: Facts, statement: Statement, clause: str) -> tuple[str, dict[str, str]] | None:
    rate, pace = facts.figures.funds.execution_rate, facts.figures.funds.pace
    if rate is None or pace is None or not _FUNDS.search(clause) or _PARTLY.search(clause):
        return None
    if re.search("[\ue000-\ue7ff]", clause) or any(s.is_in(clause) for s in named_sources(facts)):
        return None  # with a number it is WB305's; of one source it is another matter
    behind, ahead, level = (p.search(clause) is not None for p in (_BEHIND, _AHEAD, _LEVEL))
    right = (
        rate < pace if behind else rate >= pace if ahead else abs(rate - pace) <= _CLOSE if level else True
    )
    if right or (behind and statement.passage.topic in _OF_PARTS and _a_source_is_behind(facts, pace)):
        return None
    told = f"执行率 {percent(rate)}，序时进度 {percent(pace)}"
    return f"资金表算出来{told}", {"资金表": told}


def _a_source_is_behind(facts: Facts, pace: Decimal) -> bool:
    """有一项来源落后，话说的可能是它。"""
    return any(
        f.spent is not None and f.budget is not None and f.budget.yuan and f.spent.yuan / f.budget.yuan < pace
        for f in facts.monitoring.funding
    )


def _of_indicator(facts: Facts, statement: Statement, clause: str) -> tuple[str, dict[str, str]] | None:
    if _PARTLY.search(clause):
        return None
    told = _TOLD.search(clause)
    by = _BY.search(clause.rstrip("，,；;。")) if told is None else None
    match = told or by
    if match is None:
        return None
    about = _about(facts, statement, clause[: match.start()])
    if about is None or about.subject.actual is None:
        return None
    actual, stage, annual = about.subject.actual, about.subject.stage, about.subject.annual
    if told is not None:
        whole = re.match("年度|全年", told["goal"]) is not None
        goal = annual if whole else stage
        if goal is None or not comparable(goal, actual) or actual.about:
            return None
        right = (
            actual.number > goal.number
            if told["more"]
            else actual.number < goal.number
            if told["less"]
            else actual.number == goal.number
        )
        return None if right else _numbers(about, goal, actual)
    assert by is not None
    if re.search("预计|预测|年底|到年末", statement.sentence.text):
        return None  # what is to come, not what was done
    if not re.search("目标|计划|序时", clause) and statement.passage.topic not in (
        Topic.OVERALL,
        Topic.CONCLUSION,
    ):
        return None  # “上年86种，多5种”
    gap = statement.sentence.quantity(by["q"])
    goals = [g for g in (stage, annual) if g is not None and comparable(g, actual)]
    if not goals or not comparable(gap, actual) or len(re.findall("[\ue000-\ue7ff]", clause)) != 1:
        return None
    sign = 1 if by["way"] in ("多", "超") else -1
    if any(gap.covers((actual.number - g.number) * sign) for g in goals):
        return None
    return _numbers(about, goals[0], actual)


def _numbers(about: IndicatorQuantities, goal: Quantity, actual: Quantity) -> tuple[str, dict[str, str]]:
    told = f"“{about.name}”实际 {actual.text}，目标 {goal.text}"
    return f"表4{told}", {"实际": actual.text, "目标": goal.text}


def _about(facts: Facts, statement: Statement, before: str) -> IndicatorQuantities | None:
    """这半句讲的指标：写着它的名称，或者名称的缩写（放流尾数）；自己那一段里没有写的，就是它。"""
    words = re.split("[、，,；;。：:]", _SIGNS.sub("", before))[-1]
    flat = name_key(_FUNCTION.sub("", words.strip()))
    if len(flat) < 2:
        return statement.indicator if statement.own and not flat else None
    names = _names(facts)
    near = {id(i): (key, i) for end in (flat[:2], flat[-2:]) for key, i in names.get(end, ())}
    named = [i for key, i in near.values() if key in flat]
    if not named and len(flat) >= _SHORTEST:
        named = [i for key, i in near.values() if _is_short_for(flat, key)]
    return named[0] if len(named) == 1 else None


@once_per_project
def _names(facts: Facts) -> dict[str, list[tuple[str, IndicatorQuantities]]]:
    """各个指标的名称，按头两个字、末两个字编好。"""
    names: dict[str, list[tuple[str, IndicatorQuantities]]] = {}
    for indicator in indicators(facts):
        key = name_key(indicator.name)
        for end in {key[:2], key[-2:]}:
            names.setdefault(end, []).append((key, indicator))
    return names


def _is_short_for(short: str, name: str) -> bool:
    """short 的字在名称里先后都有，头尾也对得上。"""
    at = -1
    for character in short:
        at = name.find(character, at + 1)
        if at < 0:
            return False
    return name.endswith(short[-2:]) or name.startswith(short[:2])
