"""Shares told in words against the numbers they speak of: 一半, 过半, 三分之一, 翻一番, 增长一倍, 1.2倍."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.ledger.changes import DOWN, UP
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role, Sentence
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
_OF_BEFORE = re.compile(r"(?:原来|原先|此前|改造前|治理前|(?:上年|去年)(?:同期)?)的$")
_CHANGED_BY = re.compile(rf"[，,](?:同比|较上年|比上年|较去年|比去年)?(?:{UP}|{DOWN})(?:了|近|约)*$")
_TO = re.compile("[到至为成]")
_OTHER_BASE = re.compile(r"上年|去年|同期|其中|全省|全市|全国")


@dataclass(frozen=True, slots=True)
class FractionTold:
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


def fractions_told(skeleton: str) -> Iterator[FractionTold]:
    for match in _WORD.finditer(skeleton):
        how, more = match["how"] or "", match["more"] or ""
        up, down = (chinese_number(match[name] or "") for name in ("up", "down"))
        share = up / down if up is not None and down else _HALF
        kind = (
            "above"
            if how in _ABOVE or more or match["of"] in _LARGER
            else "below"
            if how in _BELOW
            else "nearly"
            if how in _NEARLY
            else ""
        )
        yield FractionTold(share, kind, match[0], match.start(), match.end())


def fractions(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“建成13.5公里，占27公里的三分之一”“400户改造180户，已经过半”“24000册的一半是14000册”：照数算出来的不是。"""
    for told in fractions_told(sentence.skeleton):
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
            first = min(sentence.at[sentence.quantities.index(q)] for q in pair if q in sentence.quantities)
            yield Breach(
                relation=Relation.SHARE,
                quote=sentence.shown(first, told.end),
                fact=f"{part.text}÷{whole.text} = {percent}%，写的是{told.words}",
                values={"写的": told.words, "算出": f"{percent}%"},
            )


def _amount(sentence: Sentence, told: FractionTold) -> tuple[Quantity, Quantity] | None:
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


def _pair(sentence: Sentence, told: FractionTold) -> tuple[Quantity, Quantity] | None:
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
    if not (own or _OF_BEFORE.search(gap) or _CHANGED_BY.search(gap)) and not re.fullmatch(
        r"[^，,。；]{0,10}[，,]?(?:已经?|占比?|完成|达到?|只|仅|进度|推进|(?:修复|完成|建成|开工|办结|改造|覆盖|整改|到位)?(?:比例|比重)|约为|为|是|正好是)*",
        gap,
    ):
        return None
    if len(same) > 2 and not own:
        return None
    if len(same) == 2 and _CHANGED_BY.search(gap):
        earlier, now = (sentence.quantities[n] for n in same)
        between = sentence.skeleton[sentence.at[same[0]] : sentence.at[same[1]]]
        if sentence.roles[same[1]] is Role.PREVIOUS or re.search(
            r"20\d\d年[^，,]{0,6}$", between[:-1] + sentence.before(same[1])
        ):
            earlier, now = now, earlier
        elif not _TO.search(between):
            return None
        if any(q.about or not q.number for q in (earlier, now)):
            return None
        text = (
            f"（{earlier.text}－{now.text}）"
            if earlier.number > now.number
            else f"（{now.text}－{earlier.text}）"
        )
        return replace(now, number=abs(now.number - earlier.number), text=text), earlier
    if len(same) == 2 and _OF_BEFORE.search(gap):
        earlier, now = (sentence.quantities[n] for n in same)
        if sentence.roles[same[1]] is Role.PREVIOUS:
            earlier, now = now, earlier
        return None if any(q.about or q.per or not q.number for q in (earlier, now)) else (now, earlier)
    quantity, other = (sentence.quantities[n] for n in same[-2:])
    if any(q.about or q.per or not q.number for q in (quantity, other)):
        return None
    if any(sentence.roles[n] not in _ROLES for n in same[-2:]) or _OTHER_BASE.search(gap):
        return None
    if own and len(same) > 2:  # “自筹12万元，投工折资8万元，占总投入60万元的三分之一”: together
        together = sum((sentence.quantities[n].number for n in same[:-1]), Decimal(0))
        if other.number and abs(together / other.number - told.share) <= _SLACK:
            return None
    if own:
        return (quantity, other) if quantity.number <= other.number * 3 else None
    return (quantity, other) if quantity.number <= other.number else (other, quantity)


def fractions_of_target(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“扫描180万页，已过全年任务的一半”：实际和目标是这个指标的。"""
    actual = subject.actual
    for told in fractions_told(sentence.skeleton):
        match = _OF_TARGET.search(sentence.skeleton[max(0, told.start - 16) : told.start])
        if match is None:
            continue
        goal = subject.stage if match["base"] == "阶段" else subject.annual
        if actual is None or goal is None or not goal.number or not comparable(actual, goal) or actual.about:
            continue
        share = actual.number / goal.number
        how = "above" if match["how0"] in _ABOVE else "below" if match["how0"] in _BELOW else told.how
        if FractionTold(told.share, how, "", 0, 0).holds(share):
            continue
        percent = plain(half_up(share * 100, 2))
        yield Breach(
            relation=Relation.SHARE,
            quote=match[0] + told.words,
            fact=f"{actual.text}÷{goal.text.lstrip('≥≤<>=')} = {percent}%，写的是{match['how0'] or ''}{told.words}",
            values={"写的": told.words, "算出": f"{percent}%"},
        )


__all__ = ["FractionTold", "fractions", "fractions_of_target", "fractions_told"]
