"""What lies between two numbers that bear names: “甲村比乙村多25万元”, “甲标段每米贵25元”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger.differences import LESS_BY, MORE_BY, sense_of, wrong_difference
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable

_NAMED = re.compile(
    rf"(?P<x>[\u4e00-\u9fff]{{2,8}}?)(?:要)?比(?P<y>[\u4e00-\u9fff]{{2,8}}?)(?:还)?(?P<word>{LESS_BY}|{MORE_BY}|相差|差)(?:了|出|约)*(?P<d>{Q})"
)


def between_named(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“一标段1600亩、二标段1200亩，一标段比二标段多400亩”。"""
    for found in _NAMED.finditer(sentence.skeleton):
        n = ord(found["d"]) - 0xE000
        d = sentence.quantities[n]
        pair = []
        for name in (found["x"], found["y"]):
            own = [
                m
                for m in range(n)
                if sentence.at[m] < found.start()
                and name in sentence.before(m)
                and (
                    comparable(sentence.quantities[m], d)
                    or (d.unit in ("个百分点", "百分点") and sentence.quantities[m].unit == "%")
                )
            ]
            pair.append(own)
        if d.about or any(len(own) != 1 for own in pair) or pair[0] == pair[1]:
            continue
        a, b = (sentence.quantities[own[0]] for own in pair)
        if a.about or b.about or not (wrong := wrong_difference(a, b, d, found["word"])):
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(found.start(), found.end()),
            fact=f"{a.text} 与 {b.text} 比，应当是{wrong}",
            values={"写的": found["word"] + d.plainly, "算出": wrong},
        )


_ONE_SIDED = re.compile(
    rf"[，,](?P<x>[\u4e00-\u9fff]{{2,8}}?)(?:每[\u4e00-\u9fff]{{1,3}})?(?P<word>贵|便宜|{LESS_BY}|{MORE_BY})(?:了|出)?(?P<d>{Q})(?=[，,。；]|$)"
)


def one_sided(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“甲标段每米420元，乙标段每米395元，甲标段每米贵25元”：没有写“比”的，是与另一个比。"""
    for found in _ONE_SIDED.finditer(sentence.skeleton):
        n, d = ord(found["d"]) - 0xE000, sentence.quantity(found["d"])
        same = [
            m
            for m in range(n)
            if sentence.quantities[m].unit in (d.unit, "%" if "百分点" in d.unit else d.unit)
            and sentence.roles[m] is Role.ACTUAL
        ]
        own = [m for m in same if found["x"] in sentence.before(m)]
        if len(same) != 2 or len(own) != 1 or d.about or n - 2 != same[0]:
            continue
        if any(sentence.whens) or re.search("上年|去年|同期|目标|计划|累计|其中", sentence.skeleton):
            continue
        a, b = sentence.quantities[own[0]], sentence.quantities[same[1] if own[0] == same[0] else same[0]]
        word = {"贵": "多", "便宜": "少"}.get(found["word"], found["word"])
        word = sense_of(word, sentence, n, found.start("word"))
        if not comparable(a, b) or a.about or b.about or not (wrong := wrong_difference(a, b, d, word)):
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(found.start() + 1, found.end()),
            fact=f"{a.text} 与 {b.text} 比，应当是{wrong}",
            values={"写的": found["word"] + d.plainly, "算出": wrong},
        )
