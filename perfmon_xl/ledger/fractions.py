"""Shares told in words against the numbers they speak of: 一半, 过半, 三分之一, 翻一番, 增长一倍, 1.2倍."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_HOW = r"刚好|正好|恰好|近|约|将近|接近|超过|超出|已经?过|过|逾|超|不到|不足|未到|不及|多于|少于"
_WORD = re.compile(
    rf"(?P<how>{_HOW})?(?P<of>一半|半数|(?<=[过近超逾])半(?![年月天日小个])|大半|多半|大部分|(?P<down>[二三四五六七八九十])分之(?P<up>[一二三四五六七八九])(?![一二三四五六七八九十点]))"
    r"(?P<more>多|以上|强)?"
)
_OF_TARGET = re.compile(
    rf"(?P<how0>{_HOW})?(?:了)?(?P<base>全年|年度|阶段)(?:的)?(?:绩效)?(?:任务|目标|计划)(?:数|量)?的(?:{_HOW})?$"
)
_ABOVE = ("超过", "超出", "已过", "已经过", "过", "逾", "超", "多于")
_BELOW = ("不到", "不足", "未到", "不及", "少于")
_NEARLY = ("近", "将近", "接近")
_LARGER = ("大半", "多半", "大部分")
_SLACK = Decimal("0.03")  # 说个大概的，差三个百分点以内算对
_HALF = Decimal("0.5")
_ROLES = (Role.ACTUAL, Role.PART, Role.PLAN, Role.TARGET, Role.STAGE, Role.THRESHOLD, Role.PREVIOUS)
_AN_AMOUNT = re.compile(r"(?:，|,|（|\()?(?:即|是|共|为|约|计|也就是|合)?$")
_BASE_BEFORE = re.compile(
    r"(?:的|中(?:抽取|选取|安排)?|已?(?:付|支付|完成|拨付|使用|支出|发放|到位)(?:了)?|[，,][^，,。；\ue000-\ue7ff]{0,10})$"
)
_OF_BEFORE = re.compile(r"(?:原来|原先|此前|改造前|治理前)的$")
_OTHER_BASE = re.compile(r"上年|去年|同期|其中|全省|全市|全国")


@dataclass(frozen=True, slots=True)
class _FractionTold:
    """话里说的几分之几：多少，是正好、多于还是少于。"""

    share: Decimal
    how: str
    words: str
    start: int
    end: int

    def holds(self, share: Decimal) -> bool:
        if self.how == "above":
            return share >= self.share - Decimal("0.001")
        if self.how == "below":
            return share < self.share
        if self.how == "nearly":
            return self.share * Decimal("0.85") <= share <= self.share + Decimal("0.001")
        return abs(share - self.share) <= _SLACK


def _told(skeleton: str) -> Iterator[_FractionTold]:
    for found in _WORD.finditer(skeleton):
        how, more = found["how"] or "", found["more"] or ""
        up, down = (chinese_number(found[name] or "") for name in ("up", "down"))
        share = up / down if up is not None and down else _HALF
        kind = (
            "above"
            if how in _ABOVE or more or found["of"] in _LARGER
            else "below"
            if how in _BELOW
            else "nearly"
            if how in _NEARLY
            else ""
        )
        yield _FractionTold(share, kind, found[0], found.start(), found.end())


def fractions(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“建成13.5公里，占27公里的三分之一”“400户改造180户，已经过半”“24000册的一半是14000册”：照数算出来的不是。"""
    for told in _told(sentence.skeleton):
        if _OF_TARGET.search(sentence.skeleton[max(0, told.start - 16) : told.start]):
            continue
        if (amount := _amount(sentence, told)) is not None:
            base, part = amount
            share = part.number / base.number
            if not (told.holds(share) if told.how else part.covers(base.number * told.share)):
                right = in_unit_of(base.number * told.share, part)
                yield Breach(
                    relation=Relation.SHARE,
                    quote=sentence.shown(
                        sentence.at[sentence.quantities.index(base)],
                        sentence.at[sentence.quantities.index(part)] + 1,
                    ),
                    fact=f"{base.text}的{told.words}是 {right}，写的是 {part.text}",
                    values={"写的": part.plainly, "算出": right},
                )
            continue
        pair = _pair(sentence, told)
        if pair is None:
            continue
        part, whole = pair
        share = part.number / whole.number
        if not told.holds(share):
            percent = plain(half_up(share * 100, 2))
            first = min(sentence.at[sentence.quantities.index(q)] for q in pair)
            yield Breach(
                relation=Relation.SHARE,
                quote=sentence.shown(first, told.end),
                fact=f"{part.text}÷{whole.text} = {percent}%，写的是{told.words}",
                values={"写的": told.words, "算出": f"{percent}%"},
            )


