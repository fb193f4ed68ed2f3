"""Dates: which is the earlier, how far a day lies before or after its limit, how long something took."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger.reading import Q, Sentence, W
from perfmon_xl.ledger.relations import Breach, Relation, Subject
from perfmon_xl.ledger.when import When

_DATES = re.compile(
    rf"(?P<a>{W})[^。\uf000-\uf7ff]{{0,24}}?(?P<word>早于|晚于|先于|迟于)[^\uf000-\uf7ff，,。]{{0,8}}(?P<b>{W})"
)
_EARLIER = re.compile(
    rf"(?P<a>{W})[^。\uf000-\uf7ff]{{0,20}}?(?:比|较)[^\uf000-\uf7ff，,。]{{0,10}}(?P<b>{W})[^，,。]{{0,8}}?(?P<word>提前|推迟|延后|延期|延迟|逾期|超期|晚|迟|早)了?(?P<d>{Q})天?"
)


def dates(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“5月16日完成，晚于5月20日的要求”：先后说反了；“提前4天”与两个日期相差的天数。"""
    for match in _DATES.finditer(sentence.skeleton):
        a, b = sentence.when(match["a"]), sentence.when(match["b"])
        early = match["word"] in ("早于", "先于")
        if (a.first > b.last) if early else (a.last < b.first):
            yield Breach(
                relation=Relation.DIRECTION,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{a.text} 比 {b.text} {'晚' if early else '早'}，不是“{match['word']}”",
                values={"前": a.text, "后": b.text},
            )
    for match in _EARLIER.finditer(sentence.skeleton):
        a, b, d = sentence.when(match["a"]), sentence.when(match["b"]), sentence.quantity(match["d"])
        if d.unit != "天" or not (a.is_day and b.is_day):
            continue
        gap = (b.first - a.first).days if match["word"] in ("提前", "早") else (a.first - b.first).days
        if not d.low - 1 <= gap <= d.high + 1:
            yield Breach(
                relation=Relation.DIFFERENCE,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{a.text} 比 {b.text} {'早' if a.first < b.first else '晚'} {abs(gap)} 天",
                values={"写的": d.plainly, "算出": f"{abs(gap)}天"},
            )


_AHEAD_OF_DUE = re.compile(
    rf"(?:比|较)?(?:要求|规定|计划|目标|期限|时限|约定)?(?:的)?(?:时间|期限|日期|工期)?(?P<word>提前|推迟|延后|超期|逾期|晚|早)了?(?P<d>{Q})"
)


