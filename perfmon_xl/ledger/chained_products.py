"""Products that are told in a chain: per day and per week, so many in each of them, what one saves and all save."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger.products import SUM
from perfmon_xl.ledger.quantity import unit_key
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of


def chained(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“每天开放8小时，每周7天，每周共63小时”：每天的乘每周的天数，是每周的。"""
    ones = [(n, q) for n, q in enumerate(sentence.quantities) if q.per and not q.about and not q.comparator]
    for n, a in ones:
        for m, b in ones:
            if m == n or len(b.per) != 1 or unit_key(b.unit) not in a.per or b.per == a.per:
                continue
            per = tuple(sorted({*a.per, *b.per} - {unit_key(b.unit)}))
            totals = [(k, q) for k, q in ones if k not in (n, m) and q.unit == a.unit and q.per == per]
            if (
                len(totals) != 1
                or totals[0][0] < max(n, m)
                or sentence.roles[totals[0][0]] is not Role.ACTUAL
            ):
                continue
            total, right = totals[0][1], a.number * b.number
            if total.covers(right) or abs(total.number - right) * 200 <= right:
                continue
            yield Breach(
                relation=Relation.PRODUCT,
                quote=sentence.shown(sentence.at[min(n, m)], sentence.at[totals[0][0]] + 1),
                fact=f"{a.text}×{b.text} = {in_unit_of(right, total)}，写的是 {total.text}",
                values={"算出": in_unit_of(right, total), "写的": total.plainly},
            )
            return


_EACH_HAS = re.compile(
    rf"(?P<count>{Q})(?P<noun>[\u4e00-\u9fff]{{0,6}})[，,]?(?:均)?各(?:有)?[^\ue000-\uf7ff，,。；、]{{0,4}}(?P<q>{Q})(?P<of>[\u4e00-\u9fff]{{0,6}})[，,]?"
    rf"(?:[^\ue000-\uf7ff，,。；、]{{0,4}})(?:{SUM}|全年|年度)[^\ue000-\uf7ff，,。；、]{{0,4}}(?P<total>{Q})"
)


def each_has(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“12个村各建2个点位，共24个点位”。"""
    for match in _EACH_HAS.finditer(sentence.skeleton):
        count, quantity, total = (sentence.quantity(match[k]) for k in ("count", "q", "total"))
        if (
            any(q.about or q.per for q in (count, quantity, total))
            or quantity.unit != total.unit
            or count.unit in ("", "%", "元")
        ):
            continue
        right = count.number * quantity.number
        if total.covers(right) or quantity.unit in ("", "%"):
            continue
        yield Breach(
            relation=Relation.PRODUCT,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"{count.text}×{quantity.text} = {in_unit_of(right, total)}，写的是 {total.text}",
            values={"算出": in_unit_of(right, total), "写的": total.plainly},
        )


_SAVED = re.compile(
    rf"(?P<v>节省|节约|少支付|少花|多支付|增收|增加收入|减少|补助|补贴|奖励)(?P<d>{Q})[^。；\ue000-\uf7ff]{{0,4}}[，,](?:[^，,。；\ue000-\uf7ff]{{0,4}})(?P<c>{Q})[^，,。；\ue000-\uf7ff]{{0,6}}(?:合计|共计?|总共|累计)(?:可)?(?P=v)[^，,。；\ue000-\uf7ff]{{0,4}}(?P<t>{Q})"
)


def saved_in_all(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“较标准节省20元，1.8万吨合计节省36万元”：前后是同一个动词，中间一个数量。"""
    for match in _SAVED.finditer(sentence.skeleton):
        each, count, total = (sentence.quantity(match[k]) for k in ("d", "c", "t"))
        if each.unit != total.unit or total.per or count.unit in ("", "%", each.unit):
            continue
        if any(q.about for q in (each, count, total)):
            continue
        low, high = each.narrow[0] * count.narrow[0], each.narrow[1] * count.narrow[1]
        right = each.number * count.number
        if low <= total.high and total.low <= high:
            continue
        yield Breach(
            relation=Relation.PRODUCT,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"{count.text}×{each.text} = {in_unit_of(right, total)}，写的是 {total.text}",
            values={"算出": in_unit_of(right, total), "写的": total.plainly},
        )


__all__ = ["chained", "each_has", "saved_in_all"]
