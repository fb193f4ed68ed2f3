"""A quotient that is written out: “65.00%（182.00÷280.00）”, “13÷16=81.25%”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_QUOTIENT = rf"(?P<a>{Q})[÷/](?P<b>{Q})(?:[×*]{Q})?"
_PATTERNS = (
    re.compile(rf"(?P<rate>{Q})[（(](?:即|＝|=)?{_QUOTIENT}[)）]"),
    re.compile(rf"{_QUOTIENT}[)）]?(?:＝|=|，为|，得)(?P<rate>{Q})"),
)


def quotients(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """写出来的除式和写的百分数要一样。"""
    for pattern in _PATTERNS:
        for found in pattern.finditer(sentence.skeleton):
            a, b, rate = (sentence.quantity(found[name]) for name in ("a", "b", "rate"))
            if rate.unit != "%" or rate.about or not b.number or not _alike(a, b):
                continue
            right = a.number / b.number * 100
            exponent = rate.number.as_tuple().exponent
            places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
            if abs(right - rate.number) * 2 <= Decimal(1).scaleb(-places) + Decimal("0.01"):
                continue
            yield Breach(
                relation=Relation.SHARE,
                quote=sentence.shown(found.start(), found.end()),
                fact=f"{a.text}÷{b.text} = {in_unit_of(right, rate)}，写的是 {rate.text}",
                values={"写的": rate.plainly, "算出": in_unit_of(right, rate)},
            )


def _alike(a: Quantity, b: Quantity) -> bool:
    """单位一样，或者都没有写单位。"""
    return a.unit == b.unit and a.per == b.per and a.unit != "%" and not a.about and not b.about
