"""Differences from a number that the sentence names: 比目标多2公里, 较上年增长7.65%, 高出控制目标0.4个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.changes import DOWN, UP
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import SCOPES, Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_SAME_OBJECT = re.compile(r"目标|任务|要求|标准|上限|计划|控制数|限额|规定")
_SOMEWHAT = re.compile(
    rf"(?:比|较|与)[^，,。；\ue000-\ue7ff]{{0,10}}(?P<b>{Q})(?:相比)?[，,]?(?:有所|略有|大幅|明显|小幅|进一步)(?P<word>{UP}|{DOWN})"
)
LESS_BY = "少|低|慢|短|减少|下降|降低|缩短|节约|节省|压减|回落|落后|滞后|下滑|下跌|滑落|核减|缩减"
MORE_BY = "多|高|快|增加|增长|提高|提升|上升|超出|增|长|上涨|回升|攀升|追加|延长"
_BY = re.compile(
    rf"(?:比|较|与|(?<![合共])同)(?=[^。；]{{0,48}}{Q})(?P<of>[^，,。；\ue000-\ue7ff]{{0,16}}?)(?P<b>{Q})?(?P<rest>[^，,。；\ue000-\ue7ff]{{0,8}}?)(?:相比|比较|相较)?[，,]?"
    rf"(?P<mid>[^，,。；\ue000-\ue7ff比较]{{0,8}}?)(?P<word>{LESS_BY}|{MORE_BY}|相差|差)(?:了|出|约|近|达)*(?:[供建办发收种养育培检修放演接完做用投补运送打栽造铺拨花支](?:[\u4e00-\u9fff])?了?)?(?P<d>{Q})"
)
_PACE_GAP = re.compile(
    rf"(?P<a>{Q})[，,；、]?[^\ue000-\ue7ff。]{{0,14}}(?:序时|时间)进度[^\ue000-\ue7ff。]{{0,8}}(?P<b>{Q})[，,、]?[^\ue000-\ue7ff。]{{0,12}}?"
    rf"(?P<word>{LESS_BY}|{MORE_BY}|超前|超|相差|差)(?:于|出|过|了|约)*(?:序时进度|时间进度)?(?P<d>{Q})"
)


def somewhat(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“今年930件，比上年的720件有所减少”说反了。"""
    for match in _SOMEWHAT.finditer(sentence.skeleton):
        n = ord(match["b"]) - 0xE000
        b = sentence.quantities[n]
        lefts = [
            sentence.quantities[m]
            for m in range(n - 1, -1, -1)
            if comparable(sentence.quantities[m], b) and sentence.roles[m] in (Role.ACTUAL, Role.SHARE)
        ]
        if not lefts or b.about or lefts[0].about:
            continue
        down = match["word"] in DOWN.split("|")
        if (lefts[0].low > b.high) if down else (lefts[0].high < b.low):
            yield Breach(
                relation=Relation.DIRECTION,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{lefts[0].text} 比 {b.text} {'大' if down else '小'}，不是“{match['word']}”",
                values={"前": b.plainly, "后": lefts[0].plainly},
            )


_OVER_TARGET = re.compile(
    rf"(?P<word>超过|超出|超|高出|高于|多于|少于|低于|落后于?|滞后于?|快于|慢于|优于|差于?)(?P<scope>(?:{SCOPES})*)"
    rf"(?:的)?(?:绩效|预期|控制)?(?:目标|任务|计划|要求|指标)(?:值|数|任务)?(?P<d>{Q})"
)
_OVER_MORE = ("超过", "超出", "超", "高出", "高于", "多于", "快于")


