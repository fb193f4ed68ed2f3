"""Earlier, change and now; planned day and real day; several numbers and their average.

“新装8套，连同原有的52套，全县共60套”“2024年同期为7900亩，今年多700亩”“原计划4月10日开工，实际4月2日开工，提前8天”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import NOT_SIGN, Q, Role, Sentence, W
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_NEW = rf"新(?:增|建|装|购|招|开|签|添|聘|设|种|修){NOT_SIGN}{{0,8}}(?P<new>{Q})"
_OLD = rf"(?:原有|原来|现有的?|已有|此前|连同){NOT_SIGN}{{0,6}}(?P<old>{Q})"
_NOW = rf"(?:共|合计|总数|总量|总计|达到|增至|增加到|累计){NOT_SIGN}{{0,6}}(?P<now>{Q})"
_GAP = rf"{NOT_SIGN}{{0,14}}"
_ADDED = (
    re.compile(_NEW + _GAP + _OLD + _GAP + _NOW),
    re.compile(_OLD + _GAP + _NEW + _GAP + _NOW),
)
_CHANGED = re.compile(
    r"(?:(?P<more>多|增加|提高|上升|提升|增长|增)|(?P<less>少|减少|下降|降低|缩短|回落|降))了?$"
)
_PLANNED = re.compile(r"计划|原定|应|要求|期限|约定|合同|规定|时限")
_DAYS = re.compile(rf"(?:提前|推迟|延后|延迟|逾期|超期|晚|早)了?(?P<d>{Q})")
_MEAN = re.compile(
    rf"(?P<list>{Q}(?:[、和及]{Q})+){NOT_SIGN}{{0,8}}平均(?:用时|值|为|每[件次起户个])?(?:为|是)?(?P<mean>{Q})"
)


def added_up(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """原有的加新增的，应是现在一共的。"""
    for pattern in _ADDED:
        for found in pattern.finditer(sentence.skeleton):
            new, old, now = (sentence.quantity(found[name]) for name in ("new", "old", "now"))
            if not (comparable(new, old) and comparable(old, now)) or new.about or old.about or now.about:
                continue
            total = new.number + old.number
            if now.covers(total):
                continue
            yield Breach(
                relation=Relation.PARTS,
                quote=sentence.shown(found.start(), found.end()),
                fact=f"{old.text}＋{new.text} = {in_unit_of(total, now)}，写的是 {now.text}",
                values={"写的": now.plainly, "算出": in_unit_of(total, now)},
            )
            return


def since_then(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """只写了以前的数和增减多少，没有写现在的数：现在的是这个指标的实际值。"""
    actual = subject.actual
    earlier = [
        q for q, role in zip(sentence.quantities, sentence.roles, strict=True) if role is Role.PREVIOUS
    ]
    if actual is None or actual.about or actual.comparator or len(earlier) != 1:
        return
    before = earlier[0]
    if before.about or not comparable(before, actual):
        return
    others = [q for q in sentence.quantities if q is not before and comparable(q, actual)]
    points = [q for q in sentence.quantities if q.unit in ("个百分点", "百分点")]
    changes = points if actual.unit == "%" else others
    if len(changes) != 1 or (actual.unit == "%" and others):
        return
    change = changes[0]
    n = sentence.quantities.index(change)
    word = _CHANGED.search(sentence.before(n))
    if (
        word is None
        or change.about
        or re.search("目标|计划|任务", sentence.clause(n))
        or change.start < before.start
    ):
        return
    right = actual.number - before.number
    signed = change.number if word["more"] else -change.number
    slack = (actual.high - actual.low + before.high - before.low + change.high - change.low) / 2
    if abs(right - signed) <= slack:
        return
    says = ("多" if right >= 0 else "少") + in_unit_of(abs(right), change)
    yield Breach(
        relation=Relation.DIFFERENCE,
        quote=sentence.shown(sentence.at[sentence.quantities.index(before)], sentence.at[n] + 1),
        fact=f"现在是 {actual.text}，以前 {before.text}，应当是{says}",
        values={"写的": change.plainly, "算出": says},
    )


def planned_and_done(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """一句里一个计划的日子、一个实际的日子：提前、推迟的天数是它们相差的天数。"""
    days = [w for w in sentence.whens if w.is_day]
    if len(days) != 2 or len(sentence.whens) != 2:
        return
    signs = [i for i, c in enumerate(sentence.skeleton) if re.match(W, c)]
    for found in _DAYS.finditer(sentence.skeleton):
        told = sentence.quantity(found["d"])
        unit = {"天": 1, "日": 1, "周": 7}.get(told.unit)
        if unit is None or told.about or found.start() < signs[1]:
            continue
        planned = [
            _PLANNED.search(re.split("[，,\uf000-\uf7ff]", sentence.skeleton[max(0, i - 8) : i])[-1])
            is not None
            or _PLANNED.search(re.split("[，,]", sentence.skeleton[i + 1 : i + 8])[0]) is not None
            for i in signs
        ]
        gap = abs((days[0].first - days[1].first).days)
        if planned.count(True) != 1 or abs(told.number * unit - gap) <= (0 if unit == 1 else 6):
            continue
        yield Breach(
            relation=Relation.DIFFERENCE,
            quote=sentence.shown(signs[0], found.end()),
            fact=f"{days[0].text}到{days[1].text}相差 {gap} 天",
            values={"写的": told.plainly, "算出": f"{gap}天"},
        )
        return


def averages(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """一一列出的几个数，写了平均的，平均要对。"""
    for found in _MEAN.finditer(sentence.skeleton):
        numbers = [sentence.quantity(c) for c in found["list"] if re.match(Q, c)]
        mean = sentence.quantity(found["mean"])
        if not all(_plain(q) and q.unit == mean.unit for q in numbers) or mean.about:
            continue
        right = sum((q.number for q in numbers), Decimal(0)) / len(numbers)
        if mean.covers(right) or abs(mean.number - right) * 200 <= abs(right):
            continue
        yield Breach(
            relation=Relation.SHARE,
            quote=sentence.shown(found.start(), found.end()),
            fact=f"{len(numbers)} 个数平均是 {in_unit_of(right, mean)}，写的是 {mean.text}",
            values={"写的": mean.plainly, "算出": in_unit_of(right, mean)},
        )


def _plain(one: Quantity) -> bool:
    return not one.about and not one.comparator and not one.per
