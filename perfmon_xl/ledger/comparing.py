"""Words of direction and differences against the numbers: 高于, 未超过, 优于, 早于; 多2公里, 低1.2个百分点, 由…降到…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import SCOPES, TARGET_WORDS, Q, Role, Sentence, W
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_MORE = "高于|超过|多于|大于|超出|高出|突破|未能控制在|没有控制在|没能控制在"
_LESS = "低于|少于|小于|不及|未达到|没有达到|没达到|未达|未完成|没有完成|尚未达到|尚未完成|未能达到"
_NOT_MORE = (
    "未超过|没有超过|没超过|不超过|未超出|没有超出|未高于|没有高于|不高于|控制在|限制在|未突破|没有突破"
)
_BETTER = "优于|好于"
_REACHED = "达到了?|已达到|完成了?|超额完成|实现了?"
_WORD = re.compile(
    rf"(?P<word>(?:{_MORE[_MORE.index('未能') :]})|(?:{_NOT_MORE})|(?:{_LESS})|(?:{_MORE})|(?:{_BETTER})|(?:{_REACHED}))"
    rf"(?P<target>(?:{SCOPES}|{TARGET_WORDS}|标准|的|值|所|确定|要求|[（(“])*)(?P<b>{Q})"
)
_SOFTENED = re.compile(r"(?:预计|可以?|将|力争|确保|能够?|争取|计划|要求|应当?|不得|必须|需|不|拟|有望)$")
_SAME_OBJECT = re.compile(r"目标|任务|要求|标准|上限|计划|控制数|限额|规定")
_WITHIN = re.compile(
    rf"(?P<word>在)(?P<b>{Q})(?:的)?(?:{SCOPES})*(?:{TARGET_WORDS}|标准|范围|红线)?(?:以内|之内|范围内|内)(?!的)"
)
_SHARE_OF = re.compile(r"的(?:约|近)?$")
_DATES = re.compile(
    rf"(?P<a>{W})[^。\uf000-\uf7ff]{{0,24}}?(?P<word>早于|晚于|先于|迟于)[^\uf000-\uf7ff，,。]{{0,8}}(?P<b>{W})"
)
_MOVED = re.compile(
    rf"(?:由|从)(?P<of>[^，,。\ue000-\ue7ff]{{0,14}})(?P<a>{Q})[^\ue000-\ue7ff。，,]{{0,6}}?"
    r"(?P<word>上升|提高|提升|增长|增加|增|升|扩大|下降|降低|减少|缩短|压减|压缩|降|减)(?:到|至|为)"
    rf"(?:了|约|本年|今年|的)*(?P<b>{Q})(?:[^\ue000-\ue7ff。]{{0,12}}?(?:上升|提高|提升|增长|增加|下降|降低|减少|缩短|压减|增|降|减|升幅|降幅)(?:了|约|幅度?|为|达)*(?P<d>{Q}))?"
)
_SOMEWHAT = re.compile(
    rf"(?:比|较|与)[^，,。；\ue000-\ue7ff]{{0,10}}(?P<b>{Q})(?:相比)?[，,]?(?:有所|略有|大幅|明显|小幅|进一步)(?P<word>增加|增长|提高|提升|上升|减少|下降|降低|缩短)"
)
_EXTREME = re.compile(r"最[快慢多少高低大小长短][^，,]{0,6}$|不合格|不满意")
_DOWN = ("下降", "降低", "减少", "缩短", "压减", "压缩", "降", "减")
_LESS_BY = "少|低|慢|短|减少|下降|降低|缩短|节约|节省|压减|回落|落后|滞后"
_MORE_BY = "多|高|快|增加|增长|提高|提升|上升|超出|增|长"
_BY = re.compile(
    rf"(?:比|较|与|同)(?P<of>[^，,。；\ue000-\ue7ff]{{0,16}}?)(?P<b>{Q})?(?P<rest>[^，,。；\ue000-\ue7ff]{{0,8}}?)(?:相比|比较|相较)?[，,]?"
    rf"(?P<mid>[^，,。；\ue000-\ue7ff比较]{{0,8}}?)(?P<word>{_LESS_BY}|{_MORE_BY}|相差|差)(?:了|出|约|近|达)*(?P<d>{Q})"
)
_PACE_GAP = re.compile(
    rf"(?P<a>{Q})[，,；、]?[^\ue000-\ue7ff。]{{0,14}}(?:序时|时间)进度[^\ue000-\ue7ff。]{{0,8}}(?P<b>{Q})[，,、]?[^\ue000-\ue7ff。]{{0,12}}?"
    rf"(?P<word>{_LESS_BY}|{_MORE_BY}|超前|超|相差|差)(?:于|出|过|了|约)*(?:序时进度|时间进度)?(?P<d>{Q})"
)
_EARLIER = re.compile(
    rf"(?P<a>{W})[^。\uf000-\uf7ff]{{0,20}}?(?:比|较)[^\uf000-\uf7ff，,。]{{0,10}}(?P<b>{W})[^，,。]{{0,8}}?(?P<word>提前|推迟|延后|晚|早)了?(?P<d>{Q})天?"
)


def directions(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“95.45%，低于90%的目标”“136户，已完成150户的目标”：词说的方向与两个数相反。

    左边是同一句里前面最近的、能比的实际数；一个也没有的，是这个指标的实际数。
    """
    for found in (*_WORD.finditer(sentence.skeleton), *_WITHIN.finditer(sentence.skeleton)):
        n = ord(found["b"]) - 0xE000
        b, word = sentence.quantities[n], found["word"]
        if _is_base_of_a_share(sentence, n):
            continue
        if (found.groupdict().get("target") or "").endswith("目标") and not any(
            b.agrees(g) for g in (subject.annual, subject.stage) if g is not None and g.unit == b.unit
        ):
            said = found["target"].rpartition("目标")[0]
            if word in _LESS.split("|") + _MORE.split("|") and not said and word not in _REACHED.split("|"):
                continue  # “180元/人，低于目标20元”: the target, or how far from it
        if _SOFTENED.search(sentence.skeleton[: found.start()][-6:]) or b.unit in ("个百分点", "百分点"):
            continue
        after = sentence.after(n)
        target = found["target"] if found.re is _WORD else ""
        goal = bool(target and _SAME_OBJECT.search(target)) or bool(
            re.match(
                r"(?:元)?(?:以内)?的?[^，,。]{0,8}?(?:目标|任务|要求|标准|上限|计划|控制数|限额|规定)", after
            )
        )
        left, a = _left(sentence, subject, n, found.start(), goal)
        if a is None or a.about:
            continue
        # “没有超过90天”是比较的词，不是约数；目标、标准是准数，不是四舍五入来的
        b = replace(b, low=b.number, high=b.number)
        wrong = _against(word, a, b, subject, goal)
        if wrong:
            shown = sentence.shown(left if left is not None else found.start(), found.end("b"))
            yield Breach(
                relation=Relation.DIRECTION,
                quote=shown + (re.match(r"[^，,。；]{0,8}", after) or [""])[0],
                fact=f"{a.text} {wrong} {b.text}，不是“{word if word != '在' else '在' + b.text + '以内'}”",
                values={"前": a.plainly, "后": b.plainly},
            )


