"""How long something took, in words, against its two days: 不足一个月, 两个多月, 近三年."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.ledger.reading import Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject

_WORDS = re.compile(
    r"(?:历时|用时|耗时|为期|前后|历经|共用|用了|用去|间隔|相隔|相距|时隔|持续|仅用|只用|经过|时间跨度|[，,]|花了?)"
    r"(?:共|总共|仅|只|了|长达|的?时间|还|也|已|已经|，){0,3}"
    r"(?P<how>不足|不到|未满|不满|近|将近|接近|约|大约|超过|逾|整整|足足)?"
    r"(?P<n>[一二两三四五六七八九]|十[一二]?|半|1?\d)(?:(?P<of>个半|个多|多个|个)(?P<month>月)|(?P<unit>年|周|星期))(?P<more>多|有余|左右|以上|半)?(?!度|内|级|产|龄|份|以内|前|后|的)"
)
_DAYS = {"月": 30.44, "年": 365.25, "周": 7.0, "星期": 7.0}
_PLANNED = re.compile("计划|原定|期限|目标|不晚于|截止|到期|时限")
_OTHERS = re.compile(r"合同|计划|质保|服务期|有效期|约定|要求|原定|延长|缩短|提前|推迟|租")


def lengths(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """一句里恰好两个日子，话里说前后有多久：照日子算，大差的才说。"""
    days = [when for when in sentence.whens if when.is_day]
    if len(days) != 2 or len(sentence.whens) != 2 or _PLANNED.search(sentence.skeleton):
        return
    a, b = sorted(days, key=lambda when: when.first)
    gap = (b.first - a.first).days
    for found in _WORDS.finditer(sentence.text):
        if found.start() < b.start and found.start() < a.start:
            continue
        lead = re.split("[，,。；]", sentence.text[: found.start()])[-1]
        if _OTHERS.search(lead[-8:]) or not gap:
            continue
        least, most = _bounds(found)
        if least - 2 <= gap <= most + 2:
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.text.strip()[:60],
            fact=f"{a.text} 到 {b.text} 是 {gap} 天，不是“{found[0].lstrip('，,')}”",
            values={"写的": found[0].lstrip("，,"), "算出": f"{gap}天"},
        )
        return


def _bounds(found: re.Match[str]) -> tuple[float, float]:
    """照话里说的，最少、最多几天。"""
    numeral, unit = found["n"].replace("两", "二"), _DAYS[found["month"] or found["unit"]]
    number = (
        0.5
        if numeral == "半"
        else float(numeral)
        if numeral.isdigit()
        else float(chinese_number(numeral) or 0)
    )
    if found["of"] == "个半" or found["more"] == "半":
        number += 0.5
    whole = number * unit
    how, more = found["how"] or "", found["of"] in ("个多", "多个") or found["more"] in ("多", "有余", "以上")
    if how in ("不足", "不到", "未满", "不满"):
        return 1, whole
    if how in ("近", "将近", "接近"):
        return whole * 0.75, whole
    if how in ("超过", "逾", "足足") or (more and found["more"] == "以上"):
        return whole, float("inf")
    if more:
        return whole, whole + unit
    half = unit / 2 if number >= 1 else unit / 4
    return whole - half, whole + half


__all__ = ["lengths"]
