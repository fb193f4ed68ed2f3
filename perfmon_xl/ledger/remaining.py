"""What is left: “还差22公里”, “补齐剩余50人次” against target minus actual."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger.reading import Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, told

_LEFT = re.compile(r"剩余|剩下|余下|其余|尚余|还剩|还差|尚差|尚缺|还缺|缺口|补齐|补足|差距|未完成")


def remainders(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """剩余应是全年目标减实际，或阶段目标减实际；同一句里写了另一个合计、已完成数的，也可以是它们的差。"""
    actual = subject.actual
    for n, left in enumerate(sentence.quantities):
        if (
            sentence.roles[n] is not Role.REMAINDER
            or not _LEFT.search(sentence.before(n))
            or left.per
            or left.about
        ):
            continue
        if actual is None or actual.per or not comparable(left, actual) or left.unit == "%":
            continue
        goals = [g for g in (subject.annual, subject.stage) if g is not None and comparable(g, left)]
        if not goals or any(left.covers(abs(g.number - actual.number)) for g in goals):
            continue
        numbers = [q for m, q in enumerate(sentence.quantities) if m != n and comparable(q, left)]
        if any(left.covers(abs(a.number - b.number)) for a in [*numbers, *goals] for b in [*numbers, actual]):
            continue
        gap = goals[0].number - actual.number
        yield Breach(
            relation=Relation.REMAINDER,
            quote=sentence.before(n)[-12:] + left.text,
            fact=f"目标 {goals[0].text} 减实际 {actual.text}，还差 {told(gap, left)}"
            if gap > 0
            else f"实际 {actual.text} 已经达到目标 {goals[0].text}",
            values={"写的": left.plainly, "算出": told(gap, left)},
        )
