"""How long something took, in figures or words, against the two dates that it lies between; days before or after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.ledger.reading import Sentence, W
from perfmon_xl.ledger.relations import Breach, Relation, Subject
from perfmon_xl.ledger.when import When

_UNITS = {"年": 365.25, "季度": 91.3, "月": 30.44, "周": 7.0, "星期": 7.0, "天": 1.0, "日": 1.0}
_SLACK = {"年": 35.0, "季度": 14.0, "月": 12.0, "周": 2.0, "星期": 2.0, "天": 1.0, "日": 1.0}
_LENGTH = (
    r"(?P<bound>不足|不到|不满|将近|接近|近|大约|约|超过|超|逾|满|已?过|整整|仅|只)?\s?"
    r"(?:(?P<number>\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九十百]{1,5})(?P<more>[多余])?个?(?P<more2>[多余])?(?P<and>半)?|(?P<only>半)个?)"
    r"(?P<unit>年|季度|月|周|星期|天|日)(?:时间)?(?P<tail>半|多|余|有余|左右|以上)?"
)
_TERM = (
    r"(?:合同|服务|建设|实施|运营|租赁|质保|有效|监测|管护|养护|聘用|承包|施工|项目|活动|公示|试运行|试点|委托|保险|维护){0,2}"
    r"(?:期限?|工期|周期|为期|时限)(?:限|间)?(?:共|约定|确定)?(?:为|是)?"
)
_TO = r"(?:开始|起)?(?:至|到|—|－|-|~|～)"
_BEFORE_THE_DATES = re.compile(
    rf"(?:{_TERM}){_LENGTH}[，,（(：:]?(?:即|也就是)?(?:自|从|由)?(?P<a>{W}){_TO}(?P<b>{W})"
)
_AFTER_THE_DATES = re.compile(
    rf"(?P<a>{W}){_TO}(?P<b>{W})(?:止|结束)?[）)]?(?:为[^，,。；;\ue000-\uf7ff]{1, 6}期)?[，,（(]?(?:[^，,。；;\ue000-\uf7ff]{{0,6}}?"
    rf"(?P<word>历时|为期|工期|期限?|前后|时间|跨度|用时|耗时|用了|总计|合计|共计|共用|共|计|长达)(?:共|为|是|了)?)?{_LENGTH}"
)
_END = re.compile(r"[，,。；;）)]|的(?:时间|工期|周期)|时间|内|完成|建成|$")
_BETWEEN = re.compile(
    rf"(?P<word>历时|用时|耗时|为期|工期|历经|共用|前后|间隔|相隔|时隔|相距|用了|花了|花费|仅用|只用|用去|持续|经过|时间跨度)(?:共|了|为|已|实际)?{_LENGTH}"
)
_APART = ("间隔", "相隔", "时隔", "相距")
_OF_THE_PLAN = re.compile(
    r"(?:计划|合同|总|约定|要求|规定|原定|标准|每次|每期|每轮|平均|一般|允许|最长|不少于|不超过)的?$"
)
_DRAWN_OUT = re.compile(r"延期|顺延|延长|停工|扣除")
_MOST_DAYS = 3
_THROUGH = ("至", "到", "—", "-", "～")

_LIMIT = re.compile(r"(?:之|以)?前|的(?:要求|期限|目标|规定|时限)")
_NO_EVENT = re.compile(
    r"早于|晚于|先于|迟于|要求|期限|计划|原定|比|较|截[至止]|拟|预计|将|应|(?:至|到|—|-|～)$"
)


@dataclass(frozen=True, slots=True)
class _Length:
    """话里的一段时间：原文，和它最短、最长是多少天。"""

    text: str
    low: float
    high: float

    def covers(self, days: float) -> bool:
        return self.low <= days <= self.high


def durations(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“3月12日开工，历时131天，6月21日完工”“合同期三年，自2023年7月1日至2025年6月30日”：两个日子之间有多久，是算得出来的。"""
    if not sentence.whens:
        return
    text = sentence.with_numbers
    told: set[str] = set()
    for pattern in (_BEFORE_THE_DATES, _AFTER_THE_DATES):
        for match in pattern.finditer(text):
            length = _length(match)
            if length is None or length.text in told or not _is_told_of(text, match):
                continue
            a, b = sentence.when(match["a"]), sentence.when(match["b"])
            told.add(length.text)
            if b.last >= a.first:
                yield from _held(length, a, b, _shown(sentence, match[0]))
    for match in _BETWEEN.finditer(text):
        length = _length(match)
        before = text[max(0, match.start() - 6) : match.start()]
        if length is None or length.text in told or _OF_THE_PLAN.search(before):
            continue
        days = _days(sentence)
        if not 2 <= len(days) <= _MOST_DAYS or _DRAWN_OUT.search(text):
            continue
        pairs = [sorted(pair, key=lambda w: w.first) for pair in combinations(days, 2)]
        if not any(length.covers(_gap(a, b)) for a, b in pairs):
            a, b = pairs[-1] if match["word"] in _APART else pairs[0]
            yield from _held(length, a, b, _shown(sentence, match[0]))