def over_target(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“超过阶段目标300册”“高出控制目标0.4个百分点”：说的是与目标差多少；数就是目标的，由 directions 看。"""
    for match in _OVER_TARGET.finditer(sentence.skeleton):
        n = ord(match["d"]) - 0xE000
        d = sentence.quantities[n]
        points = d.unit in ("个百分点", "百分点")
        stage = re.search("阶段|本期|序时", match["scope"]) is not None
        bases = [
            b
            for b in ((subject.stage,) if stage else (subject.stage, subject.annual))
            if b is not None and (b.unit == "%" if points else comparable(b, d))
        ]
        lefts = [
            sentence.quantities[m]
            for m in range(n - 1, -1, -1)
            if bases and comparable(sentence.quantities[m], bases[0]) and sentence.roles[m] is Role.ACTUAL
        ] or ([subject.actual] if subject.actual is not None else [])
        pairs = [(a, b) for a in lefts for b in bases if comparable(a, b)]
        if (
            not pairs
            or d.about
            or (not points and any(d.number == b.number for b in (subject.stage, subject.annual) if b))
        ):
            continue
        if not points and d.number * 2 > min(b.number for _, b in pairs):
            continue  # more like another target than like what lies between
        word = "多" if match["word"] in _OVER_MORE else "少"
        if match["word"] in ("优于", "差", "差于"):
            word = "相差"
        wrongs = [wrong_difference(a, b, d, word) for a, b in pairs]
        if all(wrongs):
            a, b = pairs[0]
            yield Breach(
                relation=Relation.DIFFERENCE,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{a.text} 与 {b.text} 比，应当是{wrongs[0]}",
                values={"写的": match["word"] + d.plainly, "算出": wrongs[0]},
            )


_GROWTH = re.compile(
    rf"(?P<word>增加|增长|多|高|提高|减少|下降|降低|少|低|压减|节约|节省)(?:了|约)?(?P<d>{Q})[，,、]?(?:同比)?(?P<also>增长率?|增幅|节约|节省|提高|上升|下降|减少|降幅|降低)(?:了|约|为|达|到)*(?P<r>{Q})"
)


def growth_rates(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“较上年同期880人增加120人，增长12.0%”：增长率是增加的数除以原来的数。"""
    for match in _GROWTH.finditer(sentence.skeleton):
        n, rate = ord(match["d"]) - 0xE000, sentence.quantity(match["r"])
        d = sentence.quantities[n]
        near = [q for q in sentence.quantities[:n] if q.unit == d.unit and q.number]
        bases = [q for q in near if q.per == near[-1].per]
        if rate.unit != "%" or d.unit in ("%", "个百分点", "百分点") or not bases or rate.about or d.about:
            continue
        down = match["word"] in ("减少", "下降", "降低", "少", "低", "压减", "节约", "节省")
        roles = [(q, sentence.roles[m]) for m, q in enumerate(sentence.quantities[:n]) if q in bases]
        earlier = [
            q.number for q, role in roles if role in (Role.PREVIOUS, Role.THRESHOLD, Role.TARGET, Role.STAGE)
        ]
        later = [
            q.number + (d.number if down else -d.number)
            for q, role in roles
            if role in (Role.ACTUAL, Role.PART) or not earlier
        ]
        candidates = [b for b in (*earlier, *later) if b > 0]
        slack = max((rate.high - rate.low) / 2, Decimal("0.011"))
        if any(abs(d.number / b * 100 - rate.number) <= slack for b in candidates):
            continue
        base = (earlier or later)[0]
        if base <= 0:
            continue
        right = d.number / base * 100
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"{d.text} 除以原来的 {in_unit_of(base, d)}，是 {in_unit_of(right, rate)}，不是 {rate.text}",
            values={"写的": rate.plainly, "算出": in_unit_of(right, rate)},
        )


