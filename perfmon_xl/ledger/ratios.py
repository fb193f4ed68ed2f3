"""Written ratios against the amounts of those they name: “中央、省、县按6:3:1分担，总投资500万元，县级承担50万元”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_WRITTEN = re.compile(
    r"(?<![\d:：∶.])(?P<shares>\d{1,3}(?:\.\d{1,2})?(?:\s?[:：∶]\s?\d{1,3}(?:\.\d{1,2})?){1,3})(?![\d:：∶.])"
)
_NO_AND = r"(?:(?![与和及])[\u4e00-\u9fff])"  # or a list could be cut up in ways without number
_NAMES = re.compile(
    rf"(?P<names>{_NO_AND}{{1,8}}?(?:[、与和及]{_NO_AND}{{1,8}}?){{0,3}})"
    r"(?:[两二三四2-4]?(?:个)?(?:级|方|者|项|类|村|镇|乡|县|区|校)(?:财政|资金)?(?:的[\u4e00-\u9fff]{2,8}?)?)?(?:资金|财政|经费|人数|数量|金额|面积|投入)?(?:之间)?的?(?:分担|配套|投入|出资|承担|构成|分摊|负担)?(?:的)?(?:比例|比|之比|比重)?(?:为|是|约为|按照?|以|达|：|:){0,4}$"
)
_MOVED = re.compile(r"到位|支出|支付|拨付|下达|落实|使用|结余|剩余|上年|去年|计划外")
_WHOLE = re.compile(r"总(?!体)|共|合计")
_ROLES = (Role.ACTUAL, Role.PLAN, Role.PART, Role.TARGET, Role.STAGE)
_SLACK = Decimal("0.005")


def ratios(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """写了几方的比例，又写了其中两个数（或者总数和一个数）的：照比例算。"""
    matches = list(_WRITTEN.finditer(sentence.text))
    if len(matches) != 1:
        return
    if (told := _of_the_two(sentence, matches[0])) is not None:
        yield told
        return
    shares = [Decimal(s.strip()) for s in re.split(r"[:：∶]", matches[0]["shares"])]
    names = _names(sentence.text[max(0, matches[0].start() - 40) : matches[0].start()], len(shares))
    if names is None or not all(shares):
        return
    known = _known(sentence, names, shares)
    for (quantity, its), (other, other_its) in ((a, b) for i, b in enumerate(known) for a in known[:i]):
        right = quantity.number * other_its / its
        if quantity.kind != other.kind or other.low * (1 - _SLACK) <= right <= other.high * (1 + _SLACK):
            continue
        yield Breach(
            relation=Relation.SHARE,
            quote=sentence.text.strip()[:60],
            fact=f"照 {matches[0]['shares']} 的比例，{quantity.text} 对应的是 {in_unit_of(right, other)}，写的是 {other.text}",
            values={"写的": other.plainly, "算出": in_unit_of(right, other)},
        )
        return


_OF_TWO = re.compile(
    r"(?:(?P<two>两者|二者)(?:之)?(?:的)?(?:比例|比)|(?P<kind>竞争比|师生比|生师比|医护比|男女比例?)(?:例)?)(?:约|大约)?(?:为|是|达到?)?$"
)


def _of_the_two(sentence: Sentence, match: re.Match[str]) -> Breach | None:
    """“A120万元，B80万元，两者比例为3:2”“岗位60个，报名180人，竞争比为3:1”：前面恰好两个数。"""
    led = _OF_TWO.search(sentence.text[: match.start()])
    shares = [Decimal(s.strip()) for s in re.split(r"[:：∶]", match["shares"])]
    before = [q for q in sentence.quantities if q.end <= match.start()]
    if led is None or len(shares) != 2 or len(before) != 2 or not all(shares):
        return None
    quantity, other = before
    if (
        not quantity.number
        or not other.number
        or quantity.about
        or other.about
        or (led["two"] and quantity.kind != other.kind)
    ):
        return None
    told, ratio = shares[0] / shares[1], quantity.number / other.number
    if any(abs(told - r) <= r * Decimal("0.03") for r in (ratio, 1 / ratio)):
        return None
    large, small = max(ratio, 1 / ratio), min(quantity.number, other.number)
    return Breach(
        relation=Relation.SHARE,
        quote=sentence.text.strip()[:60],
        fact=f"{quantity.text} 与 {other.text} 之比约为 {plain(half_up(quantity.number / small, 2))}:{plain(half_up(other.number / small, 2))}，写的是 {match['shares']}",
        values={"写的": match["shares"], "算出": f"{plain(half_up(large, 2))}倍"},
    )


def _names(before: str, count: int) -> list[str] | None:
    led = _NAMES.search(re.split(r"[，,。；;]", before)[-1])
    if led is None:
        return None
    names = re.split("[、与和及]", led["names"])
    if len(names) == 1 and len(names[0]) == count:
        names = [*names[0]]  # “省市县1:1:1”
    names = [re.sub("(?:财政|资金|补助资金|级|投入)$", "", name) or name for name in names]
    return names if len(names) == count and len(set(names)) == count else None


def _known(
    sentence: Sentence, names: Sequence[str], shares: Sequence[Decimal]
) -> list[tuple[Quantity, Decimal]]:
    """各个数和它在比例里占的份数；总数占全部的份数。说不准是谁的不算。"""
    known: list[tuple[Quantity, Decimal]] = []
    for n, quantity in enumerate(sentence.quantities):
        words = sentence.before(n)
        if (
            not quantity.unit
            or quantity.unit == "%"
            or quantity.per
            or quantity.about
            or sentence.roles[n] not in _ROLES
        ):
            continue
        if _MOVED.search(words) or re.match(r"[^，,、。；]{0,4}(?:到位|支出|已)", sentence.after(n)):
            continue
        own = [
            share
            for name, share in zip(names, shares, strict=True)
            if name in words[-12:]
            or (len(name) > 2 and (name[-2:] in words[-12:] or name[:2] in words[-12:]))
        ]
        if len(own) == 1:
            known.append((quantity, own[0]))
        elif not own and _WHOLE.search(words):
            known.append((quantity, sum(shares, Decimal(0))))
    return known


__all__ = ["ratios"]
