"""Counts times what each takes against the total that is written, in whichever order: hours, people, visits, money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from perfmon_xl.ledger import changes
from perfmon_xl.ledger.quantity import UNKNOWN, Quantity, unit_key
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

SUM = r"共需|共应|共计|合计|总计|共|累计|总共|小计|(?<![预累合统估])计"
_TOTAL = re.compile(
    rf"(?:{SUM}|总额|总价|金额|支出|发放|投入|花费|用款|补助|补贴|付款|支付|费用|[\u4e00-\u9fff]费|投资|造价)"
    r"(?:资金|补助|补贴|款|费用|支出|金额)?(?:共计|合计|共|约|为|是|达|了|：|:)*$"
)
_TOTAL_OF_ALL = re.compile(rf"(?:{SUM})(?P<noun>[^，,。；、\ue000-\uf7ff]{{0,6}})$|(?:全年|全部|总)$")
_OPEN = re.compile(r"另|其他|等(?!级|次|于)|含税|税|利息|及其他|不含|扣除|预付|首付|尾款|部分|比例")
_NOT_THE_SUM = re.compile(r"预算|合同|到位|计划|投资|限价|下达|上限|标准|奖|罚|收入|产值|销售")
_IS_NEEDED = re.compile("(?:共需|约需|总需|需要?|应[补付支拨]|共应[补付支拨])[\u4e00-\u9fff]{0,4}$")
_ONE_OF_THEM = re.compile(
    r"前[两二三四五六七八九十\d]+[期批次场轮个][^，,]{0,8}$|最[高多大长慢低少小短快][^，,]{0,10}$|(?:其中|当月|当日)[^，,]{0,10}$|每[^，,周\d]{0,6}$"
)
_PERSON_TIMES = {
    "人次": "人",
    "场次": "场次",
    "户次": "户",
    "台次": "台",
    "家次": "家",
    "件次": "件",
    "车次": "车",
}
_MEAN_OF = re.compile(r"[\u4e00-\u9fff]均([\u4e00-\u9fff]{2,4})$")
_DIGITS = "两三四五六七八九"
_YEARS = re.compile(rf"(?<![\d〇零一二三四五六七八九第])([{_DIGITS}])年(?:来|间|累计|共|合计|总)")
_TIME = ("月", "周", "年", "天")
_MONTHS = {
    "全年": 12,
    "一年": 12,
    "半年": 6,
    "上半年": 6,
    "下半年": 6,
    "一季度": 3,
    "每季度": 3,
    "三季度": 3,
    "前三季度": 9,
}


def products(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“37台，每台3万元，共121万元”“8场，每场7小时，共63小时”：数量乘每一个的量（几个因数都行）应等于总数；“平均每公里”是总数除以数量。

    一句里只有一个“每”的量、一个总数，每个“按什么计”都只有一个数量，才比；有“另”“等”的不比。
    """
    if _OPEN.search(sentence.skeleton):
        return
    found = _each(sentence)
    if found is None:
        return
    n, each = found
    totals = _totals(sentence, n)
    roughly = each.about and _is_mean(sentence, n) and "约" in each.text
    if len(totals) != 1 or (each.about and not roughly) or sentence.quantities[totals[0]].about:
        return
    total = sentence.quantities[totals[0]]
    doer = re.search(r"每[名人位]([\u4e00-\u9fff]{2})", sentence.before(n))
    if doer is not None and unit_key(total.unit) in each.per and doer[1] in sentence.before(totals[0]):
        return  # “每名教练带学员8名，共有教练15名，学员120名”: that total is the count
    counts = _counts(sentence, each, n, totals[0])
    if not counts or _only_the_last(sentence, counts, totals[0]):
        return
    low, high, exact = Decimal(1), Decimal(1), Decimal(1)
    for count in counts:
        low, high, exact = low * count.narrow[0], high * count.narrow[1], exact * count.number
    if any(one.about for one in counts) or not exact or not low:
        return
    if _fits(sentence, each, total, low, high, exact):
        return
    money = [q.number for q in sentence.quantities if q.unit == "元" == each.unit and not q.per]
    if len(money) > 1 and abs(sum(money, Decimal(0)) - exact * each.number) * 200 <= exact * each.number:
        return  # “财政补贴128万元，居民出资64万元，每平方米造价120元”: of both together
    doers = _doers(sentence, n)  # “6处水源地每月巡查1次”: each of them, or one round
    if doers is not None and doers not in counts:
        if _fits(sentence, each, total, low * doers.number, high * doers.number, exact * doers.number):
            return
        if each.unit != "元":
            counts, exact = [doers, *counts], exact * doers.number
    right, wrong = (
        in_unit_of(exact * each.number, total),
        in_unit_of(total.number / exact, each, 0 if "万" in each.text else 2),
    )
    mean = _is_mean(sentence, n)
    sum_ = f"{'×'.join(one.text for one in [*counts, each])} = {right}，写的是 {total.text}"
    quotient = f"{total.text}÷{'÷'.join(c.text for c in counts)} = {wrong}"
    yield Breach(
        relation=Relation.PRODUCT,
        quote=sentence.text.strip(),
        fact=f"{quotient}，写的是 {each.text}" if mean else f"{sum_}（{quotient}）",
        values={"算出": wrong, "写的": each.plainly} if mean else {"算出": right, "写的": total.plainly},
    )


