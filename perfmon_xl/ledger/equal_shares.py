"""A whole told first, shared out alike: “12期在4所院校举办，每所3期”; and a part per so many: “每千尾回捕34尾”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_SHARED = re.compile(r"在|分|到|由|于|给|赴|进|面向|覆盖|对")
_NOT_ALIKE = re.compile(
    r"其中|平均|均(?!为|在)|最[高多大长少低]|至少|至多|不[少多]于|以上|左右|另|等(?!级)|部分|目标|计划(?!内)|上年|去年|余下"
)
_EACH_NOUN = re.compile(
    r"每(?:个|一个|一)?(?P<noun>[\u4e00-\u9fff]{1,3}?)(?:各|均|都)?[举开建办安配派发演巡培设]{0,2}[\u4e00-\u9fff]{0,2}$"
)
_DONE = (Role.ACTUAL, Role.PART)


def shared_out_alike(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“12期培训班在4所院校举办，每所3期”：个数乘每一个的，是前面说的全部；一句里只有这三个数对得上才比。"""
    numbers = sentence.quantities
    if len(numbers) < 3 or _NOT_ALIKE.search(sentence.skeleton):
        return
    for m, each in enumerate(numbers):
        told = _EACH_NOUN.search(sentence.before(m))
        if told is None or each.unit in ("", "%", "元") or each.about or each.comparator:
            continue
        counts = [n for n in range(m) if not numbers[n].per and _counts(sentence, n, told["noun"])]
        wholes = [
            n for n in range(m) if numbers[n].unit == each.unit and not numbers[n].per and n not in counts
        ]
        if len(wholes) != 1 or len(counts) != 1 or wholes[0] > counts[0]:
            continue
        whole, count = numbers[wholes[0]], numbers[counts[0]]
        between = sentence.skeleton[sentence.at[wholes[0]] + 1 : sentence.at[counts[0]]]
        if (
            whole.about
            or count.about
            or any(sentence.roles[n] not in _DONE for n in (wholes[0], counts[0], m))
        ):
            continue
        if not _SHARED.search(between) or re.search(Q, between):
            continue
        right = count.number * each.number
        if whole.covers(right) or not right or not Decimal("0.2") <= whole.number / right <= 5:
            continue
        yield _breach(
            sentence, wholes[0], m, f"{count.text}×{each.text} = {in_unit_of(right, whole)}", whole, right
        )


def _counts(sentence: Sentence, n: int, noun: str) -> bool:
    """第 n 个量数的是 noun：“9个乡镇”数镇，“4所院校”数所、数校。"""
    unit = sentence.quantities[n].unit
    return unit == noun or (unit in ("个", "所", "家", "处") and noun in sentence.after(n)[: len(noun) + 3])


_PER_SO_MANY = re.compile(
    rf"每(?P<many>百|千|万|十万|百万)(?P<unit>[\u4e00-\u9fff]{{1,3}}?)(?P<verb>[^，,。；、\ue000-\uf7ff\d]{{0,8}})(?P<rate>{Q})"
)
_MANY = {"百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000}
_NEAR = Decimal("0.006")


def per_so_many(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“投放5,000尾，回捕170尾，每千尾回捕34尾”：部分除以全部，乘一百、一千。"""
    for match in _PER_SO_MANY.finditer(sentence.skeleton):
        n = ord(match["rate"]) - 0xE000
        rate = sentence.quantities[n]
        before = [
            q for q in sentence.quantities[:n] if not q.per and not q.about and q.unit not in ("", "%", "元")
        ]
        if len(before) != 2 or rate.about or not before[0].number:
            continue
        whole, part = before
        if whole.unit[:1] != match["unit"][:1] or part.unit != rate.unit or part.number > whole.number:
            continue
        right = part.number / whole.number * _MANY[match["many"]]
        if rate.covers(right) or (right and abs(rate.number - right) / right <= _NEAR):
            continue
        fact = f"{part.text}÷{whole.text} 是每{match['many']}{match['unit']} {in_unit_of(right, rate)}"
        yield _breach(sentence, 0, n, fact, rate, right)


def _breach(sentence: Sentence, first: int, last: int, fact: str, told: Quantity, right: Decimal) -> Breach:
    return Breach(
        relation=Relation.PRODUCT,
        quote=sentence.shown(sentence.at[first], sentence.at[last] + 1),
        fact=f"{fact}，写的是 {told.text}",
        values={"写的": told.plainly, "算出": in_unit_of(right, told)},
    )


__all__ = ["per_so_many", "shared_out_alike"]
