"""Parts told with the share of each: “840万元，其中茶叶378万元，占45%；脐橙294万元，占35%”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Sentence, without
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_PAIR = re.compile(
    rf"(?P<a>{Q})[^，,。；、\ue000-\uf7ff]{{0,4}}[，,（(、](?:约)?(?:分别)?占(?:比|了|全部|总[\u4e00-\u9fff]{{1,2}})?(?:的|为|达)?(?P<p>{Q})(?![^，,。；、\ue000-\uf7ff]{{0,2}}个?百分点)"
)
_SHARE_TOLD = re.compile(
    rf"[，,（(]约?占(?:比|了|全部|总[\u4e00-\u9fff]{{1,2}})?(?:的|为|达)?(?P<p>{Q})[）)]?(?=[，,、；。]|$)"
)
_LEAST = 2


def listed_shares(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """几部分各写了占多少：有两部分合着同一个全部的，别的也要合；全部写在前面的，照它算。"""
    pairs = [
        (sentence.quantity(m["a"]), sentence.quantity(m["p"]), m) for m in _PAIR.finditer(sentence.skeleton)
    ]
    pairs = [
        (a, p, m) for a, p, m in pairs if p.unit == "%" and not (a.about or p.about or a.unit in ("", "%"))
    ]
    if len(pairs) < _LEAST or len({a.kind for a, _, _ in pairs}) > 1:
        return
    wholes = [
        q
        for q in sentence.quantities
        if q.kind == pairs[0][0].kind
        and not q.about
        and q.start < pairs[0][0].start
        and q.number >= pairs[0][0].number
    ]
    base = next(
        (q.number for q in reversed(wholes) if sum(_fits(a, p, q.number) for a, p, _ in pairs) >= 1), None
    )
    if base is None:
        base = next(
            (
                a.number / p.number * 100
                for a, p, _ in pairs
                if p.number and sum(_fits(b, r, a.number / p.number * 100) for b, r, _ in pairs) >= _LEAST
            ),
            None,
        )
    if base is None:
        return
    for part, share, match in pairs:
        if not _fits(part, share, base):
            right = part.number / base * 100
            yield Breach(
                relation=Relation.SHARE,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{part.text}÷{in_unit_of(base, part)} = {in_unit_of(right, share)}，写的是 {share.text}",
                values={"写的": share.plainly, "算出": in_unit_of(right, share)},
            )
            return


def _fits(part: Quantity, share: Quantity, base: Decimal) -> bool:
    half = max((share.high - share.low) / 2, Decimal("0.5") if "." not in share.text else Decimal("0.02"))
    return base > 0 and abs(part.number / base * 100 - share.number) <= half


def without_shares(sentence: Sentence) -> Sentence | None:
    """各部分后面的“，占45%”去掉以后的那句话：列着的还是一串；没有可去的返回空。"""
    if "占" not in sentence.skeleton:
        return None
    taken = [
        m.span() for m in _SHARE_TOLD.finditer(sentence.skeleton) if sentence.quantity(m["p"]).unit == "%"
    ]
    return without(sentence, taken) if taken else None


__all__ = ["listed_shares", "without_shares"]
