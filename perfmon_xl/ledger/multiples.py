"""Multiples told in words or numbers against the two numbers they stand between: 1.2倍, 翻一番, 恰为小麦的三倍."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.ledger.named import bearing
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_TIMES_OF = re.compile(
    rf"(?:是|为|达到?|相当于|等于)(?P<of>[^，,。；\ue000-\uf7ff]{{0,12}})(?P<b>{Q})?(?:的)?(?P<t>{Q})"
)
_DOUBLED = re.compile(r"翻(?:了)?(?P<n>[一两二三四])?番")
_FOLD_MORE = re.compile(r"(?:增长|增加|提高|上升)(?:了)?(?:(?P<n>近?一)倍|(?P<q>[\ue000-\ue7ff]))")


def multiples(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“去年120件，今年240件，翻了两番”“是去年的3倍”“为目标240件的1.5倍”：两个数相除。"""
    for match in _TIMES_OF.finditer(sentence.skeleton):
        t = sentence.quantity(match["t"])
        if t.unit != "倍" or t.about:
            continue
        n = ord(match["t"]) - 0xE000
        pair = _of_times(sentence, subject, match, n)
        if pair is None:
            continue
        part, base = pair
        low, high = part.low / base.high, part.high / (base.low if base.low > 0 else base.number)
        if t.low <= high and low <= t.high:
            continue
        right = plain(half_up(part.number / base.number, 2)) + "倍"
        yield Breach(
            relation=Relation.SHARE,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"{part.text}÷{base.text} = {right}，写的是 {t.text}",
            values={"写的": t.plainly, "算出": right},
        )
    for pattern in (_DOUBLED, _FOLD_MORE):
        for match in pattern.finditer(sentence.skeleton):
            number = _how_often(sentence, match)
            if number is None:
                continue
            before = [q for n, q in enumerate(sentence.quantities) if sentence.at[n] < match.start()]
            same = [q for q in before if before and comparable(q, before[-1])]
            if len(same) != 2 or any(q.about or not q.number or q.unit in ("%", "‰") for q in same):
                continue
            told = 2**number if pattern is _DOUBLED else number + 1
            share = max(q.number for q in same) / min(q.number for q in same)
            if abs(share - told) <= told * Decimal("0.1"):
                continue
            right = plain(half_up(share, 2)) + "倍"
            yield Breach(
                relation=Relation.SHARE,
                quote=sentence.shown(sentence.at[sentence.quantities.index(same[0])], match.end()),
                fact=f"{same[1].text} 与 {same[0].text} 比是 {right}，不是“{match[0]}”",
                values={"写的": match[0], "算出": right},
            )


def _how_often(sentence: Sentence, match: re.Match[str]) -> Decimal | None:
    """翻了几番、增长几倍；说得粗的、不是倍数的没有。"""
    if sign := match.groupdict().get("q"):
        told = sentence.quantity(sign)
        return told.number if told.unit == "倍" and not told.about else None
    word = match["n"] or "一"
    return None if word.startswith("近") else Decimal(" 一二三四".index(word.replace("两", "二")))


def _of_times(
    sentence: Sentence, subject: Subject, match: re.Match[str], n: int
) -> tuple[Quantity, Quantity] | None:
    if match["b"]:
        m = ord(match["b"]) - 0xE000
        base = sentence.quantities[m]
        left = [
            k
            for k in range(m)
            if comparable(sentence.quantities[k], base) and sentence.roles[k] is Role.ACTUAL
        ]
        pair = (sentence.quantities[left[-1]], base) if left else None
    elif (
        goal := re.search(r"(?P<stage>阶段|本期|序时)|全年|年度", match["of"])
        if re.search("目标|任务|计划", match["of"])
        else None
    ):
        meant = subject.stage if goal["stage"] else subject.annual
        left = [
            k
            for k in range(n)
            if meant is not None
            and comparable(sentence.quantities[k], meant)
            and sentence.roles[k] is Role.ACTUAL
        ]
        pair = (sentence.quantities[left[0]], meant) if len(left) == 1 and meant is not None else None
    elif re.search(r"上年|去年|同期|原来|改造前|上期|此前", match["of"]):
        earlier = [k for k in range(n) if sentence.roles[k] is Role.PREVIOUS]
        now = [
            k
            for k in range(n)
            if sentence.roles[k] is Role.ACTUAL
            and earlier
            and comparable(sentence.quantities[k], sentence.quantities[earlier[0]])
        ]
        pair = (
            (sentence.quantities[now[0]], sentence.quantities[earlier[0]])
            if len(earlier) == len(now) == 1
            else None
        )
    else:
        pair = None
    if pair is None or any(q.about or not q.number or q.unit in ("%", "‰") for q in pair):
        return None
    return pair


