"""WB527: so much more than last year, while another place says what last year was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.prose import pieces
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.subjects import IndicatorQuantities
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, indicators, sentences_of_people, year_of
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.same_matter import stocks_across

_CHANGE = re.compile(
    r"(?P<way>增加|提高|增长|上升|提升|扩大|减少|下降|降低|缩短|压减)(?:了|约|到达?了?|幅度?为?|率?为)*$"
)
_DOWN = ("减少", "下降", "降低", "缩短", "压减")
_LAST = re.compile(r"上年|去年|上一年")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_COMPARED = re.compile(r"比|较|同比")
_SIGNS = re.compile("[\ue000-\uf7ff]")
_ALIKE = 4  # 一年里变不了这么多倍
_ENOUGH = 2  # 相邻两个字相同的，至少几处


@dataclass(frozen=True, slots=True)
class _Base:
    one: Statement
    quantity: Quantity
    year: int
    words: frozenset[str]


@rule(
    "WB527",
    title="比上年增减多少，与别处写的上年数对不上",
    severity=Severity.ERROR,
    basis="文内勾稽",
    covers=("E07",),
)
def change_from_a_base_elsewhere(facts: Facts) -> Iterator[Problem]:
    """分析里写“比2024年提高2.8个百分点”，背景写着2024年是多少，两处要算得上。

    为什么：增长率的分母在另一段里，改了一处没有改另一处；看的人一除就知道不对。只比说同一件事、同一年、同一个单位的，
    上年数有两个的不猜。

    不对：2024年91.8%，现在93.6%，是提高1.8个百分点
    监控截止日期：2025-08-31
    项目背景：2024年秸秆综合利用率为91.8%。
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 生态效益指标 | 秸秆综合利用率 | ≥92% | 93.6% |
    综合分析表
    | 事项 | 内容 |
    | 效益性分析 | 秸秆综合利用率达到93.6%，较2024年提高2.8个百分点。 |

    不对：年初9间、今年建成4间，不是14间
    项目背景：安平县有特教学校1所，年初有资源教室9间。
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 建设资源教室间数 | ≥5间 | 4间 |
    进展表
    | 事项 | 进展情况 |
    | 教室 | 加上今年建成的，全县资源教室共14间。 |

    对：算得上
    监控截止日期：2025-08-31
    项目背景：2024年秸秆综合利用率为91.8%。
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 生态效益指标 | 秸秆综合利用率 | ≥92% | 93.6% |
    综合分析表
    | 事项 | 内容 |
    | 效益性分析 | 秸秆综合利用率达到93.6%，较2024年提高1.8个百分点。 |
    """
    yield from _stock(facts)
    bases: dict[tuple[int, str], list[_Base]] = {}
    for known in _bases(facts):
        for piece in known.words:
            bases.setdefault((known.year, piece), []).append(known)
    for statement in sentences_of_people(facts):
        if statement.passage.topic in (Topic.EXPLANATION, Topic.GOAL, Topic.SCOPE, Topic.MEASURE):
            continue
        if (
            not _COMPARED.search(statement.sentence.text)
            or (year := _year_of(facts, statement.sentence.text)) is None
        ):
            continue
        base, about = _base_of(facts, statement, year, bases)
        if base is None:
            continue
        wrong = _wrong(statement, base.quantity, about)
        if wrong is None:
            continue
        said, right = wrong
        where = base.one.passage.subject.strip() or base.one.passage.topic.value
        yield Problem(
            statement.passage.field,
            f"这里写“{said}”，“{where}”里{year}年是 {base.quantity.text}，算出来是 {right}。",
            "照上年的数重算，改对错的一处；口径不同的，写明。",
            at=statement.passage.origin,
            values={"写的": said, "上年": base.quantity.plainly, "算出": right},
        )


def _stock(facts: Facts) -> Iterator[Problem]:
    for two in stocks_across(facts):
        yield Problem(
            two.here.passage.field,
            f"这里写“{two.told}”，“{two.where}”里是 {two.other}。",
            "照年初的数和今年新增的数重算，改对错的一处；口径不同的，写明。",
            at=two.here.passage.origin,
            values={"写的": two.told, "算出": two.other},
        )


def _year_of(facts: Facts, text: str) -> int | None:
    """这句话拿来比的是哪一年；说不准的没有。"""
    years = {int(y) for y in _YEAR.findall(text)} - {year_of(facts)}
    if _LAST.search(text):
        years.add(year_of(facts) - 1)
    return years.pop() if len(years) == 1 else None


def _bases(facts: Facts) -> Iterator[_Base]:
    """各处写的往年的数：一个分句里写着哪一年、一个数。"""
    for statement in sentences_of_people(facts):
        if statement.passage.topic in (Topic.EXPLANATION, Topic.GOAL):
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            clause = statement.sentence.clause(n)
            year = _year_of(facts, _with_dates(statement, clause))
            if year is None or not quantity.unit or quantity.about or quantity.per:
                continue
            if _COMPARED.search(clause) or _CHANGE.search(statement.sentence.before(n)):
                continue
            words = pieces(_SIGNS.sub("", statement.sentence.before(n) + statement.sentence.after(n)))
            yield _Base(statement, quantity, year, words)


def _with_dates(statement: Statement, clause: str) -> str:
    return "".join(statement.sentence.when(c).text if "\uf000" <= c <= "\uf7ff" else c for c in clause)


def _base_of(
    facts: Facts, statement: Statement, year: int, bases: Mapping[tuple[int, str], list[_Base]]
) -> tuple[_Base | None, IndicatorQuantities | None]:
    """同一年、讲同一件事的那一个往年数，和它是哪个指标的；有两个不同的没有。"""
    words = pieces(_SIGNS.sub("", statement.sentence.skeleton))
    near = {id(b): b for piece in words for b in bases.get((year, piece), ())}
    found = [
        b
        for b in near.values()
        if b.one.sentence is not statement.sentence and len(b.words & words) >= _ENOUGH
    ]
    if len({(b.quantity.number, b.quantity.unit) for b in found}) != 1:
        return None, None
    base = found[0]
    if any(q.kind == base.quantity.kind and q.agrees(base.quantity) for q in statement.sentence.quantities):
        return None, None  # the base stands here, too: read where it stands
    about = [
        i
        for i in indicators(facts)
        if i.subject.actual is not None
        and i.subject.actual.kind == base.quantity.kind
        and len(pieces(i.core) & base.words & words) >= _ENOUGH
    ]
    return base, about[0] if len(about) == 1 else None


def _wrong(statement: Statement, base: Quantity, about: IndicatorQuantities | None) -> tuple[str, str] | None:
    """写的增减和应当是多少；合得上、说不准的没有。"""
    changes = [
        (n, found)
        for n in range(len(statement.sentence.quantities))
        if (found := _CHANGE.search(_SIGNS.sub("", statement.sentence.before(n)))) is not None
    ]
    amounts = [
        (n, m) for n, m in changes if statement.sentence.quantities[n].kind == base.kind and base.unit != "%"
    ]
    rates = [(n, m) for n, m in changes if statement.sentence.quantities[n].unit == "%" and base.unit != "%"]
    points = [
        (n, m) for n, m in changes if "百分点" in statement.sentence.quantities[n].unit and base.unit == "%"
    ]
    if not base.number or len(amounts) > 1 or len(rates) > 1 or len(points) > 1:
        return None
    actual = about.subject.actual if about is not None else None
    if amounts and rates:
        gap, rate = (statement.sentence.quantities[each[0][0]] for each in (amounts, rates))
        return _compare(rates[0][1]["way"], rate, gap.number / base.number * 100, "%")
    if actual is None:
        return None
    if not base.number / _ALIKE <= actual.number <= base.number * _ALIKE:
        return None  # another thing is counted there
    change = actual.number - base.number
    for told, right, unit in ((points, change, "个百分点"), (rates, change / base.number * 100, "%")):
        if told:
            n, match = told[0]
            signed = -right if match["way"] in _DOWN else right
            return _compare(match["way"], statement.sentence.quantities[n], signed, unit)
    if amounts:
        n, match = amounts[0]
        said = statement.sentence.quantities[n]
        signed = -change if match["way"] in _DOWN else change
        return None if said.covers(signed) else (f"{match['way']}{said.text}", f"{plain(signed)}{said.unit}")
    return None


def _compare(way: str, said: Quantity, right: Decimal, unit: str) -> tuple[str, str] | None:
    places = max(0, -int(said.number.as_tuple().exponent))
    if said.about or half_up(right, places) == said.number or said.covers(right):
        return None
    return f"{way}{said.text}", f"{plain(half_up(right, 2))}{unit}"
