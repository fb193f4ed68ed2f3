"""Months or quarters in a row, each against the one before: “第二季度0.2万株，第三季度0.3万株，环比增长50%”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.changes import DOWN, UP
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of
from perfmon_xl.ledger.when import When

_CHANGE = re.compile(rf"环比(?P<word>{UP}|{DOWN})(?:了|约|达|率|幅度?|为)*$")
_WIDE = Decimal("0.005")


def in_a_row(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """环比是与紧挨着的前一段时间比：两段的数都写了的，增减多少算得出。"""
    spans = [(n, when) for n in range(len(sentence.quantities)) if (when := _own(sentence, n)) is not None]
    spans = _told_respectively(sentence) or spans
    if len(spans) < 2:
        return
    for n, change in enumerate(sentence.quantities):
        match = _CHANGE.search(sentence.before(n))
        if match is None or change.about:
            continue
        named = re.findall(
            "[\uf000-\uf7ff]", re.split("[\ue000-\ue7ff]", sentence.skeleton[: sentence.at[n]])[-1]
        )
        told = [(m, when) for m, when in spans if m < n]
        own = [(m, w) for m, w in told if not named or w.text == sentence.when(named[-1]).text][-1:]
        before = [m for m, w in told if own and (own[0][1].first - w.last).days == 1]
        if not own or len(before) != 1:
            continue
        earlier, now = sentence.quantities[before[0]], sentence.quantities[own[0][0]]
        if earlier.kind != now.kind or earlier.about or now.about or not earlier.number:
            continue
        yield from _held(sentence, before[0], n, match["word"] in DOWN.split("|"), earlier, now, change)


_RESPECTIVELY = re.compile(
    r"(?P<whens>[\uf000-\uf7ff](?:[、和][\uf000-\uf7ff])+)[^，,。；\ue000-\uf7ff]{0,10}(?:分别|依次)[^，,。；\ue000-\uf7ff]{0,6}(?P<q>[\ue000-\ue7ff](?:[、和][\ue000-\ue7ff])+)"
)


def _told_respectively(sentence: Sentence) -> list[tuple[int, When]]:
    """“7月、8月、9月分别是12万、15万、18万人次”：几个月就有几个数。"""
    match = _RESPECTIVELY.search(sentence.skeleton)
    if match is None:
        return []
    whens, numbers = (re.findall("[\ue000-\uf7ff]", match[k]) for k in ("whens", "q"))
    if len(whens) != len(numbers):
        return []
    return [(ord(q) - 0xE000, sentence.when(w)) for w, q in zip(whens, numbers, strict=True)]


def _own(sentence: Sentence, n: int) -> When | None:
    quantity = sentence.quantities[n]
    if (
        quantity.unit in ("", "%", "个百分点")
        or quantity.per
        or sentence.roles[n] not in (Role.ACTUAL, Role.PART)
    ):
        return None
    lead = re.split("[\ue000-\ue7ff]", sentence.clause(n))[-1]
    signs = re.findall("[\uf000-\uf7ff]", lead)
    when = sentence.when(signs[0]) if len(signs) == 1 else None
    return when if when is not None and not when.is_day and when.first.day == 1 else None


def _held(
    sentence: Sentence, first: int, n: int, down: bool, earlier: Quantity, now: Quantity, change: Quantity
) -> Iterator[Breach]:
    exact = now.number - earlier.number
    if change.unit == "%":
        right = exact / earlier.number * 100
        half = max((change.high - change.low) / 2, Decimal("0.5") if "." not in change.text else _WIDE)
    elif change.kind == earlier.kind:
        right, half = exact, (change.high - change.low) / 2
    else:
        return
    if abs((-change.number if down else change.number) - right) <= half + _WIDE:
        return
    says = f"{'增长' if right >= 0 else '下降'} {in_unit_of(abs(right), change)}"
    yield Breach(
        relation=Relation.DIFFERENCE,
        quote=sentence.shown(sentence.at[first], sentence.at[n] + 1),
        fact=f"{now.text} 与 {earlier.text} 比，应当是{says}",
        values={"写的": change.plainly, "算出": says},
    )


__all__ = ["in_a_row"]
