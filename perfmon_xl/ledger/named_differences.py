"""What lies between two numbers that bear names: “甲村比乙村多25万元”, “甲标段每米贵25元”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger.differences import LESS_BY, MORE_BY, sense_of, wrong_difference
from perfmon_xl.ledger.named import bearing
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable

_NAMED = re.compile(
    rf"(?P<x>[\u4e00-\u9fff]{{2,8}}?)(?:要)?比(?P<y>[\u4e00-\u9fff]{{2,8}}?)(?:还)?(?P<word>{LESS_BY}|{MORE_BY}|相差|差)(?:了|出|约)*(?P<d>{Q})"
)


def between_named(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“一标段1600亩、二标段1200亩，一标段比二标段多400亩”。"""
    for match in _NAMED.finditer(sentence.skeleton):
        n = ord(match["d"]) - 0xE000
        d = sentence.quantities[n]
        pair = []
        for name in (match["x"], match["y"]):
            own = [
                m
                for m in range(n)
                if sentence.at[m] < match.start()
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
        if a.about or b.about or not (wrong := wrong_difference(a, b, d, match["word"])):
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"{a.text} 与 {b.text} 比，应当是{wrong}",
            values={"写的": match["word"] + d.plainly, "算出": wrong},
        )


_ONE_SIDED = re.compile(
    rf"[，,](?P<x>[\u4e00-\u9fff]{{2,8}}?)(?:每[\u4e00-\u9fff]{{1,3}})?(?P<word>贵|便宜|{LESS_BY}|{MORE_BY})(?:了|出)?(?P<d>{Q})(?=[，,。；]|$)"
)


def one_sided(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“甲标段每米420元，乙标段每米395元，甲标段每米贵25元”：没有写“比”的，是与另一个比。"""
    for match in _ONE_SIDED.finditer(sentence.skeleton):
        n, d = ord(match["d"]) - 0xE000, sentence.quantity(match["d"])
        same = [
            m
            for m in range(n)
            if sentence.quantities[m].unit in (d.unit, "%" if "百分点" in d.unit else d.unit)
            and sentence.roles[m] is Role.ACTUAL
        ]
        own = [m for m in same if match["x"] in sentence.before(m)]
        if len(same) != 2 or len(own) != 1 or d.about or n - 2 != same[0]:
            continue
        if any(sentence.whens) or re.search("上年|去年|同期|目标|计划|累计|其中", sentence.skeleton):
            continue
        a, b = sentence.quantities[own[0]], sentence.quantities[same[1] if own[0] == same[0] else same[0]]
        word = {"贵": "多", "便宜": "少"}.get(match["word"], match["word"])
        word = sense_of(word, sentence, n, match.start("word"))
        if not comparable(a, b) or a.about or b.about or not (wrong := wrong_difference(a, b, d, word)):
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(match.start() + 1, match.end()),
            fact=f"{a.text} 与 {b.text} 比，应当是{wrong}",
            values={"写的": match["word"] + d.plainly, "算出": wrong},
        )


_FORMER = re.compile(
    rf"(?P<one>前者|后者|两者|二者)(?:要)?(?:比|较)?(?:后者|前者)?(?:还)?(?P<word>{LESS_BY}|{MORE_BY}|相差|差)(?:了|出|约)*(?P<d>{Q})"
)


def former_and_latter(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“到位率70.00%，执行率55.00%，前者比后者高15个百分点”。"""
    for match in _FORMER.finditer(sentence.skeleton):
        d, n = sentence.quantity(match["d"]), ord(match["d"]) - 0xE000
        unit = "%" if d.unit in ("个百分点", "百分点") else d.unit
        if n < 2 or any(sentence.quantities[m].unit != unit for m in (n - 2, n - 1)) or d.about:
            continue
        a, b = sentence.quantities[n - 2], sentence.quantities[n - 1]
        if match["one"] == "后者":
            a, b = b, a
        word = (
            "相差"
            if match["one"] in ("两者", "二者")
            else sense_of(match["word"], sentence, n, match.start("word"))
        )
        if a.about or b.about or not comparable(a, b) or not (wrong := wrong_difference(a, b, d, word)):
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(sentence.at[n - 2], match.end()),
            fact=f"{a.text} 与 {b.text} 比，应当是{wrong}",
            values={"写的": match["word"] + d.plainly, "算出": wrong},
        )


_BASE_LATER = re.compile(
    rf"(?:比|较)(?P<y>[\u4e00-\u9fff]{{2,8}}?)(?P<word>{LESS_BY}|{MORE_BY})(?:了|出|约)*(?P<d>{Q})[，,（(](?:而|同期)?(?P<y2>[\u4e00-\u9fff]{{2,8}}?)(?:为|是|达|仅)(?P<b>{Q})"
)