def _is_base_of_a_share(sentence: Sentence, n: int) -> bool:
    """“完成全年目标2000人的60%”：这个数是除数。"""
    return (
        n + 1 < len(sentence.quantities)
        and sentence.quantities[n + 1].unit == "%"
        and _SHARE_OF.fullmatch(sentence.skeleton[sentence.at[n] + 1 : sentence.at[n + 1]]) is not None
    )


def _left(
    sentence: Sentence, subject: Subject, n: int, place: int, goal: bool
) -> tuple[int | None, Quantity | None]:
    b = sentence.quantities[n]
    for other in range(n - 1, -1, -1):
        one = sentence.quantities[other]
        if sentence.at[other] >= place or one.unit != b.unit:
            continue
        if not comparable(one, b) and (b.per or not one.per):
            continue  # “每平方米182.4元，低于185元的控制单价”: the right side leaves its unit out
        role = sentence.roles[other]
        if role in (Role.ACTUAL, Role.SHARE):
            before = sentence.before(other)
            if other and sentence.skeleton[sentence.at[other - 1] + 1 : sentence.at[other]].startswith(
                ("、", "和")
            ):
                return None, None  # the last part of a list is not what the whole is compared with
            if _EXTREME.search(before):
                continue
            return sentence.at[other], one
        if role in (Role.PREVIOUS, Role.PLAN, Role.PART):
            return None, None
    if goal and subject.actual is not None and comparable(subject.actual, sentence.quantities[n]):
        return None, subject.actual
    return None, None