def differences(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“比阶段目标60公里多2公里”“较上年增长7.65%”“低1.20个百分点”：差数与两个数算出来的比。"""
    seen: set[int] = set()
    for pattern in (_PACE_GAP, _BY):
        for match in pattern.finditer(sentence.skeleton):
            n = ord(match["d"]) - 0xE000
            if n in seen:
                continue
            if pattern is _PACE_GAP:
                a, b = sentence.quantity(match["a"]), sentence.quantity(match["b"])
                if {a.unit, b.unit} != {"%"} or sentence.quantities[n].unit not in ("个百分点", "百分点"):
                    continue
                pairs = [(a, b)]
            else:
                pairs = list(_compared(sentence, subject, match, n))
            if not pairs:
                continue
            seen.add(n)
            d, word = sentence.quantities[n], sense_of(match["word"], sentence, n, match.start("word"))
            wrongs = [wrong_difference(a, b, d, word) for a, b in pairs]
            if all(wrongs):
                a, b = pairs[0]
                yield Breach(
                    relation=Relation.DIFFERENCE,
                    quote=sentence.shown(match.start(), match.end()),
                    fact=f"{a.text} 与 {b.text} 比，应当是{wrongs[0]}",
                    values={"写的": word + d.plainly, "算出": wrongs[0]},
                )


def sense_of(word: str, sentence: Sentence, n: int, place: int) -> str:
    """“快”说时间是少，“尚差”是少；其余照字面。"""
    d = sentence.quantities[n]
    if word in ("快", "慢") and d.unit in _LASTING:
        return "少" if word == "快" else "多"
    if word == "差" and sentence.skeleton[:place][-1:] in ("尚", "还", "仍", "只", "仅"):
        return "少"
    return word


_LASTING = ("天", "工作日", "小时", "分钟", "个月", "秒")


def _compared(
    sentence: Sentence, subject: Subject, match: re.Match[str], n: int
) -> Iterator[tuple[Quantity, Quantity]]:
    """差数是哪两个数的差：左边的数和右边的数。"""
    d = sentence.quantities[n]
    of = re.sub(Q, "", sentence.skeleton[match.start() + 1 : match.start("word")])
    if match["b"]:
        m = ord(match["b"]) - 0xE000
        b = sentence.quantities[m]
        if d.unit not in ("个百分点", "百分点", "%", "倍") and (
            b.unit != d.unit or (d.per and d.per != b.per)
        ):
            return
        if d.unit == "倍":
            return
        lefts = [
            sentence.quantities[k]
            for k in range(m - 1, -1, -1)
            if sentence.at[k] < match.start()
            and sentence.roles[k] in (Role.ACTUAL, Role.SHARE)
            and (
                comparable(sentence.quantities[k], b) or _leaves_out_what_it_is_by(sentence.quantities[k], b)
            )
        ]
        if lefts:
            yield from ((left, b) for left in lefts)
        elif (later := _later(sentence, n, b)) is not None:
            yield later, b
        return
    if not _SAME_OBJECT.search(of):
        return
    stage = re.search("阶段|本期", of) is not None
    for base in (subject.stage, subject.annual) if not stage else (subject.stage,):
        if base is None:
            continue
        for left in range(n - 1, -1, -1):
            a = sentence.quantities[left]
            if (
                sentence.at[left] < match.start()
                and comparable(a, base)
                and sentence.roles[left] is Role.ACTUAL
                and (
                    comparable(base, d)
                    or (not d.per and d.unit == base.unit)
                    or d.unit in ("个百分点", "百分点")
                )
            ):
                yield a, base  # “54%，一季度55%，比目标高4个百分点”: any of them may be meant


def _leaves_out_what_it_is_by(a: Quantity, b: Quantity) -> bool:
    """“每亩1518元，比1650元的上限低132元”：后一个没有再写按什么计。"""
    return a.unit == b.unit and bool(a.per) and not b.per


def _later(sentence: Sentence, n: int, b: Quantity) -> Quantity | None:
    """“比上年的850批次增加65批次，达到915批次”：左边的数在后面。"""
    for m in range(n + 1, len(sentence.quantities)):
        if comparable(sentence.quantities[m], b) and re.search(
            r"(?:达到?|为|至|到)$|^[，,]?(?:全年|今年|本年|本期|现有|目前|实际)(?:共|有|为|用时|完成|发生|办结)*$",
            sentence.before(m),
        ):
            return sentence.quantities[m]
    return None


def wrong_difference(a: Quantity, b: Quantity, d: Quantity, word: str) -> str:
    """差数不对的，返回应当怎么写；对的返回空。"""
    less = word in LESS_BY.split("|")
    either = word in ("相差", "差")
    if d.unit == "%":
        if a.unit == "%" or not b.number:
            return ""  # 两个百分数之差写成“%”，说不清是差还是增长率
        low, high = _ratio(a, b)
        change_low, change_high = (low - 1) * 100, (high - 1) * 100
        if less:
            change_low, change_high = -change_high, -change_low
        if either and a.number < b.number:
            change_low, change_high = -change_high, -change_low
        fits = d.low - Decimal("0.005") <= change_high and change_low - Decimal("0.005") <= d.high
        exact = (a.number / b.number - 1) * 100
        return "" if fits else f"{'增长' if exact >= 0 else '减少'} {in_unit_of(abs(exact), d)}"
    low, high = a.low - b.high, a.high - b.low
    exact = a.number - b.number
    if d.unit not in ("%", "个百分点", "百分点") and not (a.about or b.about or d.about):
        half = (high - low) / 2
        if half * 50 > abs(exact):  # “1.4万元”比“1.5万元”低0.1万元: coarse figures are figures all the same
            low = high = exact
    if less or (either and exact < 0):
        low, high = -high, -low
    if d.low <= high and low <= d.high:
        return ""
    sign = (
        ("多" if exact >= 0 else "少")
        if d.unit not in ("个百分点", "百分点")
        else ("高" if exact >= 0 else "低")
    )
    return f"{sign} {in_unit_of(abs(exact), d)}"


def _ratio(a: Quantity, b: Quantity) -> tuple[Decimal, Decimal]:
    low = b.low if b.low > 0 else b.number
    return a.low / b.high, a.high / low
