"""Growth and change over an earlier number, both of which the sentence states: “上年同期40起，本期36起，下降12.5%”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_DOWN = "降幅|减幅|下降|降低|减少|缩短|压减|回落|减"
_UP = "增幅|升幅|涨幅|增长|上升|提高|提升|增加|增"
_CHANGE = re.compile(rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?:了|率|幅度?)?(?:为|是|达到?|约|近|：|:)?$")
_OTHER_BASE = re.compile("目标|任务|计划|环比|年均|累计|其中")


def growths(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """一个以前的数、一个现在的数、一个增减的数或者百分数：三个要合得上。有两个现在的数的，说不清是哪一个，不说。"""
    for n, change in enumerate(sentence.quantities):
        word = _CHANGE.search(sentence.before(n))
        if word is None or change.about or change.per or _OTHER_BASE.search(sentence.clause(n)):
            continue
        pair = _pair(sentence, n, change)
        if pair is None:
            continue
        earlier, now = pair
        right = _change(earlier, now, change)
        down = bool(word["down"])
        wanted = (-right[1], -right[0]) if down else right
        slack = Decimal("0.01") if change.unit == "%" else 0
        if change.low - slack <= wanted[1] and wanted[0] <= change.high + slack:
            continue
        exact = _change(_point(earlier), _point(now), change)[0]
        says = f"{'增长' if exact >= 0 else '下降'} {in_unit_of(abs(exact), change)}"
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(sentence.at[n] - len(sentence.before(n)), sentence.at[n] + 1),
            fact=f"{now.text} 与 {earlier.text} 比，应当是{says}",
            values={"写的": (word[0] + change.plainly), "算出": says},
        )


def _pair(sentence: Sentence, n: int, change: Quantity) -> tuple[Quantity, Quantity] | None:
    """以前的数和现在的数：同一句里各只有一个、能互相比的。"""
    earlier = [
        q
        for m, q in enumerate(sentence.quantities[:n])
        if sentence.roles[m] is Role.PREVIOUS and q.unit != "%"
    ]
    if len(earlier) != 1 or not earlier[0].number or earlier[0].about:
        return None
    now = [
        q
        for m, q in enumerate(sentence.quantities[:n])
        if sentence.roles[m] is Role.ACTUAL and comparable(q, earlier[0])
    ]
    if now and not 1 <= 10 * now[0].number / earlier[0].number <= 100:
        return None  # another kind of number: 216万元 of one thing, 1900元 of another
    parts = any(r in (Role.PART, Role.SHARE) for r in sentence.roles[:n])
    if len(now) != 1 or parts or now[0].about or (change.unit != "%" and not comparable(change, earlier[0])):
        return None
    return earlier[0], now[0]


def _change(earlier: Quantity, now: Quantity, change: Quantity) -> tuple[Decimal, Decimal]:
    """从以前到现在增减多少，照写出的位数能容的范围；change 是百分数的算成百分数。"""
    if change.unit != "%":
        return now.low - earlier.high, now.high - earlier.low
    low = earlier.low if earlier.low > 0 else earlier.number
    return (now.low / earlier.high - 1) * 100, (now.high / low - 1) * 100


def _point(one: Quantity) -> Quantity:
    return replace(one, low=one.number, high=one.number)


_JUST = re.compile(r"(?P<word>差|少|多|超出|相差|缺|超)(?:了|出|约)?$")


def gaps(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“预算80万元，到位50万元，差30万元”：单独一句的差，是前面两个数相减；恰好两个数而减不出来的才说。"""
    for n, gap in enumerate(sentence.quantities):
        if n < _PAIR or gap.about or gap.per or gap.unit in ("%", "个百分点", "百分点", ""):
            continue
        if not _JUST.fullmatch(sentence.before(n)):
            continue
        pair = [q for q in sentence.quantities[:n] if comparable(q, gap)]
        if len(pair) != _PAIR or any(q.about for q in pair) or gap in pair:
            continue
        between = abs(pair[0].number - pair[1].number)
        width = (pair[0].high - pair[0].low + pair[1].high - pair[1].low) / 2
        known = [
            g for g in (subject.annual, subject.stage, subject.actual) if g is not None and comparable(g, gap)
        ]
        others = [abs(g.number - q.number) for g in known for q in pair]
        if any(gap.low - width <= one <= gap.high + width for one in (between, *others)):
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(sentence.at[n - _PAIR], sentence.at[n] + 1),
            fact=f"{pair[0].text} 与 {pair[1].text} 相差 {in_unit_of(between, gap)}，不是 {gap.text}",
            values={"写的": gap.plainly, "算出": in_unit_of(between, gap)},
        )


_PAIR = 2