def _only_the_last(sentence: Sentence, counts: list[Quantity], total: int) -> bool:
    """“后5个月平均每月13万公里，全年达到150万公里”：前几个月的不在里面。"""
    of = [sentence.before(n) for n, q in enumerate(sentence.quantities) if q in counts]
    partial = any(re.search(r"(?:后|剩余|余下|未来|接下来|最后|还有)(?:的)?$", words) for words in of)
    return partial and re.search("全年|累计|达到|年度|总", sentence.before(total)) is not None


def _is_mean(sentence: Sentence, n: int) -> bool:
    return "均" in sentence.before(n)[-12:]


def _each(sentence: Sentence) -> tuple[int, Quantity] | None:
    """一句里唯一的“每一个多少”；“每人6天，每人每天1500元”里前一个是后一个的因数。"""
    ones = [
        n
        for n, q in enumerate(sentence.quantities)
        if q.per
        and q.unit not in ("%", "", "‰", "分")
        and sentence.roles[n] in (Role.ACTUAL, Role.PART, Role.SHARE)
    ]
    earlier = changes.from_to(sentence)
    if earlier is not None:
        ones = [n for n in ones if n != earlier[0]]  # “由每户2.1万元提高到每户2.5万元”: the new one counts
    money = [n for n in ones if sentence.quantities[n].unit == "元"]
    full = max(money or ones, key=lambda n: len(sentence.quantities[n].per), default=None)
    ones = [
        m for m in ones if full is None or not _said_again(sentence.quantities[m], sentence.quantities[full])
    ] + ([] if full is None else [full])
    if full is None or any(
        not set(sentence.quantities[m].per) < set(sentence.quantities[full].per) for m in ones if m != full
    ):
        return None
    return full, sentence.quantities[full]


def _said_again(quantity: Quantity, full: Quantity) -> bool:
    return quantity.kind == full.kind and quantity.agrees(full)


def _doers(sentence: Sentence, n: int) -> Quantity | None:
    if not n or sentence.quantities[n - 1].per or sentence.quantities[n - 1].about:
        return None
    between = sentence.skeleton[sentence.at[n - 1] + 1 : sentence.at[n]]
    return sentence.quantities[n - 1] if re.match(r"[^，,。；、]{0,8}每", between) else None


