"""Counts times prices against the amount that is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.quantity import UNKNOWN, Quantity, unit_key
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_TOTAL = re.compile(
    r"(?:共计|合计|总计|共|累计|总共|总额|总价|金额|支出|发放|投入|花费|用款|补助|补贴|小计|付款|支付|费用|投资|造价|(?<![预累合统估])计)(?:资金|补助|补贴|款|费用|支出|金额)?(?:共计|合计|共|约|为|是|达|了|：|:)*$"
)
_OPEN = re.compile(r"另|其他|等|含税|税|利息|及|不含|扣除|预付|首付|尾款|部分|比例")


def products(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“37台，每台3万元，共121万元”：数量乘单价（几个因数都行）应等于金额；“平均每公里”是金额除以数量。

    一句里只有一个单价、一个金额，每个“按什么计”都只有一个数量，才比；有“另”“等”的不比。
    """
    prices = [
        n
        for n, q in enumerate(sentence.quantities)
        if q.per and q.unit == "元" and sentence.roles[n] in (Role.ACTUAL, Role.PART, Role.SHARE)
    ]
    if len(prices) != 1:
        return
    price = sentence.quantities[prices[0]]
    totals = [
        n
        for n, q in enumerate(sentence.quantities)
        if q.unit == "元"
        and not q.per
        and sentence.roles[n] is Role.ACTUAL
        and _TOTAL.search(sentence.before(n))
    ]
    if not totals:
        totals = _beside(sentence, prices[0])
    if len(totals) != 1 or price.about or sentence.quantities[totals[0]].about:
        return
    total = sentence.quantities[totals[0]]
    if _OPEN.search(sentence.skeleton):
        return
    counts = _counts(sentence, price, {prices[0], totals[0]})
    if not counts:
        return
    low, high, exact = Decimal(1), Decimal(1), Decimal(1)
    for one in counts:
        low, high, exact = low * one.narrow[0], high * one.narrow[1], exact * one.number
    if any(one.about for one in counts) or not exact or not low:
        return
    (cheap, dear), (least, most) = price.narrow, total.narrow
    if low * cheap <= most and least <= high * dear:
        return
    if any(
        q.unit == "元" and not q.per and low * cheap <= q.narrow[1] and q.narrow[0] <= high * dear
        for q in sentence.quantities
    ):
        return  # the product is another amount of the sentence, a part of this one
    factors = "×".join(one.text for one in [*counts, price])
    yield Breach(
        relation=Relation.PRODUCT,
        quote=sentence.text.strip(),
        fact=f"{factors} = {in_unit_of(exact * price.number, total)}，写的是 {total.text}（{total.text}÷{'÷'.join(c.text for c in counts)} = {in_unit_of(total.number / exact, price)}）",
        values={"算出": in_unit_of(exact * price.number, total), "写的": total.plainly},
    )


_NOT_THE_SUM = re.compile(r"预算|合同|到位|计划|投资|限价|下达|上限|标准|奖|罚|收入|产值|销售")


def _beside(sentence: Sentence, price: int) -> list[int]:
    """“补贴1200人、216万元，人均1800元”：没有写“共”，三个数挨着的，中间的金额就是总数。"""
    money = [n for n, q in enumerate(sentence.quantities) if q.unit == "元" and not q.per]
    if len(money) != 1 or len(sentence.quantities) > 4 or sentence.roles[money[0]] is not Role.ACTUAL:
        return []
    n = money[0]
    between = sentence.skeleton[
        min(sentence.at[n], sentence.at[price]) : max(sentence.at[n], sentence.at[price])
    ]
    near = abs(n - price) == 1 and len(between) <= 14
    return [n] if near and not _NOT_THE_SUM.search(sentence.before(n) + between) else []


_AVERAGE = re.compile(r"平均|[人户班期场次台件座个]均")