_NAMED = re.compile(
    rf"(?P<x>[\u4e00-\u9fff]{{2,10}}?)(?:恰好|正好|刚好|恰|约|大约|几乎|差不多|已|均)?(?:为|是|相当于|达到?|等于)(?P<y>[\u4e00-\u9fff]{{2,10}}?)的(?P<t>{Q})"
)
_MORE_THAN = re.compile(
    rf"(?P<x>[\u4e00-\u9fff]{{2,10}}?)比(?P<y>[\u4e00-\u9fff]{{2,10}}?)(?:多|高|增加|增长)(?:出|了)?(?P<t>{Q})"
)


def multiples_of_named(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“稻谷4.2万吨，小麦1.4万吨，稻谷是小麦的三倍”：有名称的两个数相除。"""
    for pattern in (_NAMED, _MORE_THAN):
        for match in pattern.finditer(sentence.skeleton):
            told = sentence.quantity(match["t"])
            if told.unit != "倍" or told.about:
                continue
            own, other = (bearing(sentence, match[k], match.start(k)) for k in ("x", "y"))
            if own is None or other is None or own == other:
                continue
            part, base = sentence.quantities[own], sentence.quantities[other]
            if not comparable(part, base) or part.about or base.about or not base.number:
                continue
            more = Decimal(1) if pattern is _MORE_THAN else Decimal(0)
            low, high = part.low / base.high - more, part.high / (base.low or base.number) - more
            rough = Decimal("0.05") * told.number if "." not in told.text else Decimal(0)
            if told.low - rough <= high and low <= told.high + rough:
                continue
            right = plain(half_up(part.number / base.number - more, 2)) + "倍"
            yield Breach(
                relation=Relation.SHARE,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{part.text}÷{base.text}{' － 1' if more else ''} = {right}，写的是 {told.text}",
                values={"写的": told.plainly, "算出": right},
            )


_THEN_THE_PRODUCT = re.compile(
    rf"(?:为|是|相当于|达到?)(?P<y>[\u4e00-\u9fff]{{2,8}}?)的(?P<t>{Q})[，,](?:即|约|为|达|共|投资|计){{0,4}}(?P<a>{Q})"
)


def times_and_the_product(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“一期1,800万元，二期为一期的1.5倍，即2,700万元”。"""
    for match in _THEN_THE_PRODUCT.finditer(sentence.skeleton):
        told, own = sentence.quantity(match["t"]), sentence.quantity(match["a"])
        other = bearing(sentence, match["y"], match.start())
        if told.unit != "倍" or told.about or own.about or other is None:
            continue
        base = sentence.quantities[other]
        right = base.number * told.number
        low, high = base.narrow[0] * told.low, base.narrow[1] * told.high
        if not comparable(base, own) or base.about or (low <= own.high and own.low <= high):
            continue
        yield Breach(
            relation=Relation.PRODUCT,
            quote=sentence.shown(sentence.at[other], match.end()),
            fact=f"{base.text}×{told.text} = {in_unit_of(right, own)}，写的是 {own.text}",
            values={"写的": own.plainly, "算出": in_unit_of(right, own)},
        )


__all__ = ["multiples", "multiples_of_named", "times_and_the_product"]