def _totals(sentence: Sentence, n: int) -> list[int]:
    each = sentence.quantities[n]
    same = [
        m
        for m, q in enumerate(sentence.quantities)
        if m != n
        and _total_unit(q.unit) == _total_unit(each.unit)
        and (not q.per or (set(q.per) < set(each.per) and set(q.per) <= set(_TIME)))
        and (sentence.roles[m] is Role.ACTUAL or _IS_NEEDED.search(sentence.before(m)))
        and not _ONE_OF_THEM.search(sentence.clause_in_words(m))
    ]
    if each.unit != "元":
        told = [m for m in same if _is_total(sentence, n, m)]
        beside = [m for m in same if m == n + 1 and _next_to(sentence, n)]
        return told or (same if len(same) == 1 and (_is_mean(sentence, n) or beside) else [])
    told = [m for m in same if _TOTAL.search(sentence.before(m))]
    if not told and (noun := _MEAN_OF.search(sentence.before(n))) is not None:
        told = [m for m in same if sentence.before(m).endswith(noun[1])]  # “罚款28万元，户均罚款0.5万元”
    return told or _beside(sentence, n)


def _is_total(sentence: Sentence, n: int, m: int) -> bool:
    """写了“共”，而且数的是一样的东西：“每月例会1次，共召开专题会8次”不是。"""
    match = _TOTAL_OF_ALL.search(sentence.before(m))
    if match is None:
        return False
    noun = re.sub("^(?:了|计|有|为|约)|(?:达|为|约)$", "", match["noun"] or "")
    own = re.sub("^.*每[^，,]?", "", sentence.before(n))
    return len(noun) < 3 or len(own) < 2 or bool(set(noun) & set(own))


def _next_to(sentence: Sentence, n: int) -> bool:
    """“每期60人，培训600人”：紧接着的、没有别的话的，是总数。"""
    gap = sentence.skeleton[sentence.at[n] + 1 : sentence.at[n + 1]]
    return (
        re.fullmatch(
            r"[，,](?:已|实际|全年|年内)?(?:培训|发放|服务|检测|巡查|完成|举办|接待|安装|覆盖|开放|演出|放映|救助|受益)",
            gap,
        )
        is not None
    )


def _total_unit(unit: str) -> str:
    return _PERSON_TIMES.get(unit, unit)


def _fits(
    sentence: Sentence, each: Quantity, total: Quantity, low: Decimal, high: Decimal, exact: Decimal
) -> bool:
    (cheap, dear), (least, most) = each.narrow, total.narrow
    mean = _is_mean(sentence, sentence.quantities.index(each))
    if each.unit != "元" and not mean:
        if total.covers(exact * each.number):
            return True
    elif low * cheap <= most and least <= high * dear:
        return True
    if mean and each.about and each.low <= total.number / exact <= each.high:
        return True
    if mean and "." not in each.text and abs(total.number / exact - each.number) <= Decimal("0.5"):
        return True  # rounded to a whole one
    return any(
        q.unit == each.unit and not q.per and low * cheap <= q.narrow[1] and q.narrow[0] <= high * dear
        for q in sentence.quantities
        if q is not total
    )  # the product is another amount of the sentence, a part of this one


def _beside(sentence: Sentence, price: int) -> list[int]:
    """“补贴1200人、216万元，人均1800元”：没有写“共”，挨着的金额就是总数。"""
    money = [n for n, q in enumerate(sentence.quantities) if q.unit == "元" and not q.per]
    if len(money) != 1 or len(sentence.quantities) > 4 or sentence.roles[money[0]] is not Role.ACTUAL:
        return []
    n = money[0]
    between = sentence.skeleton[
        min(sentence.at[n], sentence.at[price]) : max(sentence.at[n], sentence.at[price])
    ]
    limit = 14 if abs(n - price) == 1 else 24
    near = abs(n - price) <= 2 and len(between) <= limit
    return [n] if near and not _NOT_THE_SUM.search(sentence.before(n) + between) else []


