"""A percentage of a base and the amount it comes to: “合同总价128万元，首付30%计38.4万元”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.named import bearing
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import NOT_SIGN, Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of, rough

_COMES_TO = re.compile(
    rf"(?P<p>{Q})(?:的[\u4e00-\u9fff]{{2,6}})?[，,]?[（(]?(?:即|计|合计?|折合|也就是|就是|相当于|共计?|约合|为)(?:人民币|资金|金额|支付|支出|投入)?(?P<a>{Q})"
)
_OF_NAMED = re.compile(
    rf"(?P<x>[\u4e00-\u9fff]{{2,12}}?)(?:部分|资金|比例)?(?:按|为|是|占|承担|负担|约占|分担)(?P<y>[\u4e00-\u9fff]{{2,8}})的(?P<p>{Q})(?!{NOT_SIGN}{{0,2}}(?:目标|计划))"
)
_ROLES = (Role.ACTUAL, Role.PART, Role.PLAN, Role.SHARE, Role.REMAINDER, Role.TARGET)
_WHOLE = re.compile("总|共|合计|预算|合同")
_SIGN = re.compile("[\ue000-\ue7ff]")
_OF_PRICE = re.compile(r"下浮|上浮|优惠|税|折扣|增长|提高|下降|降低|减少|增加|节约|超|涨|降|率")


def percent_amounts(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """写了百分之几、又写了合多少、又有一个总数的：总数乘百分数。总数有两个说得上的不说。"""
    for match in _COMES_TO.finditer(sentence.skeleton):
        rate, amount = sentence.quantity(match["p"]), sentence.quantity(match["a"])
        n, m = ord(match["p"]) - 0xE000, ord(match["a"]) - 0xE000
        if not _is_rate(sentence, n, rate) or not _counts(amount) or _OF_PRICE.search(sentence.before(n)):
            continue
        bases = [
            q
            for k, q in enumerate(sentence.quantities)
            if k not in (n, m) and comparable(q, amount) and sentence.roles[k] in _ROLES
        ]
        beside = n and comparable(sentence.quantities[n - 1], amount) and _SIGN.search(sentence.clause(n))
        if beside:
            bases = [sentence.quantities[n - 1]]  # “二期2,600万元完成65%，即1,690万元”
        elif len(bases) > 1:
            bases = [q for q in bases if _WHOLE.search(sentence.before(sentence.quantities.index(q)))]
        rights = [q.number * rate.number / 100 for q in bases]
        if len(bases) != 1 or bases[0].about or bases[0].number <= amount.number:
            continue
        if not _fits(rights[0], rate, bases[0], amount):
            yield _breach(sentence, bases[0], rate, amount, rights[0])
    for match in _OF_NAMED.finditer(sentence.skeleton):
        rate, n = sentence.quantity(match["p"]), ord(match["p"]) - 0xE000
        end = len(sentence.skeleton)
        own, whole = bearing(sentence, match["x"][:4], end), bearing(sentence, match["y"], end)
        if own is None or whole is None or own == whole or not _is_rate(sentence, n, rate):
            continue
        part, base = sentence.quantities[own], sentence.quantities[whole]
        if not comparable(part, base) or not _counts(part) or base.about or base.number <= part.number:
            continue
        right = base.number * rate.number / 100
        if not _fits(right, rate, base, part):
            yield _breach(sentence, base, rate, part, right)


_PART_OF = re.compile(
    rf"(?P<y>总量|总额|总数|合同价|合同额|总投资|预算|总造价)的(?P<p>{Q})(?:已经?|均已)?(?P<x>完成|支付|拨付|到位|发放|验收|安装)"
)


def parts_told_later(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“总量的65%已完成，总量8.4万立方米，完成量5.46万立方米”。"""
    for match in _PART_OF.finditer(sentence.skeleton):
        n, rate = ord(match["p"]) - 0xE000, sentence.quantity(match["p"])
        base, part = (
            [m for m in range(len(sentence.quantities)) if m != n and match[k] in sentence.before(m)]
            for k in ("y", "x")
        )
        if len(base) != 1 or len(part) != 1 or base == part or not _is_rate(sentence, n, rate):
            continue
        whole, own = sentence.quantities[base[0]], sentence.quantities[part[0]]
        right = whole.number * rate.number / 100
        if comparable(whole, own) and _counts(own) and not whole.about and not _fits(right, rate, whole, own):
            yield _breach(sentence, whole, rate, own, right)


_OF_ITS_OWN = re.compile(
    rf"(?P<x>支出|支付|到位|完成|拨付|执行)(?:数|额|资金)?占其?(?P<y>到位|预算|下达|计划|支出)(?:数|额|资金)*的(?:约|近)?(?P<p>{Q})"
)


def shares_of_what_arrived(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“到位40万元，支出32万元，支出占其到位数的八成”：两个数由说它们的词认。"""
    for match in _OF_ITS_OWN.finditer(sentence.skeleton):
        n = ord(match["p"]) - 0xE000
        rate = rough(sentence.quantity(match["p"]), sentence.after(n))
        own = [
            [
                m
                for m in range(n)
                if re.search(f"{match[k]}(?:了|数|资金|额)?$", sentence.before(m))
                and _counts(sentence.quantities[m])
                and sentence.roles[m] is not Role.PLAN
            ]
            for k in ("x", "y")
        ]
        if any(len(some) != 1 for some in own) or rate.unit != "%" or rate.about:
            continue
        part, whole = (sentence.quantities[some[0]] for some in own)
        if not comparable(part, whole) or not whole.number:
            continue
        right = part.number / whole.number * 100
        half = max((rate.high - rate.low) / 2, Decimal("0.5") if "." not in rate.text else Decimal("0.01"))
        if abs(right - rate.number) > half:
            yield Breach(
                relation=Relation.SHARE,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{part.text}÷{whole.text} = {in_unit_of(right, rate)}，写的是 {rate.text}",
                values={"写的": rate.text, "算出": in_unit_of(right, rate)},
            )


def _is_rate(sentence: Sentence, n: int, rate: Quantity) -> bool:
    return rate.unit == "%" and not rate.about and 0 < rate.number <= 100 and sentence.roles[n] in _ROLES


def _counts(quantity: Quantity) -> bool:
    return (
        quantity.unit not in ("", "%", "‰", "个百分点", "百分点", "倍", "天", "分")
        and not quantity.per
        and not quantity.about
    )


def _fits(right: Decimal, rate: Quantity, base: Quantity, amount: Quantity) -> bool:
    width = base.number * (rate.high - rate.low) / 200 + (amount.high - amount.low) / 2
    return abs(right - amount.number) <= max(width, right / 200)


def _breach(sentence: Sentence, base: Quantity, rate: Quantity, amount: Quantity, right: Decimal) -> Breach:
    return Breach(
        relation=Relation.SHARE,
        quote=sentence.text.strip()[:60],
        fact=f"{base.text}的 {rate.text} 是 {in_unit_of(right, amount)}，写的是 {amount.text}",
        values={"写的": amount.plainly, "算出": in_unit_of(right, amount)},
    )


__all__ = ["parts_told_later", "percent_amounts", "shares_of_what_arrived"]