def base_told_later(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“进度48%，比时间进度慢2个百分点，时间进度是50%”。"""
    for match in _BASE_LATER.finditer(sentence.skeleton):
        n, d, b = ord(match["d"]) - 0xE000, sentence.quantity(match["d"]), sentence.quantity(match["b"])
        if not n or match["y"][-2:] != match["y2"][-2:] or d.about or b.about:
            continue
        a = sentence.quantities[n - 1]
        word = sense_of(match["word"], sentence, n, match.start("word"))
        if a.about or not comparable(a, b) or not (wrong := wrong_difference(a, b, d, word)):
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(sentence.at[n - 1], match.end()),
            fact=f"{a.text} 与 {b.text} 比，应当是{wrong}",
            values={"写的": match["word"] + d.plainly, "算出": wrong},
        )


_THEN_BOTH = re.compile(
    rf"(?P<word>提前|缩短|推迟|延长|节约|节省|减少|增加|超)(?:了|出)?(?P<d>{Q})[，,](?:原|计划|合同|定额|预算)[^，,。；\ue000-\uf7ff]{{0,8}}(?P<a>{Q})[^，,。；\ue000-\uf7ff]{{0,4}}[，,](?:实际|现|最终)[^，,。；\ue000-\uf7ff]{{0,8}}(?P<b>{Q})"
)
_LESS = ("提前", "缩短", "节约", "节省", "减少")


def then_both(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“提前15天，原计划120天，实际用了105天”。"""
    for match in _THEN_BOTH.finditer(sentence.skeleton):
        d, a, b = (sentence.quantity(match[k]) for k in "dab")
        word = "少" if match["word"] in _LESS else "多"
        if a.about or b.about or d.about or not comparable(a, b) or d.unit not in (a.unit, "个百分点", "%"):
            continue
        if wrong := wrong_difference(b, a, d, word):
            yield Breach(
                relation=Relation.DIFFERENCE,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{b.text} 与 {a.text} 比，应当是{wrong}",
                values={"写的": match["word"] + d.plainly, "算出": wrong},
            )


_BOTH_LATER = re.compile(
    rf"(?P<x>[\u4e00-\u9fff]{{2,8}}?)比(?P<y>[\u4e00-\u9fff]{{2,8}}?)(?P<word>{LESS_BY}|{MORE_BY})(?:了|出|约)*(?P<d>{Q})[，,]"
)


def both_told_later(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“中标金额比预算低7.5%，预算400万元，中标金额370万元”。"""
    for match in _BOTH_LATER.finditer(sentence.skeleton):
        n, d = ord(match["d"]) - 0xE000, sentence.quantity(match["d"])
        own = [
            [
                m
                for m in range(n + 1, len(sentence.quantities))
                if re.search(f"{match[k]}(?:为|是|只有|仅)?$", sentence.before(m))
            ]
            for k in "xy"
        ]
        if any(len(some) != 1 for some in own) or d.about:
            continue
        a, b = (sentence.quantities[some[0]] for some in own)
        if a.about or b.about or not comparable(a, b) or d.unit not in (a.unit, "%", "个百分点"):
            continue
        if wrong := wrong_difference(a, b, d, sense_of(match["word"], sentence, n, match.start("word"))):
            yield Breach(
                relation=Relation.DIFFERENCE,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{a.text} 与 {b.text} 比，应当是{wrong}",
                values={"写的": match["word"] + d.plainly, "算出": wrong},
            )


_THEN_THE_OTHER = re.compile(
    rf"比(?P<y>[\u4e00-\u9fff]{{2,8}}?)(?P<word>{LESS_BY}|{MORE_BY})(?:了|出|约)*(?P<d>{Q})[，,](?:即|为|约为|是|仅)(?P<a>{Q})"
)


def then_the_other(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“甲方案320万元，乙方案比甲方案少15%，为272万元”。"""
    for match in _THEN_THE_OTHER.finditer(sentence.skeleton):
        n, d, a = ord(match["d"]) - 0xE000, sentence.quantity(match["d"]), sentence.quantity(match["a"])
        base = bearing(sentence, match["y"], match.start())
        if base is None or d.about or a.about or not comparable(sentence.quantities[base], a):
            continue
        b = sentence.quantities[base]
        word = sense_of(match["word"], sentence, n, match.start("word"))
        if d.unit in (a.unit, "%") and not b.about and (wrong := wrong_difference(a, b, d, word)):
            yield Breach(
                relation=Relation.DIFFERENCE,
                quote=sentence.shown(sentence.at[base], match.end()),
                fact=f"{a.text} 与 {b.text} 比，应当是{wrong}",
                values={"写的": match["word"] + d.plainly, "算出": wrong},
            )