def _shown(sentence: Sentence, text: str) -> str:
    return "".join(sentence.when(c).text if "\uf000" <= c <= "\uf7ff" else c for c in text)


def _is_told_of(text: str, match: re.Match[str]) -> bool:
    """长短说的是这两个日子之间：“共23天降雨”“半年补贴”不是。"""
    if "word" not in match.re.groupindex:
        return not _OF_THE_PLAN.search(text[max(0, match.start() - 4) : match.start()])
    if match["word"] not in (None, "共", "计", "总计", "合计", "共计"):
        return True
    return _END.match(text, match.end()) is not None and (match["word"] is not None or match["unit"] != "日")


def _length(match: re.Match[str]) -> _Length | None:
    """一段时间的说法最短、最长各是多少天。

    “三个月”前后差十来天都这么说；“不足一个月”只有上限，“两个多月”在两个月与三个月之间。
    """
    unit, bound, tail = match["unit"], match["bound"] or "", match["tail"] or ""
    if unit == "月" and match["number"] and "个" not in match[0] and match["number"] != "两":
        return None  # “3月” is a date
    if match["only"]:
        number: float | None = 0.5
    else:
        number = _number(match["number"])
    if number is None or not number:
        return None
    if match["and"] or tail == "半":
        number += 0.5
    exact, slack = number * _UNITS[unit], _SLACK[unit]
    if match["only"] or number < 1:
        slack = max(slack / 2, 1.0)
    low, high = exact - slack, exact + slack
    if match["more"] or match["more2"] or tail in ("多", "余", "有余"):
        low, high = exact - 2, exact + _UNITS[unit] + 2
    elif bound in ("不足", "不到", "不满"):
        low, high = 0.0, exact + (2 if unit != "天" else 0)
    elif bound in ("将近", "接近", "近"):
        low, high = exact * 0.6, exact + slack / 3
    elif bound in ("超过", "超", "逾", "已过", "过") or tail == "以上":
        low, high = exact - slack / 4, exact * 2 + slack
    elif bound in ("大约", "约") or tail == "左右":
        low, high = exact * 0.7 - slack, exact * 1.3 + slack
    begin = "bound" if bound else "number" if match["number"] else "only"
    said = match.string[match.start(begin) : match.end("tail" if tail else "unit")]
    return _Length(said, low, high)


def _number(text: str) -> float | None:
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    number: Decimal | None = chinese_number(text)
    return None if number is None else float(number)


def _gap(a: When, b: When) -> float:
    return (b.first - a.first).days


def _held(length: _Length, a: When, b: When, quote: str) -> Iterator[Breach]:
    """写到月份的日子，可以从月初算，也可以从月末算。"""
    least, most = (b.first - a.last).days, (b.last - a.first).days + 1
    if any(length.covers(days) for days in (least, (least + most) / 2, most)) or least <= length.low <= most:
        return
    exact = a.is_day and b.is_day
    right = f"{most - 1} 天" if exact else f"{round(most / 30.44)} 个月"
    yield Breach(
        relation=Relation.DIFFERENCE,
        quote=quote,
        fact=f"{a.text} 到 {b.text} 是 {right}，不是“{length.text}”",
        values={"写的": length.text, "算出": right.replace(" ", "")},
    )


