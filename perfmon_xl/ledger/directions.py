"""Words of comparison against the two numbers: 高于, 未超过, 优于, 快于, 不足, 等于, 控制在…以内."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import SCOPES, TARGET_WORDS, Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable

_MORE = (
    "高于|超过|多于|大于|超出|高出|突破|快于|领先于|领先|长于|高过|多过|大过|未能控制在|没有控制在|没能控制在"
)
_LESS = "低于|少于|小于|不及|不足|不到|不满|慢于|落后于|落后|滞后于|短于|未达到|没有达到|没达到|未达|未完成|没有完成|尚未达到|尚未完成|未能达到"
_NOT_MORE = (
    "未超过|没有超过|没超过|不超过|未超出|没有超出|未高于|没有高于|不高于|控制在|限制在|未突破|没有突破"
)
_EQUAL = "等于|恰好等于|正好等于|刚好等于"
_FASTER, _SLOWER = ("快于", "领先于", "领先"), ("慢于", "落后于", "落后", "滞后于")
_LASTING = ("天", "工作日", "小时", "分钟", "个月", "秒")
_BETTER = "优于|好于"
_REACHED = "达到了?|已达到|完成了?|超额完成|实现了?"
_WORD = re.compile(
    rf"(?P<word>(?:{_MORE[_MORE.index('未能') :]})|(?:{_NOT_MORE})|(?:{_LESS})|(?:{_MORE})|(?:{_BETTER})|(?:{_EQUAL})|(?:{_REACHED}))"
    rf"(?P<target>(?:{SCOPES}|{TARGET_WORDS}|(?:序时|时间)?进度|均值|标准|限值|红线|的|值|所|确定|要求|[（(“]){{0,8}})(?P<b>{Q})"
)
_SOFTENED = re.compile(r"(?:预计|可以?|将|力争|确保|能够?|争取|计划|要求|应当?|不得|必须|需|不|拟|有望)$")
_SAME_OBJECT = re.compile(r"目标|任务|要求|标准|上限|计划|控制数|限额|规定")
_WITHIN = re.compile(
    rf"(?P<word>在)(?P<b>{Q})(?:的)?(?:{SCOPES}){{0,4}}(?:{TARGET_WORDS}|标准|范围|红线)?(?:以内|之内|范围内|内)(?!的)"
)
_ALIKE = re.compile(
    rf"(?:与|和|同|跟)(?P<target>[^，,。；\ue000-\ue7ff]{{0,12}})(?P<b>{Q})(?:完全|正好|恰好|刚好|都|均|是)?(?P<word>相等|持平|一致|相同|相当|一样)"
)
_REST_OF_IT = re.compile(r"(?:的)?(?:部分|缺口|差额)|由")
_SHARE_OF = re.compile(r"的(?:约|近)?$")

_LONGEST = re.compile(r"最[慢多高大长][^，,]{0,6}$")
_EXTREME = re.compile(r"最[快慢多少高低大小长短][^，,]{0,6}$|不合格|不满意")


def directions(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“95.45%，低于90%的目标”“136户，已完成150户的目标”：词说的方向与两个数相反。

    左边是同一句里前面最近的、能比的实际数；一个也没有的，是这个指标的实际数。
    """
    for match in (m for pattern in (_WORD, _WITHIN, _ALIKE) for m in pattern.finditer(sentence.skeleton)):
        n = ord(match["b"]) - 0xE000
        b, word = sentence.quantities[n], match["word"]
        if _is_base_of_a_share(sentence, n) or _REST_OF_IT.match(sentence.after(n)):
            continue
        word = _as_more_or_less(word, b)
        if (match.groupdict().get("target") or "").endswith("目标") and not any(
            b.agrees(g) for g in (subject.annual, subject.stage) if g is not None and g.unit == b.unit
        ):
            said = match["target"].rpartition("目标")[0]
            if word in _LESS.split("|") + _MORE.split("|") and _is_the_distance(sentence, subject, n, b):
                continue  # “85万公里，低于阶段目标2万公里”
            if word in _LESS.split("|") + _MORE.split("|") and not said and word not in _REACHED.split("|"):
                continue  # “180元/人，低于目标20元”: the target, or how far from it
        if _SOFTENED.search(sentence.skeleton[: match.start()][-6:]) or b.unit in ("个百分点", "百分点"):
            continue
        after = sentence.after(n)
        target = match["target"] if match.re is not _WITHIN else ""
        goal = bool(target and _SAME_OBJECT.search(target)) or bool(
            re.match(
                r"(?:元)?(?:以内)?的?[^，,。]{0,8}?(?:目标|任务|要求|标准|上限|计划|控制数|限额|规定)", after
            )
        )
        left, a = _left(
            sentence, subject, n, match.start(), goal, upper=word in _NOT_MORE.split("|") or word == "在"
        )
        if a is None or a.about:
            continue
        # “没有超过90天”是比较的词，不是约数；目标、标准是准数，不是四舍五入来的
        b = replace(b, low=b.number, high=b.number)
        wrong = _against(word, a, b, subject, goal)
        if wrong:
            shown = sentence.shown(left if left is not None else match.start(), match.end("b"))
            yield Breach(
                relation=Relation.DIRECTION,
                quote=shown + (re.match(r"[^，,。；]{0,8}", after) or [""])[0],
                fact=f"{a.text} {wrong} {b.text}，不是“{word if word != '在' else '在' + b.text + '以内'}”",
                values={"前": a.plainly, "后": b.plainly},
            )


