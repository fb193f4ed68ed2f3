"""What is left: “还差22公里”, “补齐剩余50人次” against target minus actual."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_LEFT = re.compile(
    r"剩余|剩下|余下|其余|尚余|尚有|还有|仍有|还剩|还差|尚差|尚缺|还缺|缺口|补齐|补足|差距|还需|尚需|仍需|还要|还须|尚待|未完成"
)
_WHOLE = re.compile(r"计划|应|总|共需|合同|全年|需|拟|任务")


def remainders(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """剩余应是目标减实际。同一句里写了全部和已完成的，看它们的差；没有写的，看这个指标全年、阶段的目标减实际。"""
    for n, left in enumerate(sentence.quantities):
        if sentence.roles[n] is not Role.REMAINDER or not _LEFT.search(sentence.before(n)):
            continue
        if left.per or left.about or left.unit in ("", "%"):
            continue
        done, goals = _done_and_whole(sentence, n)
        told_here = bool(done and goals)
        numbers = [q for m, q in enumerate(sentence.quantities) if m != n and comparable(q, left)]
        if not told_here:
            actual = subject.actual
            if actual is None or actual.per or not comparable(left, actual):
                continue
            done = [actual]
            goals = [g for g in (subject.annual, subject.stage) if g is not None and comparable(g, left)]
        known = [
            *goals,
            *(g for g in (subject.annual, subject.stage) if g is not None and comparable(g, left)),
        ]
        ended = [
            *done,
            *([subject.actual] if subject.actual is not None and comparable(left, subject.actual) else []),
        ]
        if not goals or any(
            left.covers(abs(a.number - b.number)) for a in [*numbers, *known] for b in [*numbers, *ended]
        ):
            continue
        gap = goals[0].number - done[0].number
        yield Breach(
            relation=Relation.REMAINDER,
            quote=sentence.before(n)[-12:] + left.text,
            fact=f"{'' if told_here else '目标 '}{goals[0].text} 减{'' if told_here else '实际 '}{done[0].text}，还差 {in_unit_of(gap, left)}"
            if gap > 0
            else f"实际 {done[0].text} 已经达到目标 {goals[0].text}",
            values={"写的": left.plainly, "算出": in_unit_of(gap, left)},
        )


def _done_and_whole(sentence: Sentence, n: int) -> tuple[list[Quantity], list[Quantity]]:
    """同一句里、剩余的前面，已经完成的数和全部的数；各要恰好一个。"""
    left = sentence.quantities[n]
    before = [m for m in range(n) if comparable(sentence.quantities[m], left)]
    done = [m for m in before if sentence.roles[m] is Role.ACTUAL and not _WHOLE.search(sentence.before(m))]
    goals = [
        m
        for m in before
        if sentence.roles[m] in (Role.PLAN, Role.TARGET)
        or (m not in done and _WHOLE.search(sentence.before(m)))
    ]
    if len(before) != 2 or len(done) != 1 or len(goals) != 1:
        return [], []
    return [sentence.quantities[done[0]]], [sentence.quantities[goals[0]]]
