"""Words of direction and differences against the numbers: 高于, 未超过, 优于, 早于; 多2公里, 低1.2个百分点, 由…降到…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import SCOPES, TARGET_WORDS, Q, Role, Sentence, W
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable

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
_EARLIER = re.compile(
    rf"(?P<a>{W})[^。\uf000-\uf7ff]{{0,20}}?(?:比|较)[^\uf000-\uf7ff，,。]{{0,10}}(?P<b>{W})[^，,。]{{0,8}}?(?P<word>提前|推迟|延后|晚|早)了?(?P<d>{Q})天?"
)
_EXTREME = re.compile(r"最[快慢多少高低大小长短][^，,]{0,6}$|不合格|不满意")
SAME_OBJECT = re.compile(r"目标|任务|要求|标准|上限|计划|控制数|限额|规定")
_WITHIN = re.compile(
    rf"(?P<word>在)(?P<b>{Q})(?:的)?(?:{SCOPES})*(?:{TARGET_WORDS}|标准|范围|红线)?(?:以内|之内|范围内|内)(?!的)"
)
_SHARE_OF = re.compile(r"的(?:约|近)?$")
_DATES = re.compile(
    rf"(?P<a>{W})[^。\uf000-\uf7ff]{{0,24}}?(?P<word>早于|晚于|先于|迟于)[^\uf000-\uf7ff，,。]{{0,8}}(?P<b>{W})"
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
        if _SOFTENED.search(sentence.skeleton[: found.start()][-6:]) or b.unit in ("个百分点", "百分点"):
            continue
        after = sentence.after(n)
        target = found["target"] if found.re is _WORD else ""
        goal = bool(target and SAME_OBJECT.search(target)) or bool(
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
