"""One matter told in two places of the text: a rate of one year, things that bear the same name, what there was and is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perfmon_xl.domain.amount import plain
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.prose import pieces
from perfmon_xl.ledger.changes import from_to
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role
from perfmon_xl.rules.claims import Statement, exact, of_another_time, sentences_of_people
from perfmon_xl.rules.facts import Facts

_TOPICS = (
    Topic.BACKGROUND, Topic.PROGRESS, Topic.INDICATOR, Topic.OVERALL, Topic.CONCLUSION, Topic.FUND_NOTE, Topic.PROBLEM, Topic.OTHER,
)  # fmt: skip
_SIGNS = re.compile("[\ue000-\uf7ff]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年(?:底|末|度|全年)?(?:的)?")
_RATE = re.compile(r"([\u4e00-\u9fff]{2,12}?(?:率|比例|比重|覆盖面|满意度|达标度))")
_OTHER = re.compile(r"上半年|下半年|季度|月|目标|计划|全国|全省|全市|标杆|抽查|其中|分别")
_WIDE = re.compile(r"^(?:总体|全县|全区|全市|全州|辖区|学生|居民|群众|城乡|本县|本区|我县|我区|当地|的)+")
_STOP = re.compile(
    r"都|均|已|全|在|有|是|中|共|等|被|将|为|参|开|完|建|组|进|实|的|由|从|和|与|及|或|未|没|不|尚|还|仍|每|各|按|经|通|投|需|因|正|也|地|得|内|里|上|下|一|二|三"
)
_NOT_ALL = re.compile(
    r"其中|每|各|另|其余|新|首|第|上年|去年|计划|目标|应|拟|再|增|减|余|剩|部分|抽|约|还|尚|未|没|补|一批|分别|平均|最"
)
_SHORTEST = 4  # 字


@dataclass(frozen=True, slots=True)
class TwoPlaces:
    """两处说一件事：后一处在哪句话、写的什么，前一处是谁的、写的什么。"""

    here: Statement
    told: str
    where: str
    other: str


def place_of(statement: Statement) -> str:
    return statement.passage.subject.strip() or statement.passage.topic.value


def rates_of_a_year(facts: Facts) -> Iterator[TwoPlaces]:
    """“2023年总体近视率53.2%”“由2023年的52.3%降到……”：同一年、同一个率，两处不一样。"""
    known: list[tuple[int, str, Quantity, Statement]] = []
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _TOPICS:
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            found = _rate_of_a_year(statement, n, quantity)
            if found is None:
                continue
            for year, label, other, where in known:
                if year != found[0] or label != found[1] or where.passage is statement.passage:
                    continue
                if not other.agrees(quantity):
                    yield TwoPlaces(
                        statement, f"{year}年{found[1]}{quantity.text}", place_of(where), other.text
                    )
                break
            else:
                known.append((*found, quantity, statement))


def _rate_of_a_year(statement: Statement, n: int, quantity: Quantity) -> tuple[int, str] | None:
    clause = statement.sentence.clause(n)
    years = list(_YEAR.finditer(clause))
    if quantity.unit != "%" or quantity.about or quantity.comparator or len(years) != 1:
        return None
    if _OTHER.search(_SIGNS.sub("", clause)) or statement.sentence.roles[n] not in (
        Role.ACTUAL,
        Role.PREVIOUS,
        Role.SHARE,
    ):
        return None
    if len(_SIGNS.findall(clause[years[0].end() :])) > 0:
        return None
    near = clause[years[0].end() :]
    label = _RATE.search(near) or _RATE.search(_SIGNS.sub("，", clause[: years[0].start()]))
    if label is None or len(near) > _SHORTEST * 5:
        return None
    return int(years[0][1]), _WIDE.sub("", label[1])


def things_counted_twice(facts: Facts) -> Iterator[TwoPlaces]:
    """“疫点乡镇由9个减到7个”“8个疫点乡镇都安排了”：名称一个字不差、单位也一样的，两处都是现在的数。"""
    known: dict[tuple[str, tuple[str, tuple[str, ...]]], tuple[Quantity, Statement]] = {}
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _TOPICS:
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            noun = _noun(facts, statement, n, quantity)
            if noun is None:
                continue
            first = known.setdefault((noun, quantity.kind), (quantity, statement))
            if first[1].passage is statement.passage or first[0].agrees(quantity):
                continue
            if any(q.agrees(first[0]) for q in statement.sentence.quantities if q.kind == quantity.kind):
                continue
            yield TwoPlaces(statement, f"{noun}{quantity.text}", place_of(first[1]), first[0].text)


def _noun(facts: Facts, statement: Statement, n: int, quantity: Quantity) -> str | None:
    if quantity.unit in ("", "%", "元", "天", "个月", "小时", "个百分点", "百分点", "分") or quantity.per:
        return None
    if quantity.about or quantity.comparator or of_another_time(facts, statement, n):
        return None
    clause, pair = _SIGNS.sub("", statement.sentence.clause(n)), from_to(statement.sentence)
    if pair is not None and n in pair:
        if n == pair[0]:
            return None
        head = statement.sentence.skeleton[: statement.sentence.at[pair[0]]]
        words = re.split("[，,、；]", head)[-1].rstrip("由从")
        noun = _STOP.split(_SIGNS.sub("", words))[-1]
    elif statement.sentence.roles[n] is Role.ACTUAL and not _NOT_ALL.search(clause) and not clause.strip():
        noun = _STOP.split(_SIGNS.sub("", statement.sentence.after(n)))[0]
        if _NOT_ALL.search(noun):
            return None
    else:
        return None
    return noun if len(noun) >= _SHORTEST else None


_OPENING = re.compile(r"年初|上年末|上年底|原有|期初|(?:19|20)\d{2}年[底末]")
_NOW = re.compile(r"全[县市区州镇乡省校]|辖区|现有|目前共?有|累计|共有|总数")
_MADE = re.compile("建|新增|购置|安装|配备|培育|设立")


def stocks_across(facts: Facts) -> Iterator[TwoPlaces]:
    """背景写年初9间，表4今年建成4间，进展写全县共14间：三处合不上。"""
    opening: list[tuple[frozenset[str], Quantity, Statement]] = []
    now: list[tuple[frozenset[str], Quantity, Statement]] = []
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _TOPICS:
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            if quantity.unit in ("", "%", "元") or quantity.per or quantity.about:
                continue
            clause = "".join(
                statement.sentence.when(c).text if "\uf000" <= c <= "\uf7ff" else c
                for c in statement.sentence.clause(n)
            )
            words = pieces(_SIGNS.sub("", statement.sentence.before(n) + statement.sentence.after(n)[:6]))
            if re.search("其中|目标|计划|比|较", clause):
                continue
            if _OPENING.search(clause):
                opening.append((words, quantity, statement))
            elif _NOW.search(clause) and statement.sentence.roles[n] is Role.ACTUAL:
                now.append((words, quantity, statement))
    for indicator in exact(facts).all:
        made = indicator.subject.actual
        if made is None or not _MADE.search(indicator.name) or indicator.is_rate:
            continue
        own = pieces(_MADE.sub("，", indicator.core))
        first = [(q, o) for w, q, o in opening if q.kind == made.kind and len(w & own) >= 2]
        last = [(q, o) for w, q, o in now if q.kind == made.kind and len(w & own) >= 2]
        if len({q.number for q, _ in first}) != 1 or len({q.number for q, _ in last}) != 1:
            continue
        (begun, before), (ended, here) = first[0], last[0]
        right = begun.number + made.number
        if ended.number in (right, begun.number, made.number) or ended.number < begun.number:
            continue
        yield TwoPlaces(
            here,
            f"共{ended.text}",
            place_of(before),
            f"{begun.text}，加上表4“{indicator.name}”的 {made.text} 是 {plain(right)}{ended.unit}",
        )


__all__ = ["TwoPlaces", "rates_of_a_year", "stocks_across", "things_counted_twice"]
