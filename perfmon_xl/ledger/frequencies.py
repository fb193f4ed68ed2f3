"""Rates over time: a service every few minutes and its runs a day, the same rate per second and per hour, a daily mean over named months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfmon_xl.domain.dates import month_end
from perfmon_xl.ledger.quantity import Quantity, unit_key
from perfmon_xl.ledger.reading import Q, Role, Sentence, W
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_HALVES = {
    "凌晨": 0,
    "早": 0,
    "早上": 0,
    "上午": 0,
    "清晨": 0,
    "中午": 0,
    "下午": 12,
    "晚": 12,
    "晚上": 12,
    "傍晚": 12,
    "夜间": 12,
}
_CLOCK = r"(?P<h{0}>凌晨|早上|清晨|早|上午|中午|下午|傍晚|晚上|夜间|晚)?(?P<c{0}>\d{{1,2}})(?:[:：](?P<m{0}>\d{{2}})|[点时](?!长)(?:(?P<t{0}>\d{{1,2}})分|(?P<s{0}>半))?)"
_HOURS = re.compile(
    _CLOCK.format(1) + r"[^，,。；;\d]{0,6}[，,、至到—\-－~～][^，,。；;\d]{0,6}?" + _CLOCK.format(2)
)
_INTERVAL = re.compile(
    r"(?:每隔?|间隔)(?P<n>\d{1,3})(?P<unit>分钟|分|小时)(?:发|开)?(?:一|1)?(?:班|趟|次|列|车)"
)
_A_DAY = re.compile(r"(?:每天|每日|全天|日均?|一天)[^，,。；;\ue000-\uf7ff]{0,8}$")
_BOTH_WAYS = re.compile("往返|双向|对开|上下行|两端|两头|两个方向")
_RUNS = frozenset({"班", "趟", "次", "班次", "车次", "趟次", "列", "列次"})
_DAY_MINUTES = 1440

_SECONDS = {"秒": 1, "分钟": 60, "分": 60, "小时": 3600, "时": 3600}
_LONGER = {"天": 1, "日": 1, "周": 7, "年": 365}
_THAT_IS = re.compile(r"即|折合|折算|相当于|也就是|合(?:每|为|计)|换算|等于|＝|=|[（(]")

_MEAN = re.compile("均(?P<what>[^，,。；;]{0,8}?)[约为达仅是]{0,2}$")
_OPEN = re.compile("工作日|开放日|作业日|运行日|实际运行|有效|停运|停机|检修")


def every_few_minutes(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“早6点首班、晚10点收班，每10分钟一班，单向每天96班”：运行的时间除以间隔是每天的班次（首末班都算的多一班）。"""
    text = sentence.with_numbers
    hours, interval = list(_HOURS.finditer(text)), list(_INTERVAL.finditer(text))
    if len(hours) != 1 or len(interval) != 1:
        return
    start, end = (_minutes(hours[0], k) for k in ("1", "2"))
    step = int(interval[0]["n"]) * (60 if interval[0]["unit"] == "小时" else 1)
    length = end - start if end > start else end + _DAY_MINUTES - start
    if not step or start < 0 or not 0 < length <= _DAY_MINUTES:
        return
    runs = Decimal(length) / step
    ways = (1, 2) if _BOTH_WAYS.search(text) else (1,)
    for n, told in enumerate(sentence.quantities):
        if (
            told.unit not in _RUNS
            or told.about
            or not (told.per in (("天",), ("日",)) or _A_DAY.search(sentence.before(n)))
        ):
            continue
        if any(abs(told.number - k * runs) <= k for k in ways):
            continue
        yield Breach(
            relation=Relation.PRODUCT,
            quote=sentence.text.strip(),
            fact=f"{_hours_said(length)}、每{interval[0]['n']}{interval[0]['unit']}一班，每天是 {int(runs)} 班左右，写的是 {told.text}",
            values={"写的": told.plainly, "算出": f"{int(runs)}{told.unit}"},
        )
        return