def _against(word: str, a: Quantity, b: Quantity, subject: Subject, goal: bool) -> str:
    """词与两个数相反时，说实际是怎样；说得通的返回空。"""
    above, below = a.low > b.high, a.high < b.low
    if word == "在" or word in _NOT_MORE.split("|"):
        return "大于" if above else ""
    if word.endswith("控制在"):
        return "" if above else "没有超过"
    if word in _LESS.split("|"):
        if "完成" in word or "达" in word:
            most = subject.at_most
            return "" if most is None and not goal else ("已经大于" if above and not most else "")
        return "大于" if above else ""
    if word in _MORE.split("|"):
        return "小于" if below else ""
    if word in _BETTER.split("|"):
        if subject.at_most is None:
            return ""
        return ("大于" if above else "") if subject.at_most else ("小于" if below else "")
    if not goal or subject.at_most or (subject.at_most is None and b.per):
        return ""
    return "小于" if below else ""


def dates(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“5月16日完成，晚于5月20日的要求”：先后说反了；“提前4天”与两个日期相差的天数。"""
    for found in _DATES.finditer(sentence.skeleton):
        a, b = sentence.when(found["a"]), sentence.when(found["b"])
        early = found["word"] in ("早于", "先于")
        if (a.first > b.last) if early else (a.last < b.first):
            yield Breach(
                relation=Relation.DIRECTION,
                quote=sentence.shown(found.start(), found.end()),
                fact=f"{a.text} 比 {b.text} {'晚' if early else '早'}，不是“{found['word']}”",
                values={"前": a.text, "后": b.text},
            )
    for found in _EARLIER.finditer(sentence.skeleton):
        a, b, d = sentence.when(found["a"]), sentence.when(found["b"]), sentence.quantity(found["d"])
        if d.unit != "天" or not (a.is_day and b.is_day):
            continue
        gap = (b.first - a.first).days if found["word"] in ("提前", "早") else (a.first - b.first).days
        if not d.low - 1 <= gap <= d.high + 1:
            yield Breach(
                relation=Relation.DIFFERENCE,
                quote=sentence.shown(found.start(), found.end()),
                fact=f"{a.text} 与 {b.text} 相差 {abs(gap)} 天",
                values={"写的": d.plainly, "算出": f"{abs(gap)}天"},
            )


_AHEAD_OF_DUE = re.compile(
    rf"(?:比|较)?(?:要求|规定|计划|目标|期限|时限|约定)?(?:的)?(?:时间|期限|日期|工期)?(?P<word>提前|推迟|延后|超期|逾期|晚|早)了?(?P<d>{Q})"
)


def ahead_of_due(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“于6月18日全部开班，比期限提前12天”：期限减完成的日期，应是写的天数。"""
    if subject.due is None or subject.done is None:
        return
    for found in _AHEAD_OF_DUE.finditer(sentence.skeleton):
        d = sentence.quantity(found["d"])
        days = {"天": 1, "周": 7}.get(d.unit)
        if days is None or d.about or re.search(r"\uf000|\uf001", found[0]):
            continue
        early = found["word"] in ("提前", "早")
        gap = (subject.due - subject.done).days if early else (subject.done - subject.due).days
        whens = [w.first for w in sentence.whens if w.is_day]
        others = {abs((a - b).days) for a in whens for b in whens} | {
            abs((a - subject.done).days) for a in whens
        }
        if any(abs(d.number * days - one) <= 1 for one in (gap, *others)):
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(found.start(), found.end()),
            fact=f"期限 {subject.due}，完成 {subject.done}，{'提前' if gap >= 0 and early else '晚' if (gap >= 0) is not early else '相差'} {abs(gap)} 天",
            values={"写的": d.plainly, "算出": f"{abs(gap)}天"},
        )