def averages(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“24期，培训1200人，平均每期60人”：平均数是总数除以个数；钱的由 products 看。"""
    for n, mean in enumerate(sentence.quantities):
        if mean.unit in ("", "元", "%") or len(mean.per) != 1 or mean.about or mean.comparator:
            continue
        if not _AVERAGE.search(sentence.clause(n)):
            continue
        totals = [q for q in sentence.quantities[:n] if q.unit == mean.unit and not q.per and not q.about]
        counts = [
            q
            for q in sentence.quantities[:n]
            if unit_key(q.unit) == mean.per[0] and not q.per and not q.about
        ]
        if len(totals) != 1 or len(counts) != 1 or not counts[0].number:
            continue
        right = totals[0].number / counts[0].number
        if abs(right - mean.number) > max(
            (mean.high - mean.low) / 2, Decimal("0.5") if "." not in mean.text else Decimal(0)
        ):
            yield Breach(
                relation=Relation.PRODUCT,
                quote=sentence.shown(sentence.at[n] - len(sentence.before(n)), sentence.at[n] + 1),
                fact=f"{totals[0].text}÷{counts[0].text} = {in_unit_of(right, mean)}，写的是 {mean.text}",
                values={"算出": in_unit_of(right, mean), "写的": mean.plainly},
            )


_DIVIDED = re.compile(
    rf"(?P<a>{Q})[÷/](?P<b>{Q})(?:[×xX]100%?)?[=＝，,]?(?:即|约|为|得|平均|单位成本|单价|每[\u4e00-\u9fff]{{1,4}}|[\u4e00-\u9fff]{{0,8}})*(?P<c>{Q})"
)


_IN_BRACKETS = re.compile(rf"(?P<c>{Q})[（(](?:即|＝|=)?(?P<a>{Q})[÷/](?P<b>{Q})(?:[×xX*]100%?)?[)）]")


def divisions(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“980万元÷14公里，每公里72万元”“65.00%（182.00÷280.00）”：写出来的算式，得数要对。"""
    for found in (m for pattern in (_DIVIDED, _IN_BRACKETS) for m in pattern.finditer(sentence.skeleton)):
        a, b, c = (sentence.quantity(found[k]) for k in "abc")
        if not b.number or a.about or b.about or c.about or a.per or b.per:
            continue
        share = c.unit == "%"
        if share != (a.unit == b.unit) or (not share and c.unit != a.unit):
            continue
        right = a.number / b.number * (100 if share else 1)
        if c.low <= right <= c.high or abs(right - c.number) <= abs(c.number) / 1000:
            continue
        yield Breach(
            relation=Relation.SHARE if share else Relation.PRODUCT,
            quote=sentence.shown(found.start(), found.end()),
            fact=f"{a.text}÷{b.text} = {in_unit_of(right, c)}，写的是 {c.text}",
            values={"算出": in_unit_of(right, c), "写的": c.plainly},
        )


def _counts(sentence: Sentence, price: Quantity, used: set[int]) -> list[Quantity]:
    """单价按什么计，就要有什么的数量；有一样找不到或者有两个不同的，返回空。"""
    found: list[Quantity] = []
    rest = [
        (n, q)
        for n, q in enumerate(sentence.quantities)
        if n not in used
        and not q.per
        and q.unit not in ("", "%", "元", "个百分点")
        and sentence.roles[n] in (Role.ACTUAL, Role.PART)
    ]
    pers = price.per if price.per != (UNKNOWN,) else ("",)
    for per in pers:
        per_units = {"月": ("个月", "月"), "年": ("年",), "天": ("天",), "次": ("次", "人次")}.get(
            per, (per, per + "次")
        )
        fitting = {
            q.number: q for _, q in rest if (not per or unit_key(q.unit) in per_units or q.unit in per_units)
        }
        if per == "月" and not fitting:
            months = [w for w in sentence.whens if w.first.day == 1 and w.last.month > w.first.month]
            if len(months) == 1:
                count = Decimal(months[0].last.month - months[0].first.month + 1)
                fitting = {
                    count: Quantity(text=f"{count}个月", number=count, unit="个月", low=count, high=count)
                }
        if len(fitting) != 1:
            return []
        found += fitting.values()
    return found


_TIMES = r"[×xX＊*✕╳·]"
_FACTOR = re.compile(
    rf"{Q}(?:[^\ue000-\ue7ff×xX＊*✕╳+＋－,，;；。、=＝]{{0,10}}{_TIMES}[^\ue000-\ue7ff×xX＊*✕╳+＋,，;；。、=＝]{{0,8}}{Q})+"
)
_PRICED = re.compile(r"单价|均价|每")


def formula(sentence: Sentence) -> tuple[str, Decimal] | None:
    """一句里唯一的乘式：原文、算出来的数（元）；没有、有几个、或者还加减别的返回 None。

    “62公里×3万元/公里”“单价20元，5000册”都算；两边的次序、几个因数不管。
    """
    found = list(_FACTOR.finditer(sentence.skeleton))
    if len(found) == 1 and not re.search(r"[+＋]|另|其他|不含|扣除|优惠|折|%", sentence.skeleton):
        factors = [sentence.quantity(c) for c in re.findall(Q, found[0][0])]
    elif (
        not found
        and _PRICED.search(sentence.skeleton)
        and not re.search(r"[+＋]|另|其他|等|不含|优惠|折|%", sentence.skeleton)
    ):
        factors = list(sentence.quantities)
        if sum(f.unit == "元" for f in factors) != 1 or not all(f.unit for f in factors) or len(factors) < 2:
            return None
        price = next(f for f in factors if f.unit == "元")
        if not price.per or (price.per != (UNKNOWN,) and len(price.per) != len(factors) - 1):
            return None
    else:
        return None
    if (
        sum(f.unit == "元" for f in factors) != 1
        or any(f.about for f in factors)
        or any(f.unit == "%" for f in factors)
    ):
        return None
    exact = Decimal(1)
    for one in factors:
        exact *= one.number
    return "×".join(f.text for f in factors), exact