def _hours_said(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    return f"{whole}小时" + (f"{rest}分钟" if rest else "")


def _minutes(match: re.Match[str], k: str) -> int:
    """零点以后多少分钟；写得不成钟点的是负数。"""
    hour = int(match["c" + k])
    half = _HALVES.get(match["h" + k] or "", 0)
    hour += half if half and hour < half else 0
    minute = 30 if match["s" + k] else int(match["m" + k] or match["t" + k] or 0)
    return hour * 60 + minute if hour <= 24 and minute < 60 else -1


def converted(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“每秒96立方米，折合每小时34.56万立方米”：同一个量按秒、按小时说，差的倍数是定的。"""
    rates = [
        (n, q) for n, q in enumerate(sentence.quantities) if len(q.per) == 1 and q.unit not in ("", "%", "元")
    ]
    for (n, a), (m, b) in pairwise(rates):
        times = _times(a.per[0], b.per[0])
        if a.unit != b.unit or times is None or a.about or b.about:
            continue
        between = sentence.skeleton[sentence.at[n] + 1 : sentence.at[m]]
        if len(between) > 14 or not _THAT_IS.search(between):
            continue
        right = a.number * times
        low, high = a.narrow[0] * times, a.narrow[1] * times
        if b.covers(right) or (low <= b.high and b.low <= high):
            continue
        yield Breach(
            relation=Relation.PRODUCT,
            quote=sentence.shown(sentence.at[n], sentence.at[m] + 1),
            fact=f"每{a.per[0]} {a.text} 是每{b.per[0]} {in_unit_of(right, b)}，写的是 {b.text}",
            values={"写的": b.plainly, "算出": in_unit_of(right, b)},
        )


def _times(a: str, b: str) -> Decimal | None:
    for table in (_SECONDS, _LONGER):
        if a in table and b in table and table[a] != table[b]:
            return Decimal(table[b]) / Decimal(table[a])
    if a in ("月",) and b == "年":
        return Decimal(12)
    return Decimal(1) / 12 if a == "年" and b == "月" else None


_IN_TIME = re.compile(
    rf"(?P<time>{Q})(?:之内|以内|内|时间)?(?:就|即|便)?(?:可以?|能|预计|计划|争取)?(?:全部)?"
    r"(?:完成|处理|做完|施完|打完|抽排?|收割|铺设|清运|检测|发放|安装|改造|维修|采集|录入|注药|施药|栽植|种植)(?:完|了)?"
    rf"(?:剩余|余下|剩下|其余|全部)?的?(?P<total>{Q})"
)
_TIME_UNITS = {"天": "天", "日": "天", "小时": "小时", "个月": "月", "月": "月", "周": "周"}
_EACH_ONE = re.compile(r"[每各][^每，,天日\ue000-\uf7ff]{1,3}(?:每|一)[天日小]|[天日]各|均")
_ENOUGH = Decimal("0.9")


def done_in_time(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“增加2支专业队，每队每天500株，用6天完成剩余的1.1万株”：人手乘效率乘天数，不到总数的九成，就完不成。"""
    for match in _IN_TIME.finditer(sentence.skeleton):
        time, total = sentence.quantity(match["time"]), sentence.quantity(match["total"])
        unit = _TIME_UNITS.get(time.unit)
        before = [n for n in range(len(sentence.quantities)) if sentence.at[n] < match.start()]
        each = [
            n
            for n in before
            if unit in sentence.quantities[n].per and sentence.quantities[n].unit == total.unit
        ]
        if len(each) != 1 or time.about or total.per or total.unit == "元":
            continue
        rate, lead = sentence.quantities[each[0]], sentence.skeleton[: sentence.at[each[0]]]
        counted = [sentence.quantities[n] for n in before if n != each[0]]
        counted = [q for q in counted if not q.per and q.unit != total.unit and not q.about]
        doers = [q for q in counted if unit_key(q.unit) in rate.per] or counted
        each_one = len(rate.per) > 1 or _EACH_ONE.search(lead[-16:])
        if len(doers) != 1 and (each_one or doers):
            continue  # “两支队伍每天60人”: of all together, or of each
        factors = [*(doers if each_one else []), rate, time]
        most = Decimal(1)
        for factor in factors:
            most *= factor.high
        if rate.about or most >= total.low * _ENOUGH:
            continue
        yield Breach(
            relation=Relation.PRODUCT,
            quote=sentence.text.strip(),
            fact=f"{'×'.join(f.text for f in factors)} = {in_unit_of(most, total)}，到不了 {total.text}",
            values={"写的": total.plainly, "算出": in_unit_of(most, total)},
        )


def per_day_of_named_months(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“5月、6月两月1,134万立方米，日均18.6万立方米”：除以那几个月的天数。"""
    for m, mean in enumerate(sentence.quantities):
        said = _MEAN.search(sentence.before(m))
        if mean.per not in (("天",), ("日",)) or said is None or not m:
            continue
        totals = [
            n
            for n in range(m)
            if sentence.quantities[n].unit == mean.unit
            and not sentence.quantities[n].per
            and sentence.roles[n] in (Role.ACTUAL, Role.PART)
        ]
        if not totals or _OPEN.search(sentence.skeleton):
            continue
        n = totals[-1]
        total, lead = sentence.quantities[n], sentence.skeleton[max(0, sentence.at[n] - 30) : sentence.at[n]]
        lead = re.split(Q, lead)[-1]
        days = _days_of(sentence, lead)
        if days is None or total.about or mean.about or (said["what"] and said["what"] not in lead):
            continue
        right = total.number / days
        if _near(mean, right) or any(_near(mean, total.number / d) for d in (days - 1, days + 1) if d):
            continue
        yield Breach(
            relation=Relation.PRODUCT,
            quote=sentence.shown(sentence.at[n] - len(lead), sentence.at[m] + 1),
            fact=f"{total.text}÷{days}天 = {in_unit_of(right, mean)}，写的是 {mean.text}",
            values={"写的": mean.plainly, "算出": in_unit_of(right, mean)},
        )


def _near(mean: Quantity, right: Decimal) -> bool:
    return mean.covers(right) or abs(mean.number - right) * 200 <= right


def _days_of(sentence: Sentence, lead: str) -> int | None:
    """前面写着的几个整月（或一段整月）共有几天；写了日子的、没有写的不知道。"""
    whens = [sentence.when(c) for c in re.findall(W, lead)]
    if not whens or any(
        w.is_day or w.first.day != 1 or w.last != month_end(w.last.year, w.last.month) for w in whens
    ):
        return None
    return sum((w.last - w.first).days + 1 for w in whens)


__all__ = ["converted", "done_in_time", "every_few_minutes", "per_day_of_named_months"]