def _counts(sentence: Sentence, each: Quantity, at: int, total: int) -> list[Quantity]:
    """“每”什么，就要有什么的数量；有一样找不到或者有两个不同的，返回空。"""
    quantities: list[Quantity] = []
    rest = [
        (n, q)
        for n, q in enumerate(sentence.quantities)
        if n not in (at, total)
        and (not q.per or set(q.per) < set(each.per))
        and q.unit not in ("", "%", "‰", "元", "个百分点", "倍")
        and sentence.roles[n]
        in (Role.ACTUAL, Role.PART, *([Role.PLAN] if sentence.roles[total] is Role.PLAN or n < total else []))
    ]
    pers = each.per if each.per != (UNKNOWN,) else ("",)
    for per in pers:
        fitting = {
            q.number: q for n, q in rest if (_counted_by(sentence, n, q, per) if per else q.unit != each.unit)
        }
        if per in ("月", "季度", "季") and not fitting:
            months = _months(sentence) if per == "月" else _quarters(sentence)
            fitting = {m.number: m for m in months}
        if per in _TIME and per in sentence.quantities[total].per:
            continue  # a week's visits of each, a week's visits of all
        if per == "年" and not fitting and (years := _YEARS.search(sentence.skeleton)):
            count = Decimal(_DIGITS.index(years[1]) + 2)
            fitting = {count: Quantity(text=f"{years[1]}年", number=count, unit="年", low=count, high=count)}
        if len(fitting) != 1:
            return []
        quantities += fitting.values()
    return quantities


def _counted_by(sentence: Sentence, n: int, q: Quantity, per: str) -> bool:
    """数的是不是它：每台的台数，每村的“12个村”，每期的期数。"""
    units = {
        "月": ("个月", "月"),
        "年": ("年",),
        "天": ("天",),
        "次": ("次", "人次"),
        "车": ("车", "辆"),
        "辆": ("辆", "台"),
    }.get(per, (per, per + "次"))
    if unit_key(q.unit) in units or q.unit in units:
        return True
    return (
        per not in _TIME
        and q.unit in ("个", "座", "所", "家", "处", "条")
        and re.match(rf"[^，,。；、\ue000-\uf7ff]{{0,6}}?{re.escape(per)}", sentence.after(n)) is not None
    )


def _months(sentence: Sentence) -> list[Quantity]:
    spans = [w for w in sentence.whens if w.first.day == 1 and w.last.month > w.first.month]
    counts = {Decimal(w.last.month - w.first.month + 1) for w in spans} if len(spans) == 1 else set()
    until = [w for w in sentence.whens if w.is_day and w.text.endswith(("末", "底"))]
    if not spans and len(until) == 1 and re.search("截[至止]|累计", sentence.skeleton):
        counts = {Decimal(until[0].last.month)}  # “截至10月底累计”: since January
    elif not spans:
        counts = {
            Decimal(n)
            for word, n in _MONTHS.items()
            if re.search(rf"(?<![一三上下])(?<!前三){word}", sentence.skeleton)
        }
    return [Quantity(text=f"{c}个月", number=c, unit="个月", low=c, high=c) for c in counts]


def _quarters(sentence: Sentence) -> list[Quantity]:
    return [
        replace(
            months,
            number=months.number / 3,
            low=months.low / 3,
            high=months.high / 3,
            text=f"{months.number / 3}个季度",
        )
        for months in _months(sentence)
        if months.number % 3 == 0 and months.number > 3
    ]


_TIMES = r"[×xX＊*✕╳·]"
_FACTOR = re.compile(
    rf"{Q}(?:[^\ue000-\ue7ff×xX＊*✕╳+＋－,，;；。、=＝]{{0,10}}{_TIMES}[^\ue000-\ue7ff×xX＊*✕╳+＋,，;；。、=＝]{{0,8}}{Q})+"
)
_PRICED = re.compile(r"单价|均价|每")


def formula(sentence: Sentence) -> tuple[str, Decimal] | None:
    """一句里唯一的乘式：原文、算出来的数（元）；没有、有几个、或者还加减别的返回 None。

    “62公里×3万元/公里”“单价20元，5000册”都算；两边的次序、几个因数不管。
    """
    matches = list(_FACTOR.finditer(sentence.skeleton))
    if len(matches) == 1 and not re.search(r"[+＋]|另|其他|不含|扣除|优惠|折|%", sentence.skeleton):
        factors = [sentence.quantity(c) for c in re.findall(Q, matches[0][0])]
    elif (
        not matches
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
    for factor in factors:
        exact *= factor.number
    return "×".join(f.text for f in factors), exact