def _amount(sentence: Sentence, told: _FractionTold) -> tuple[Quantity, Quantity] | None:
    """“24000册的一半是14000册”“从250件中抽取五分之一共60件”：先说全部，再说几分之几，再说那是多少。"""
    after = next((n for n in range(len(sentence.quantities)) if sentence.at[n] >= told.end), None)
    if not after:
        return None
    base, part = sentence.quantities[after - 1], sentence.quantities[after]
    gap = sentence.skeleton[told.end : sentence.at[after]]
    lead = sentence.skeleton[sentence.at[after - 1] + 1 : told.start]
    if not _AN_AMOUNT.fullmatch(gap) or not _BASE_BEFORE.search(lead) or not comparable(base, part):
        return None
    if _OTHER_BASE.search(lead) or base.about or part.about or not base.number:
        return None
    others = [q for q in sentence.quantities[: after - 1] if comparable(q, base)]
    return (
        None
        if (others and not lead.startswith(("的", "中"))) or re.search("剩|余|未", lead)
        else (base, part)
    )


def _pair(sentence: Sentence, told: _FractionTold) -> tuple[Quantity, Quantity] | None:
    """前面恰好两个能比的数，小的是部分；“占27公里的三分之一”写明了除的是哪一个。"""
    before = [n for n in range(len(sentence.quantities)) if sentence.at[n] < told.start]
    if len(before) < 2:
        return None
    last = sentence.quantities[before[-1]]
    same = [n for n in before if comparable(sentence.quantities[n], last)]
    if len(same) < 2 or same[-1] != before[-1] or last.unit in ("%", "‰"):
        return None
    gap = sentence.skeleton[sentence.at[before[-1]] + 1 : told.start]
    own = (
        re.match(r"[^，,。；]{0,8}?的$", gap) is not None
        and re.search(r"占|是|为|完成|达到?|相当于|不到|不足|超过", sentence.before(before[-1])) is not None
    )
    if not (own or _OF_BEFORE.search(gap)) and not re.fullmatch(
        r"[^，,。；]{0,10}[，,]?(?:已经?|占比?|完成|达到?|只|仅|进度|推进|约为|为|是|正好是)*", gap
    ):
        return None
    if len(same) > 2 and not own:
        return None
    if len(same) == 2 and _OF_BEFORE.search(gap):
        earlier, now = (sentence.quantities[n] for n in same)
        return None if any(q.about or q.per or not q.number for q in (earlier, now)) else (now, earlier)
    one, other = (sentence.quantities[n] for n in same[-2:])
    if any(q.about or q.per or not q.number for q in (one, other)):
        return None
    if any(sentence.roles[n] not in _ROLES for n in same[-2:]) or _OTHER_BASE.search(gap):
        return None
    if own:
        return (one, other) if one.number <= other.number * 3 else None
    return (one, other) if one.number <= other.number else (other, one)


