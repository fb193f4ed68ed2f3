"""Earlier and change where the now is the indicator's own: “2024年同期为7900亩，今年多700亩”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger.reading import Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_CHANGED = re.compile(
    r"(?:(?P<more>多|增加|提高|上升|提升|增长|增)|(?P<less>少|减少|下降|降低|缩短|回落|降))了?$"
)


def since_then(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """只写了以前的数和增减多少，没有写现在的数：现在的是这个指标的实际值。"""
    actual = subject.actual
    earlier = [
        q for q, role in zip(sentence.quantities, sentence.roles, strict=True) if role is Role.PREVIOUS
    ]
    if actual is None or actual.about or actual.comparator or len(earlier) != 1:
        return
    before = earlier[0]
    if before.about or not comparable(before, actual):
        return
    others = [q for q in sentence.quantities if q is not before and comparable(q, actual)]
    points = [q for q in sentence.quantities if q.unit in ("个百分点", "百分点")]
    changes = points if actual.unit == "%" else others
    if len(changes) != 1 or (actual.unit == "%" and others):
        return
    change = changes[0]
    n = sentence.quantities.index(change)
    word = _CHANGED.search(sentence.before(n))
    if (
        word is None
        or change.about
        or re.search("目标|计划|任务", sentence.clause(n))
        or change.start < before.start
    ):
        return
    right = actual.number - before.number
    signed = change.number if word["more"] else -change.number
    slack = (actual.high - actual.low + before.high - before.low + change.high - change.low) / 2
    if abs(right - signed) <= slack:
        return
    says = ("多" if right >= 0 else "少") + in_unit_of(abs(right), change)
    yield Breach(
        relation=Relation.DIFFERENCE,
        quote=sentence.shown(sentence.at[sentence.quantities.index(before)], sentence.at[n] + 1),
        fact=f"现在是 {actual.text}，以前 {before.text}，应当是{says}",
        values={"写的": change.plainly, "算出": says},
    )