def ahead_of_due(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“于6月18日全部开班，比期限提前12天”：期限减完成的日期，应是写的天数。"""
    if subject.due is None or subject.done is None:
        return
    for match in _AHEAD_OF_DUE.finditer(sentence.skeleton):
        d = sentence.quantity(match["d"])
        days = {"天": 1, "周": 7}.get(d.unit)
        if days is None or d.about or re.search(r"\uf000|\uf001", match[0]):
            continue
        early = match["word"] in ("提前", "早")
        gap = (subject.due - subject.done).days if early else (subject.done - subject.due).days
        whens = [w.first for w in sentence.whens if w.is_day]
        others = {abs((a - b).days) for a in whens for b in whens} | {
            abs((a - subject.done).days) for a in whens
        }
        if any(abs(d.number * days - one) <= 1 for one in (gap, *others)):
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"期限 {subject.due}，完成 {subject.done}，{'提前' if gap >= 0 and early else '晚' if (gap >= 0) is not early else '相差'} {abs(gap)} 天",
            values={"写的": d.plainly, "算出": f"{abs(gap)}天"},
        )


_PLANNED = re.compile(
    r"计划|原定|应|要求|期限|约定|(?<!签订)(?<!签)合同(?!签)|规定|时限|到期|预定|不晚于|截止"
)
_BEFORE_THAT_DAY = re.compile(r"(?:之|以)?前(?!期|后)")
_DAYS = re.compile(rf"(?P<word>提前|推迟|延后|延迟|延期|逾期|超期|拖延|滞后|晚|迟|早)(?:了|约|近)?(?P<d>{Q})")
_EARLY = ("提前", "早")


_MOVED = re.compile(
    "顺延|展期|工期|延长|调整后|变更后|批准延期"
)  # the day that was planned is no longer the limit


def planned_and_done(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """一句里一个计划的日子、一个实际的日子：提前、推迟的天数是它们相差的天数，早晚也不能说反。"""
    days = [w for w in sentence.whens if w.is_day]
    if len(days) not in (2, 3) or len(sentence.whens) != len(days) or _MOVED.search(sentence.skeleton):
        return
    signs = [i for i, c in enumerate(sentence.skeleton) if re.match(W, c)]
    planned = [_is_planned(sentence, i) for i in signs]
    if len(days) == 3:
        yield from _one_of_two_limits(sentence, days, planned)
        return
    for match in _DAYS.finditer(sentence.skeleton):
        told = sentence.quantity(match["d"])
        unit = {"天": 1, "日": 1, "周": 7}.get(told.unit)
        if unit is None or told.about or match.start() < signs[0] or planned.count(True) != 1:
            continue
        due, done = (days[0], days[1]) if planned[0] else (days[1], days[0])
        ahead = (due.first - done.first).days
        gap, early = abs(ahead), match["word"] in _EARLY
        turned = ahead != 0 and early is not (ahead > 0)
        if not turned and abs(told.number * unit - gap) <= (0 if unit == 1 else 6):
            continue
        says = f"{'提前' if ahead > 0 else '晚'} {gap} 天" if turned else f"相差 {gap} 天"
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(signs[0], max(match.end(), signs[1] + 1)),
            fact=f"期限 {due.text}，实际 {done.text}，{says}"
            if turned
            else f"{days[0].text}到{days[1].text}{says}",
            values={"写的": match["word"] + told.plainly, "算出": says.replace(" ", "")},
        )
        return


def _one_of_two_limits(sentence: Sentence, days: list[When], planned: list[bool]) -> Iterator[Breach]:
    """“原计划4月20日，推迟3天，于4月23日完成，比4月30日的时限早7天”：是与其中一个相差的天数。"""
    if planned.count(False) != 1:
        return
    done = days[planned.index(False)]
    gaps = {(w.first - done.first).days for w, due in zip(days, planned, strict=True) if due}
    for match in _DAYS.finditer(sentence.skeleton):
        told = sentence.quantity(match["d"])
        if told.unit not in ("天", "日") or told.about:
            continue
        ahead = told.number if match["word"] in _EARLY else -told.number
        if ahead in gaps or any(abs((a.first - b.first).days) == told.number for a in days for b in days):
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=match["word"] + told.text,
            fact=f"实际 {done.text}，与两个期限相差 {'、'.join(str(abs(g)) for g in sorted(gaps))} 天",
            values={
                "写的": match["word"] + told.plainly,
                "算出": "或".join(f"{abs(g)}天" for g in sorted(gaps)),
            },
        )


_ON_TIME = re.compile(
    r"没有(?:延误|延期|逾期|超期|推迟|拖延|超时)|未(?:延误|延期|逾期|超期|推迟|超时)|按期(?=完成|完工|开工|办结|交付|开放|发放|。|$|[，,])|如期|按时(?=完成|完工|办结|交付|发放|。|$|[，,])"
)
_LATE = re.compile(
    r"(?<![没未有不])(?:延误|逾期|超期|超时|晚于期限|超过期限)(?![\ue000-\ue7ff]|率|的风险|情况)"
)


def on_time(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“6月9日放流，期限为5月20日，没有延误”：日子过了期限，不能说没有延误；没有过的，不能说逾期。"""
    days = [w for w in sentence.whens if w.is_day]
    if len(days) not in (2, 3) or len(sentence.whens) != len(days):
        return
    signs = [i for i, c in enumerate(sentence.skeleton) if re.match(W, c)]
    limits = [_is_planned(sentence, i) for i in signs]
    if limits.count(False) != 1 or re.search("其中|除|另|个别|部分", sentence.skeleton):
        return
    done = days[limits.index(False)]
    due = max((w for w, limit in zip(days, limits, strict=True) if limit), key=lambda w: w.first)
    for pattern, wrong in ((_ON_TIME, done.first > due.first), (_LATE, done.first <= due.first)):
        match = pattern.search(sentence.skeleton)
        if match is None or not wrong or match.start() < signs[0]:
            continue
        yield Breach(
            relation=Relation.DIRECTION,
            quote=sentence.shown(signs[0], match.end()),
            fact=f"期限 {due.text}，实际 {done.text}，{'晚' if pattern is _ON_TIME else '没有晚'}，不是“{match[0]}”",
            values={"期限": due.text, "实际": done.text},
        )
        return


def _is_planned(sentence: Sentence, i: int) -> bool:
    before = re.split("[，,\uf000-\uf7ff]", sentence.skeleton[max(0, i - 8) : i])[-1]
    after = re.split("[，,\uf000-\uf7ff]", sentence.skeleton[i + 1 : i + 8])[0]
    return bool(
        _PLANNED.search(before) or _PLANNED.search(after) or _BEFORE_THAT_DAY.match(after)
    ) and not re.search("实际", before)