def movements(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“由90%提高到85%”说反了；“由91.2%提高到93.5%，提高3.2个百分点”差数不对。"""
    for found in _SOMEWHAT.finditer(sentence.skeleton):
        n = ord(found["b"]) - 0xE000
        b = sentence.quantities[n]
        lefts = [
            sentence.quantities[m]
            for m in range(n - 1, -1, -1)
            if comparable(sentence.quantities[m], b) and sentence.roles[m] in (Role.ACTUAL, Role.SHARE)
        ]
        if not lefts or b.about or lefts[0].about:
            continue
        down = found["word"] in (*_DOWN, "缩短")
        if (lefts[0].low > b.high) if down else (lefts[0].high < b.low):
            yield Breach(
                relation=Relation.DIRECTION,
                quote=sentence.shown(found.start(), found.end()),
                fact=f"{lefts[0].text} 比 {b.text} {'大' if down else '小'}，不是“{found['word']}”",
                values={"前": b.plainly, "后": lefts[0].plainly},
            )
    for found in _MOVED.finditer(sentence.skeleton):
        a, b = sentence.quantity(found["a"]), sentence.quantity(found["b"])
        if a.unit not in ("", b.unit) or (a.unit and not comparable(a, b)):
            continue
        down = found["word"] in _DOWN
        if (b.low > a.high) if down else (b.high < a.low):
            yield Breach(
                relation=Relation.DIRECTION,
                quote=sentence.shown(found.start(), found.end("b")),
                fact=f"{b.text} 比 {a.text} {'大' if down else '小'}，不是“{found['word']}”",
                values={"前": a.plainly, "后": b.plainly},
            )
        elif found["d"] and (wrong := _wrong_by(a, b, sentence.quantity(found["d"]))):
            d = sentence.quantity(found["d"])
            yield Breach(
                relation=Relation.DIFFERENCE,
                quote=sentence.shown(found.start(), found.end()),
                fact=f"{a.text} 与 {b.text} 相差 {wrong}，不是 {d.text}",
                values={"写的": d.plainly, "算出": wrong},
            )


_OVER_TARGET = re.compile(
    rf"(?P<word>超过|超出|超|高出|高于|多于|少于|低于|落后于?|滞后于?|快于|慢于|优于|差于?)(?P<scope>(?:{SCOPES})*)"
    rf"(?:的)?(?:绩效|预期|控制)?(?:目标|任务|计划|要求|指标)(?:值|数|任务)?(?P<d>{Q})"
)
_OVER_MORE = ("超过", "超出", "超", "高出", "高于", "多于", "快于")


def over_target(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“超过阶段目标300册”“高出控制目标0.4个百分点”：说的是与目标差多少；数就是目标的，由 directions 看。"""
    for found in _OVER_TARGET.finditer(sentence.skeleton):
        n = ord(found["d"]) - 0xE000
        d = sentence.quantities[n]
        points = d.unit in ("个百分点", "百分点")
        stage = re.search("阶段|本期|序时", found["scope"]) is not None
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
        word = "多" if found["word"] in _OVER_MORE else "少"
        if found["word"] in ("优于", "差", "差于"):
            word = "相差"
        wrongs = [_wrong(a, b, d, word) for a, b in pairs]
        if all(wrongs):
            a, b = pairs[0]
            yield Breach(
                relation=Relation.DIFFERENCE,
                quote=sentence.shown(found.start(), found.end()),
                fact=f"{a.text} 与 {b.text} 比，应当是{wrongs[0]}",
                values={"写的": found["word"] + d.plainly, "算出": wrongs[0]},
            )


_GROWTH = re.compile(
    rf"(?P<word>增加|增长|多|提高|减少|下降|降低|少|压减)(?:了|约)?(?P<d>{Q})[，,、]?(?:同比)?(?P<also>增长率?|增幅|提高|上升|下降|减少|降幅|降低)(?:了|约|为|达|到)*(?P<r>{Q})"
)


def growth_rates(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“较上年同期880人增加120人，增长12.0%”：增长率是增加的数除以原来的数。"""
    for found in _GROWTH.finditer(sentence.skeleton):
        n, rate = ord(found["d"]) - 0xE000, sentence.quantity(found["r"])
        d = sentence.quantities[n]
        bases = [q for q in sentence.quantities[:n] if comparable(q, d) and q.number]
        if rate.unit != "%" or d.unit in ("%", "个百分点", "百分点") or not bases or rate.about or d.about:
            continue
        down = found["word"] in ("减少", "下降", "降低", "少", "压减")
        roles = [(q, sentence.roles[m]) for m, q in enumerate(sentence.quantities[:n]) if comparable(q, d)]
        earlier = [q.number for q, role in roles if role in (Role.PREVIOUS, Role.THRESHOLD)]
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
            quote=sentence.shown(found.start(), found.end()),
            fact=f"{d.text} 除以原来的 {in_unit_of(base, d)}，是 {in_unit_of(right, rate)}，不是 {rate.text}",
            values={"写的": rate.plainly, "算出": in_unit_of(right, rate)},
        )


def differences(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“比阶段目标60公里多2公里”“较上年增长7.65%”“低1.20个百分点”：差数与两个数算出来的比。"""
    seen: set[int] = set()
    for pattern in (_PACE_GAP, _BY):
        for found in pattern.finditer(sentence.skeleton):
            n = ord(found["d"]) - 0xE000
            if n in seen:
                continue
            if pattern is _PACE_GAP:
                a, b = sentence.quantity(found["a"]), sentence.quantity(found["b"])
                if {a.unit, b.unit} != {"%"} or sentence.quantities[n].unit not in ("个百分点", "百分点"):
                    continue
                pairs = [(a, b)]
            else:
                pairs = list(_compared(sentence, subject, found, n))
            if not pairs:
                continue
            seen.add(n)
            d, word = sentence.quantities[n], _sense(found["word"], sentence, n, found.start("word"))
            wrongs = [_wrong(a, b, d, word) for a, b in pairs]
            if all(wrongs):
                a, b = pairs[0]
                yield Breach(
                    relation=Relation.DIFFERENCE,
                    quote=sentence.shown(found.start(), found.end()),
                    fact=f"{a.text} 与 {b.text} 比，应当是{wrongs[0]}",
                    values={"写的": word + d.plainly, "算出": wrongs[0]},
                )


def _sense(word: str, sentence: Sentence, n: int, place: int) -> str:
    """“快”说时间是少，“尚差”是少；其余照字面。"""
    d = sentence.quantities[n]
    if word in ("快", "慢") and d.unit in _LASTING:
        return "少" if word == "快" else "多"
    if word == "差" and sentence.skeleton[:place][-1:] in ("尚", "还", "仍", "只", "仅"):
        return "少"
    return word


_LASTING = ("天", "工作日", "小时", "分钟", "个月", "秒")


def _compared(
    sentence: Sentence, subject: Subject, found: re.Match[str], n: int
) -> Iterator[tuple[Quantity, Quantity]]:
    """差数是哪两个数的差：左边的数和右边的数。"""
    d = sentence.quantities[n]
    of = re.sub(Q, "", sentence.skeleton[found.start() + 1 : found.start("word")])
    if found["b"]:
        m = ord(found["b"]) - 0xE000
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
            if sentence.at[k] < found.start()
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
                sentence.at[left] < found.start()
                and comparable(a, base)
                and sentence.roles[left] is Role.ACTUAL
                and (comparable(base, d) or d.unit in ("个百分点", "百分点"))
            ):
                yield a, base  # “54%，一季度55%，比目标高4个百分点”: any of them may be meant


def _leaves_out_what_it_is_by(a: Quantity, b: Quantity) -> bool:
    """“每亩1518元，比1650元的上限低132元”：后一个没有再写按什么计。"""
    return a.unit == b.unit and bool(a.per) and not b.per


def _later(sentence: Sentence, n: int, b: Quantity) -> Quantity | None:
    """“比上年的850批次增加65批次，达到915批次”：左边的数在后面。"""
    for m in range(n + 1, len(sentence.quantities)):
        if comparable(sentence.quantities[m], b) and re.search(r"(?:达到?|为|至|到)$", sentence.before(m)):
            return sentence.quantities[m]
    return None


def _wrong(a: Quantity, b: Quantity, d: Quantity, word: str) -> str:
    """差数不对的，返回应当怎么写；对的返回空。"""
    less = word in _LESS_BY.split("|")
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


def _wrong_by(a: Quantity, b: Quantity, d: Quantity) -> str:
    wrong = _wrong(b, a, d, "相差") if d.unit in ("%", "个百分点", "百分点") or comparable(a, d) else ""
    return wrong[1:].strip() if wrong else ""


def _ratio(a: Quantity, b: Quantity) -> tuple[Decimal, Decimal]:
    low = b.low if b.low > 0 else b.number
    return a.low / b.high, a.high / low


def day_gap(one: date, other: date) -> int:
    return abs((one - other).days)
