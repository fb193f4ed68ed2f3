"""How long something is said to have taken, against the days between which it was done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger.reading import Q, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject
from perfmon_xl.ledger.when import When

_LIMIT = re.compile(r"(?:之|以)?前|的(?:要求|期限|目标|规定|时限)")
_NO_EVENT = re.compile(
    r"早于|晚于|先于|迟于|要求|期限|计划|原定|比|较|截[至止]|拟|预计|将|应|(?:至|到|—|-|～)$"
)
_FAR = 16  # 字；事情与它的日期隔得再远，说不准是它的


def _dated(sentence: Sentence) -> Iterator[tuple[When, str, int]]:
    """一句里的日子和写着它的事的那一段；要求的期限、起止不算。"""
    skeleton = sentence.skeleton
    for found in re.finditer(r"[\uf000-\uf7ff]", skeleton):
        when = sentence.when(found[0])
        before = re.split(r"[，,；;。]", skeleton[max(0, found.start() - 40) : found.start()])[-1]
        after = re.split(r"[，,；;。\uf000-\uf7ff]", skeleton[found.end() : found.end() + 40])[0]
        if (
            _LIMIT.match(after)
            or _NO_EVENT.search(before[-4:])
            or re.match(r"[至—\-～]|到(?![货位账岗场])", after)
        ):
            continue
        own = re.split(r"[\uf000-\uf7ff]", before)[-1]
        yield when, own[-_FAR:] + after[:_FAR], found.start()


_LASTED = re.compile(rf"(?:历时|用时|耗时|为期|工期|历经|共用|前后)(?:共|约|近|了|为|仅|只|实际)*(?P<d>{Q})")


def durations(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“3月12日开工，历时131天，6月21日完工”：两个日子之间有几天，是算得出来的。"""
    for found in _LASTED.finditer(sentence.skeleton):
        d = sentence.quantity(found["d"])
        days = [w for w, _, _ in _dated(sentence) if w.is_day]
        if d.about or d.unit not in ("天", "个月") or len(days) < 2:
            continue
        gaps = {abs((b.first - a.first).days) for i, a in enumerate(days) for b in days[:i]}
        gaps.discard(0)
        if not gaps:
            continue
        if d.unit == "个月":
            fits = any(abs(gap / 30.4 - float(d.number)) <= 1 for gap in gaps)
        else:
            fits = any(gap <= d.number <= gap + 1 for gap in gaps)
        if fits or len(days) > 3:
            continue
        a, b = sorted(days[:2], key=lambda w: w.first)
        gap = (b.first - a.first).days
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(found.start(), found.end()),
            fact=f"{a.text} 到 {b.text} 是 {gap} 天，不是 {d.text}",
            values={"写的": d.plainly, "算出": f"{gap}天"},
        )


__all__ = ["durations"]
