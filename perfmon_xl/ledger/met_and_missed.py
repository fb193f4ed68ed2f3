"""A whole, those of it that met and those that did not: “400份中372份达标，28份未达标，达标率93%”.

What a number counts is read from the words that follow it (“9个按期”) or lead to it (“合格117个”); the words of those
that did not are the same words denied, or their opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.ledger.counts import TAKEN_OUT
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_NOT = "不|未|没有?|尚未|仍未|非"
_OPPOSITES = {
    "按期": "逾期|超期|延期|拖期",
    "及时": "超时|逾期|延误|迟",
    "达标": "超标",
    "合格": "返工",
    "在线": "离线|掉线|断线",
    "完好": "损坏|故障|破损",
    "到岗": "缺岗|离岗|空岗",
    "有效": "无效|作废",
    "成活": "死亡|枯死",
}
_STATES = (
    "按期|按时|及时|达标|合格|在线|完好|到岗|有效|成活|满意|通过|完成|完工|竣工|验收|签订|签约|就业|覆盖|办结|开工|交付|到位|整改|"
    "入学|返校|受训|取证|持证|参加|参与|出勤|响应|修复|销号|建成|安装|投用|使用|采纳|兑现|落实|归还|回收|收回|接种|治愈|好转|脱贫|巩固|确诊|录取|上岗"
)
_MET = re.compile(rf"(?:已|均|都|能|经|全部)*(?P<state>{_STATES})")
_MISSED = re.compile(
    rf"(?:还|仍|暂|因[^，,]{{0,8}}){{0,3}}(?:(?:{_NOT})(?:能|有|予|经|被)?(?P<state>{_STATES})|(?P<other>{'|'.join(_OPPOSITES.values())}))"
)
_LEADS = re.compile(
    rf"(?P<not>{_NOT})?(?:能|予|准|予以)?(?P<state>{_STATES})(?:的)?(?:户|人|量|数)?(?:有|为|共|达|：|:)?$"
)
_OPPOSITE_LEADS = re.compile(
    rf"(?:{'|'.join(_OPPOSITES.values())})(?:的)?(?:问卷|样品|户|人|件|份)?(?:有|为|共)?$"
)
_RATE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,14}?)[率度](?:均|已|约|为|是|达到?|到|计|：|:)*$")
_EVERY = re.compile(_STATES)
_HOW = ("按期", "按时", "及时", "有效")  # 按期完工率：说怎么做到的，也是分子
_OF_WHAT_IS_THERE = (
    *_HOW,
    "达标",
    "合格",
    "在线",
    "完好",
    "到岗",
    "成活",
    "满意",
    "通过",
    "办结",
    "就业",
    "整改",
    "出勤",
    "回收",
    "收回",
)
_A_GRADE = re.compile("(?:优秀|良好|优良|一般|较差|满意|优等|甲等|一等|二等)$")
_ROLES = (Role.ACTUAL, Role.PART, Role.PLAN)
_OF_ANOTHER = re.compile(r"上年|去年|同期|其中|累计|当月|本月|首次|初[检验审]|复[检验查]|整改后|新增")


@dataclass(frozen=True, slots=True)
class _StateTold:
    """一个数：第几个，说的是哪种状态，是做到的还是没有做到的；没有说的 state 是空。"""

    at: int
    quantity: Quantity
    states: tuple[str, ...] = ()
    met: bool = True

    @property
    def state(self) -> str:
        return self.states[-1] if self.states else ""


def met_and_missed(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """做到的不会比全部多；做到的加没有做到的就是全部；写了率的，率由它们除出来。"""
    numbers = [
        _told(sentence, n)
        for n, q in enumerate(sentence.quantities)
        if _counts(sentence, n, q) and not TAKEN_OUT.search(sentence.before(n))
    ]
    for part in [number for number in numbers if number.state]:
        whole = _whole(numbers, part)
        if whole is not None and _in_a_list(sentence, whole):
            continue
        if whole is not None and _A_GRADE.search(sentence.before(whole.at)):
            continue  # “优秀17人，合格66人”: two grades
        if whole is None or part.state not in _OF_WHAT_IS_THERE or _of_another(sentence, whole, part):
            continue
        if sentence.roles[whole.at] is Role.PLAN and part.state not in _HOW:
            continue  # 做的可以比计划的多
        missed = next(
            (o for o in numbers if part.met and not o.met and o.at > part.at and _denies(o, part)), None
        )
        if part.quantity.number > whole.quantity.number:
            yield _order(sentence, whole, part)
        elif missed is not None and numbers.index(missed) == numbers.index(part) + 1:
            yield from _sum(sentence, whole, part, missed)
    for n, rate in enumerate(sentence.quantities):
        yield from _rate(sentence, n, rate, [number for number in numbers if number.at < n])


def _counts(sentence: Sentence, n: int, q: Quantity) -> bool:
    money_or_time = q.unit in (
        "",
        "%",
        "‰",
        "元",
        "个百分点",
        "百分点",
        "天",
        "小时",
        "分钟",
        "个月",
        "年",
        "分",
        "倍",
    )
    return (
        not money_or_time
        and re.search("超额|超出|超|多|少|增加|减少", sentence.before(n)[-6:]) is None
        and not q.per
        and not q.about
        and not q.comparator
        and sentence.roles[n] in _ROLES
    )


_ALL_OF_IT = re.compile(r"(?:应|需|共|总|合计|总计)(?:[\u4e00-\u9fff]{1,2})?$")  # “应回收600吨”: the whole


def _told(sentence: Sentence, n: int) -> _StateTold:
    quantity, after, before = sentence.quantities[n], sentence.after(n), sentence.before(n)
    if missed := _MISSED.match(after):
        state = missed["state"] or next(s for s, o in _OPPOSITES.items() if re.search(o, missed["other"]))
        return _StateTold(n, quantity, (state,), met=False)
    if met := _MET.match(after):
        return _StateTold(n, quantity, (met["state"],))
    if other := _OPPOSITE_LEADS.search(before):
        return _StateTold(
            n, quantity, (next(s for s, o in _OPPOSITES.items() if re.search(o, other[0])),), met=False
        )
    led = _LEADS.search(before)
    if (
        led
        and not _ALL_OF_IT.search(before[: led.start()])
        and not re.match(r"[\u4e00-\u9fff]{0,4}中", after)
    ):
        return _StateTold(n, quantity, tuple(_EVERY.findall(before[-8:])), met=not led["not"])
    return _StateTold(n, quantity)


def _whole(numbers: list[_StateTold], part: _StateTold) -> _StateTold | None:
    """前面最近的、没有说这种状态的数；要能比，紧挨着的一个。"""
    before = [o for o in numbers if o.at < part.at and comparable(o.quantity, part.quantity)]
    plain = [o for o in before if o.state != part.state]
    return plain[-1] if plain and plain[-1] is before[-1] else None


def _denies(missed: _StateTold, part: _StateTold) -> bool:
    return missed.state == part.state and comparable(missed.quantity, part.quantity)


def _in_a_list(sentence: Sentence, whole: _StateTold) -> bool:
    """“426户，其中新申请390户、复核36户，通过398户”：列在“其中”后面的，不是全部。"""
    led = sentence.skeleton[: sentence.at[whole.at]]
    return "其中" in led and any(
        comparable(q, whole.quantity) and sentence.at[n] < led.rindex("其中")
        for n, q in enumerate(sentence.quantities)
    )


def _order(sentence: Sentence, whole: _StateTold, part: _StateTold) -> Breach:
    return Breach(
        relation=Relation.ORDER,
        quote=sentence.shown(sentence.at[whole.at], sentence.at[part.at] + 1),
        fact=f"{part.quantity.text} 比 {whole.quantity.text} 还多",
        values={"全部": whole.quantity.plainly, "其中": part.quantity.plainly},
    )


def _sum(sentence: Sentence, whole: _StateTold, part: _StateTold, missed: _StateTold) -> Iterator[Breach]:
    total = part.quantity.number + missed.quantity.number
    if total == whole.quantity.number:
        return
    yield Breach(
        relation=Relation.PARTS,
        quote=sentence.shown(sentence.at[whole.at], sentence.at[missed.at] + 1),
        fact=f"{part.quantity.text}＋{missed.quantity.text} = {in_unit_of(total, whole.quantity)}，不是 {whole.quantity.text}",
        values={"写的": whole.quantity.plainly, "加起来": in_unit_of(total, whole.quantity)},
    )


def _of_another(sentence: Sentence, whole: _StateTold, part: _StateTold) -> bool:
    return bool(_OF_ANOTHER.search(sentence.skeleton[sentence.at[whole.at] : sentence.at[part.at]]))


def _rate(sentence: Sentence, n: int, rate: Quantity, before: list[_StateTold]) -> Iterator[Breach]:
    """名称里有这种状态的率：前面的数没有一对除得出来的，才说；说的是挨得最近的一对。"""
    name = _RATE.search(sentence.before(n))
    if name is None or rate.unit != "%" or rate.about or sentence.roles[n] is not Role.ACTUAL:
        return
    if re.search(_NOT, name["name"]) or _OF_ANOTHER.search(sentence.clause(n)):
        return
    states = _EVERY.findall(name["name"])
    asked = {*states[-1:], *(s for s in states if s in _HOW)}
    parts = [state_told for state_told in before if asked & set(state_told.states)]
    met = sum(part.quantity.number for part in parts if part.met)
    for part in parts:
        for whole in before:
            if (
                whole.at >= part.at
                or not comparable(whole.quantity, part.quantity)
                or not whole.quantity.number
            ):
                continue
            if _close(_share(part, whole), rate) or _close(met / whole.quantity.number * 100, rate):
                return  # 满意108户、基本满意9户：加在一起算的也有
    for part in reversed(parts):
        nearest = _whole(before, part)
        if nearest is None or not nearest.quantity.number or _of_another(sentence, nearest, part):
            continue
        shown = part.quantity.text if part.met else f"（{nearest.quantity.text}－{part.quantity.text}）"
        right = in_unit_of(_share(part, nearest), rate)
        yield Breach(
            relation=Relation.SHARE,
            quote=sentence.shown(sentence.at[n] - len(sentence.before(n)), sentence.at[n] + 1),
            fact=f"{shown}÷{nearest.quantity.text} = {right}，写的是 {rate.text}",
            values={"写的": rate.plainly, "算出": right},
        )
        return


def _share(part: _StateTold, whole: _StateTold) -> Decimal:
    met = part.quantity.number if part.met else whole.quantity.number - part.quantity.number
    return met / whole.quantity.number * 100


def _close(share: Decimal, rate: Quantity) -> bool:
    exponent = rate.number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return abs(share - rate.number) * 2 <= Decimal(1).scaleb(-places) + Decimal("0.01")