def _days(sentence: Sentence) -> list[When]:
    """一句里各件事的日子，起止也算；要求的期限不算。"""
    whens = []
    for match in re.finditer(W, sentence.skeleton):
        when = sentence.when(match[0])
        before = re.split(r"[，,；;。]", sentence.skeleton[max(0, match.start() - 40) : match.start()])[-1]
        after = re.split(r"[，,；;。\uf000-\uf7ff]", sentence.skeleton[match.end() : match.end() + 40])[0]
        no_event = _NO_EVENT.search(before[-4:])
        if _LIMIT.match(after) or not when.is_day or (no_event and no_event[0] not in _THROUGH):
            continue
        whens.append(when)
    return whens


_ALL_BEFORE = re.compile(
    rf"(?P<all>均|都|全部|一律)(?:已)?(?:是|安排|选)?(?:在|于)?(?:[^，,。；;（(\ue000-\uf7ff]{{0,10}}[（(])?(?P<limit>{W})[）)]?(?:之|以)?(?P<side>前|后)"
)
_ONE_BEFORE = re.compile(
    rf"(?:是|赶|抢|安排|选)在(?:[^，,。；;（(\ue000-\uf7ff]{{0,10}}[（(])?(?P<limit>{W})[）)]?(?:之|以)?(?P<side>前|后)"
)


def before_and_after_a_day(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“4月26日、6月14日各演练一次，均在入汛（5月1日）之前”：前面说的各个日子，都要在它之前。"""
    for pattern in (_ALL_BEFORE, _ONE_BEFORE):
        for match in pattern.finditer(sentence.skeleton):
            limit = sentence.when(match["limit"])
            told = sentence.skeleton[: match.start()]
            signs = re.findall(W, told)
            days = [sentence.when(sign) for sign in signs]
            if re.search(r"计划|原定|应于|要求|期限|截[至止]|依据|根据|按照|上年|去年", told) or not days:
                continue
            if pattern is _ONE_BEFORE and len(days) != 1:
                continue
            late = [
                d for d in days if (d.first > limit.last if match["side"] == "前" else d.last < limit.first)
            ]
            if late and all(d.is_day for d in late):
                side = "之后" if match["side"] == "前" else "之前"
                yield Breach(
                    relation=Relation.DIRECTION,
                    quote=sentence.shown(match.start(), match.end()),
                    fact=f"{'、'.join(d.text for d in late)}在 {limit.text} {side}",
                    values={"写的": f"{limit.text}{match['side']}", "日子": "、".join(d.text for d in late)},
                )
            return


_BEGUN_AND_ENDED = re.compile(
    rf"(?P<a>{W})[^，,。；、\ue000-\uf7ff]{{0,6}}?(?P<begun>开工|动工|启动|进场|立项|挂网|招标|签约|签订合同|下单|播种|移栽|栽植|报名|受理|申报|送审|开班|开课|开展)"
    rf"[^，,。；、\ue000-\uf7ff]{{0,4}}?[、，,至到](?P<b>{W})[^，,。；、\ue000-\uf7ff]{{0,6}}?"
    r"(?P<ended>验收|完工|竣工|建成|交付|投用|投入使用|到货|结业|结课|收割|采收|办结|批复|结束|完成|启用)(?=[，,。；、]|$)"
)
_NEXT_YEAR = re.compile("次年|翌年|明年|下年|来年|计划|预计|拟|应|上一|另")


def begun_and_ended(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“第二批9个7月开工、5月验收”：一个分句里，后一步的日子不会在前一步之前。"""
    for match in _BEGUN_AND_ENDED.finditer(sentence.skeleton):
        a, b = sentence.when(match["a"]), sentence.when(match["b"])
        if b.last >= a.first or _NEXT_YEAR.search(match[0]):
            continue
        yield Breach(
            relation=Relation.DIRECTION,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"{b.text}{match['ended']}比 {a.text}{match['begun']}还早",
            values={"前一步": a.text + match["begun"], "后一步": b.text + match["ended"]},
        )


__all__ = ["before_and_after_a_day", "begun_and_ended", "durations"]
