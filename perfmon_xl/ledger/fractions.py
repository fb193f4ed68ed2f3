"""Fractions in words against the two numbers of the sentence: 一半, 过半, 三分之一."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable

_WORD = re.compile(
    rf"(?P<a>{Q})[^。；;\ue000-\ue7ff]{{0,12}}?(?P<verb>占|为|是|完成|达到|相当于|不到|不足|超过)[^。；;\ue000-\ue7ff]{{0,10}}(?P<b>{Q})"
    r"(?:任务|目标|计划|总量|总数)?的?(?P<how>近|约|超过|不到|不足|多于|将近)?"
    r"(?P<of>一半|半数|(?P<down>[二三四五六七八九十])分之(?P<up>[一二三四五六七八九]))(?P<more>多|以上|强)?"
)
_OF_TARGET = re.compile(
    r"(?P<how>过|超过|不到|不足|约|近)?(?P<base>全年|年度|阶段)(?:的)?(?:绩效)?(?:任务|目标|计划)(?:数|量)?的(?P<how2>近|约)?"
    r"(?P<of>一半|半数|(?P<down>[二三四五六七八九十])分之(?P<up>[一二三四五六七八九]))(?P<more>多|以上|强)?"
)
_BOUNDS = ("超过", "多于", "不到", "不足")
_SLACK = Decimal("0.03")  # 说个大概的，差三个百分点以内算对


def fractions(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“建成13.5公里，占27公里的三分之一”：照两个数算是一半。"""
    for found in _WORD.finditer(sentence.skeleton):
        a, b = sentence.quantity(found["a"]), sentence.quantity(found["b"])
        if not comparable(a, b) or a.about or b.about or not b.number or not _fits(sentence, a, b):
            continue
        share = a.number / b.number
        how = found["how"] or (found["verb"] if found["verb"] in _BOUNDS else "")
        if _holds(share, _told(found), how, found["more"] or ""):
            continue
        percent = plain(half_up(share * 100, 2))
        yield Breach(
            relation=Relation.SHARE,
            quote=sentence.shown(found.start(), found.end()),
            fact=f"{a.text}÷{b.text} = {percent}%，写的是{how}{found['of']}{found['more'] or ''}",
            values={"写的": found["of"], "算出": f"{percent}%"},
        )


def fractions_of_target(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“扫描180万页，已过全年任务的一半”：实际和目标是这个指标的。"""
    actual = subject.actual
    for found in _OF_TARGET.finditer(sentence.skeleton):
        goal = subject.stage if found["base"] == "阶段" else subject.annual
        if actual is None or goal is None or not goal.number or not comparable(actual, goal) or actual.about:
            continue
        share = actual.number / goal.number
        how = {"过": "超过"}.get(found["how"] or "", found["how"] or "")
        if _holds(share, _told(found), how, found["more"] or ""):
            continue
        percent = plain(half_up(share * 100, 2))
        yield Breach(
            relation=Relation.SHARE,
            quote=sentence.shown(found.start(), found.end()),
            fact=f"{actual.text}÷{goal.text.lstrip('≥≤<>=')} = {percent}%，写的是{found['how'] or ''}{found['of']}{found['more'] or ''}",
            values={"写的": found["of"], "算出": f"{percent}%"},
        )


def _told(found: re.Match[str]) -> Decimal:
    up, down = (chinese_number(found[name] or "") for name in ("up", "down"))
    return up / down if up is not None and down else Decimal("0.5")


def _fits(sentence: Sentence, a: Quantity, b: Quantity) -> bool:
    roles = dict(zip((q.start for q in sentence.quantities), sentence.roles, strict=True))
    return roles[a.start] in (Role.ACTUAL, Role.PART) and a.number <= b.number * 3


def _holds(share: Decimal, told: Decimal, how: str, more: str) -> bool:
    if how in ("超过", "多于") or more in ("多", "以上", "强"):
        return share >= told - Decimal("0.001")
    if how in ("不到", "不足"):
        return share < told
    return abs(share - told) <= _SLACK
