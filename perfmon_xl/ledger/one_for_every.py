"""So many for every so many: “每5户设1名巷长，全村250户共设巷长50名”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger.reading import Q, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_EVERY = re.compile(rf"每(?P<a>{Q})[\u4e00-\u9fff]{{0,6}}?(?P<b>{Q})")
_NO_COUNT = ("", "%", "元", "天", "个月", "小时", "分钟", "米", "公里")
_SUM = re.compile(r"共|合计|总计|一共|全部|累计")


def one_for_every(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """每几户一名，一共几户：该有几名；不足一份的可以多一名。"""
    for match in _EVERY.finditer(sentence.skeleton):
        of, each = sentence.quantity(match["a"]), sentence.quantity(match["b"])
        if of.unit in _NO_COUNT or each.unit in _NO_COUNT or of.unit == each.unit or of.number < 2:
            continue
        taken = {ord(match[k]) - 0xE000 for k in "ab"}
        wholes = [q for n, q in enumerate(sentence.quantities) if n not in taken and q.unit == of.unit]
        totals = [
            n
            for n, q in enumerate(sentence.quantities)
            if n not in taken and q.unit == each.unit and _SUM.search(sentence.before(n))
        ]
        if len(wholes) != 1 or len(totals) != 1 or any(q.about for q in (of, each, wholes[0])):
            continue
        total, right = sentence.quantities[totals[0]], wholes[0].number / of.number * each.number
        if total.about or right <= total.number < right + each.number:
            continue
        yield Breach(
            relation=Relation.PRODUCT,
            quote=sentence.text.strip()[:60],
            fact=f"{wholes[0].text}，每 {of.text} {each.text}，是 {in_unit_of(right, total)}，写的是 {total.text}",
            values={"算出": in_unit_of(right, total), "写的": total.plainly},
        )


__all__ = ["one_for_every"]