def _is_the_distance(sentence: Sentence, subject: Subject, n: int, b: Quantity) -> bool:
    """写的不是目标，是与目标差多少：比前面的数小得多，或者正好是差数。"""
    earlier = [q for q in sentence.quantities[:n] if q.kind == b.kind]
    goals = [g for g in (subject.stage, subject.annual) if g is not None and g.kind == b.kind]
    if any(abs(q.number - g.number) == b.number for q in earlier for g in goals):
        return True
    return bool(earlier) and b.number * 4 < earlier[-1].number


def _as_more_or_less(word: str, b: Quantity) -> str:
    """“快于30分钟”是用时少；“快于序时进度75%”是多。"""
    if word in _FASTER:
        return "少于" if b.unit in _LASTING else "多于"
    if word in _SLOWER:
        return "多于" if b.unit in _LASTING else "少于"
    return word


def _quite_equal(word: str, a: Quantity, b: Quantity) -> bool:
    """两个准数相同：不能说高于，也不能说低于；四舍五入过的百分数说不准。"""
    exact = a.low == a.high == a.number or ("." not in a.text and a.unit not in ("%", "‰"))
    return exact and a.number == b.number and not word.endswith("控制在") and a.kind == b.kind


def _is_base_of_a_share(sentence: Sentence, n: int) -> bool:
    """“完成全年目标2000人的60%”：这个数是除数。"""
    return (
        n + 1 < len(sentence.quantities)
        and sentence.quantities[n + 1].unit == "%"
        and _SHARE_OF.fullmatch(sentence.skeleton[sentence.at[n] + 1 : sentence.at[n + 1]]) is not None
    )


def _left(
    sentence: Sentence, subject: Subject, n: int, place: int, goal: bool, upper: bool
) -> tuple[int | None, Quantity | None]:
    b = sentence.quantities[n]
    for other in range(n - 1, -1, -1):
        quantity = sentence.quantities[other]
        if sentence.at[other] >= place or quantity.unit != b.unit:
            continue
        if not comparable(quantity, b) and (b.per or not quantity.per):
            continue  # “每平方米182.4元，低于185元的控制单价”: the right side leaves its unit out
        role = sentence.roles[other]
        if re.search("其余|其他|余下|剩下|另外", sentence.skeleton[sentence.at[other] : place]):
            return None, None  # “占82.05%，其余两项不足两成”
        if role in (Role.ACTUAL, Role.SHARE):
            before = sentence.before(other)
            if other and sentence.skeleton[sentence.at[other - 1] + 1 : sentence.at[other]].startswith(
                ("、", "和")
            ):
                return None, None  # the last part of a list is not what the whole is compared with
            if _EXTREME.search(before) and not (upper and _LONGEST.search(before)):
                continue
            return sentence.at[other], quantity
        if role in (Role.PREVIOUS, Role.PLAN, Role.PART):
            return None, None
    if goal and subject.actual is not None and comparable(subject.actual, sentence.quantities[n]):
        return None, subject.actual
    return None, None


def _against(word: str, a: Quantity, b: Quantity, subject: Subject, goal: bool) -> str:
    """词与两个数相反时，说实际是怎样；说得通的返回空。"""
    above, below = a.low > b.high, a.high < b.low
    if word in _EQUAL.split("|") or word in ("相等", "持平", "一致", "相同", "一样"):
        return "不等于" if above or below else ""
    if word in (*_MORE.split("|"), *_LESS[: _LESS.index("不足")].split("|")) and _quite_equal(word, a, b):
        return "等于"
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