def fractions_of_target(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“扫描180万页，已过全年任务的一半”：实际和目标是这个指标的。"""
    actual = subject.actual
    for told in _told(sentence.skeleton):
        found = _OF_TARGET.search(sentence.skeleton[max(0, told.start - 16) : told.start])
        if found is None:
            continue
        goal = subject.stage if found["base"] == "阶段" else subject.annual
        if actual is None or goal is None or not goal.number or not comparable(actual, goal) or actual.about:
            continue
        share = actual.number / goal.number
        how = "above" if found["how0"] in _ABOVE else "below" if found["how0"] in _BELOW else told.how
        if _FractionTold(told.share, how, "", 0, 0).holds(share):
            continue
        percent = plain(half_up(share * 100, 2))
        yield Breach(
            relation=Relation.SHARE,
            quote=found[0] + told.words,
            fact=f"{actual.text}÷{goal.text.lstrip('≥≤<>=')} = {percent}%，写的是{found['how0'] or ''}{told.words}",
            values={"写的": told.words, "算出": f"{percent}%"},
        )


_TIMES_OF = re.compile(
    rf"(?:是|为|达到?|相当于|等于)(?P<of>[^，,。；\ue000-\uf7ff]{{0,12}})(?P<b>{Q})?(?:的)?(?P<t>{Q})"
)
_DOUBLED = re.compile(r"翻(?:了)?(?P<n>[一两二三四])?番")
_FOLD_MORE = re.compile(r"(?:增长|增加|提高|上升)(?:了)?(?P<n>[一两二三四五]|近一|近两)倍")


def multiples(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“去年120件，今年240件，翻了两番”“是去年的3倍”“为目标240件的1.5倍”：两个数相除。"""
    for found in _TIMES_OF.finditer(sentence.skeleton):
        t = sentence.quantity(found["t"])
        if t.unit != "倍" or t.about:
            continue
        n = ord(found["t"]) - 0xE000
        pair = _of_times(sentence, subject, found, n)
        if pair is None:
            continue
        part, base = pair
        low, high = part.low / base.high, part.high / (base.low if base.low > 0 else base.number)
        if t.low <= high and low <= t.high:
            continue
        right = plain(half_up(part.number / base.number, 2)) + "倍"
        yield Breach(
            relation=Relation.SHARE,
            quote=sentence.shown(found.start(), found.end()),
            fact=f"{part.text}÷{base.text} = {right}，写的是 {t.text}",
            values={"写的": t.plainly, "算出": right},
        )
    for pattern in (_DOUBLED, _FOLD_MORE):
        for found in pattern.finditer(sentence.skeleton):
            number = {"一": 1, "近一": 1, "两": 2, "二": 2, "近两": 2, "三": 3, "四": 4, "五": 5}[
                found["n"] or "一"
            ]
            before = [q for n, q in enumerate(sentence.quantities) if sentence.at[n] < found.start()]
            same = [q for q in before if before and comparable(q, before[-1])]
            if len(same) != 2 or any(q.about or not q.number or q.unit in ("%", "‰") for q in same):
                continue
            told = Decimal(2) ** number if pattern is _DOUBLED else Decimal(number + 1)
            share = max(q.number for q in same) / min(q.number for q in same)
            if abs(share - told) <= told * Decimal("0.1") or (found["n"] or "").startswith("近"):
                continue
            right = plain(half_up(share, 2)) + "倍"
            yield Breach(
                relation=Relation.SHARE,
                quote=sentence.shown(sentence.at[sentence.quantities.index(same[0])], found.end()),
                fact=f"{same[1].text} 与 {same[0].text} 比是 {right}，不是“{found[0]}”",
                values={"写的": found[0], "算出": right},
            )


def _of_times(
    sentence: Sentence, subject: Subject, found: re.Match[str], n: int
) -> tuple[Quantity, Quantity] | None:
    if found["b"]:
        m = ord(found["b"]) - 0xE000
        base = sentence.quantities[m]
        left = [
            k
            for k in range(m)
            if comparable(sentence.quantities[k], base) and sentence.roles[k] is Role.ACTUAL
        ]
        pair = (sentence.quantities[left[-1]], base) if left else None
    elif (
        goal := re.search(r"(?P<stage>阶段|本期|序时)|全年|年度", found["of"])
        if re.search("目标|任务|计划", found["of"])
        else None
    ):
        meant = subject.stage if goal["stage"] else subject.annual
        left = [
            k
            for k in range(n)
            if meant is not None
            and comparable(sentence.quantities[k], meant)
            and sentence.roles[k] is Role.ACTUAL
        ]
        pair = (sentence.quantities[left[0]], meant) if len(left) == 1 and meant is not None else None
    elif re.search(r"上年|去年|同期|原来|改造前|上期|此前", found["of"]):
        earlier = [k for k in range(n) if sentence.roles[k] is Role.PREVIOUS]
        now = [
            k
            for k in range(n)
            if sentence.roles[k] is Role.ACTUAL
            and earlier
            and comparable(sentence.quantities[k], sentence.quantities[earlier[0]])
        ]
        pair = (
            (sentence.quantities[now[0]], sentence.quantities[earlier[0]])
            if len(earlier) == len(now) == 1
            else None
        )
    else:
        pair = None
    if pair is None or any(q.about or not q.number or q.unit in ("%", "‰") for q in pair):
        return None
    return pair


__all__ = ["fractions", "fractions_of_target", "multiples"]
