"""A number told roughly beside the same number told exactly: “196件，突破200件”, “近150万元，具体为148.6万元”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import NOT_SIGN, Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject

_ROUGHLY_AFTER = re.compile(
    rf"(?P<exact>{Q}){NOT_SIGN}{{0,6}}?(?:[，,（(](?:已经?|首次|总[数量额]|数量|规模|累计|达到?|刚好|刚刚|也|均|都|从而|成功)*(?P<how>超过|突破|超|逾)?(?P<rough>{Q})(?:大关|关口|的?规模|大?台阶)?(?=[，,。；）)]|$))"
)
_EXACTLY_AFTER = re.compile(
    rf"(?P<how>超过|突破|超|逾)?(?P<rough>{Q}){NOT_SIGN}{{0,8}}?[，,（(](?:具体|实际|准确|精确|确切)(?:数[字量额]?|金额|人数|面积)?(?:为|是|有|达|共|计|：|:)*(?P<exact>{Q})"
)
_ABOVE = re.compile("^(?:超过|突破|超|逾)")
_ABOUT_NEAR = re.compile("^(?:将近|接近|近)")
_LITTLE = Decimal("0.8")


def approximations(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """说“突破”“超过”的，准数要更大；说“接近”的，准数不能更大，也不能差得远。"""
    for pattern in (_ROUGHLY_AFTER, _EXACTLY_AFTER):
        for match in pattern.finditer(sentence.skeleton):
            rough, exact = sentence.quantity(match["rough"]), sentence.quantity(match["exact"])
            m = ord(match["exact"]) - 0xE000
            if (
                rough.kind != exact.kind
                or exact.about
                or exact.comparator
                or sentence.roles[m] is not Role.ACTUAL
            ):
                continue
            how = match["how"] or ""
            wrong = _wrong(how, rough, exact)
            if not wrong:
                continue
            yield Breach(
                relation=Relation.DIRECTION,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{exact.text} {wrong}，不是“{how}{rough.text}”",
                values={"准数": exact.plainly, "写的": rough.text},
            )


def _wrong(how: str, rough: Quantity, exact: Quantity) -> str:
    number = rough.text.lstrip("超过突破逾将近接")
    if how or _ABOVE.match(rough.text) or re.search("[余多]", number):
        return f"没有超过 {number}" if exact.high < rough.number or exact.number == rough.number else ""
    if _ABOUT_NEAR.match(rough.text):
        if exact.low > rough.number:
            return f"已经超过 {number}"
        return f"离 {number} 还远" if exact.number < rough.number * _LITTLE else ""
    return ""


__all__ = ["approximations"]
