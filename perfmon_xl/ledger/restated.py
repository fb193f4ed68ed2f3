"""One amount said again in another unit: “45,000公顷（67.5万亩）”, “354万元，折合3,540,000元”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_AGAIN = re.compile(rf"(?P<a>{Q})(?:元)?[（(](?:即|合|折合|折|约合|约|也就是|就是)?(?P<b>{Q})(?:元)?[）)]")
_THAT_IS = re.compile(
    rf"(?P<a>{Q})[^，,。；;\ue000-\uf7ff]{{0,4}}[，,]?(?:即|合|折合|折算为?|换算为?|约合|相当于|也就是|就是)(?:每[\u4e00-\u9fff]{{1,3}}|单[\u4e00-\u9fff]{{1,2}})?(?P<b>{Q})(?![^，,。；;\ue000-\uf7ff]{{0,4}}的)"
)
_IN: dict[str, tuple[str, str]] = {
    "公顷": ("平方米", "10000"), "亩": ("平方米", "666.6666667"), "平方公里": ("平方米", "1000000"), "平方米": ("平方米", "1"),
    "公里": ("米", "1000"), "米": ("米", "1"), "延米": ("米", "1"), "厘米": ("米", "0.01"), "毫米": ("米", "0.001"),
    "吨": ("克", "1000000"), "千克": ("克", "1000"), "克": ("克", "1"), "毫克": ("克", "0.001"),
    "小时": ("分钟", "60"), "分钟": ("分钟", "1"), "升": ("升", "1"), "毫升": ("升", "0.001"), "立方米": ("升", "1000"),
    "千瓦时": ("千瓦时", "1"), "千瓦": ("千瓦", "1"), "兆瓦": ("千瓦", "1000"), "周": ("天", "7"),
}  # fmt: skip


def restated(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """括号里、“即”“折合”后面换了单位再写一遍，换算不相等。"""
    for pattern in (_AGAIN, _THAT_IS):
        for match in pattern.finditer(sentence.skeleton):
            a, b = sentence.quantity(match["a"]), sentence.quantity(match["b"])
            again = _in_unit_of(a, b)
            if again is None or a.unit in ("", "%") or a.about or (b.per and a.per != b.per):
                continue
            if again.agrees(b) or (
                b.about and b.low * Decimal("0.9") <= again.number <= b.high * Decimal("1.1")
            ):
                continue
            yield Breach(
                relation=Relation.RESTATED,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{a.text} 就是 {in_unit_of(again.number, b)}，不是 {b.plainly}",
                values={"前": a.plainly, "括号里": b.plainly},
            )


def _in_unit_of(a: Quantity, b: Quantity) -> Quantity | None:
    """a 用 b 的单位写出来；不是同一种量的，或者不过是同一个单位又写了一个数的，返回 None。"""
    if comparable(a, b):
        scaled = ("万" in a.text or "亿" in a.text) != ("万" in b.text or "亿" in b.text)
        scaled = scaled or ("万" in a.text) != ("万" in b.text) or (bool(a.per) and a.per == b.per)
        return a if scaled and a.number != b.number else None
    (one, times), (other, into) = _IN.get(a.unit, ("", "1")), _IN.get(b.unit, ("", "1"))
    if not one or one != other:
        return None
    factor = Decimal(times) / Decimal(into)
    hair = Decimal(1) + Decimal("0.0005")  # an mu is 666.67 square metres, not quite
    return replace(a, number=a.number * factor, low=a.low * factor / hair, high=a.high * factor * hair)


__all__ = ["restated"]
