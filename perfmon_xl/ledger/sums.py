"""Counts times prices, numerators over denominators, parts and wholes, lists and counts, sums said again in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from perfmon_xl.ledger.quantity import UNKNOWN, Quantity, unit_key
from perfmon_xl.ledger.reading import SCOPES, Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, told

_TOTAL = re.compile(
    r"(?:共计|合计|总计|共|累计|总共|总额|总价|金额|支出|发放|投入|花费|用款|补助|补贴|小计|付款|支付|费用|投资|造价)(?:资金|补助|补贴|款|费用|支出|金额)?(?:共计|合计|共|约|为|是|达|了|：|:)*$"
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
        fact=f"{factors} = {told(exact * price.number, total)}，写的是 {total.text}（{total.text}÷{'÷'.join(c.text for c in counts)} = {told(total.number / exact, price)}）",
        values={"算出": told(exact * price.number, total), "写的": total.plainly},
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


_RATE_NAME = re.compile(
    r"([\u4e00-\u9fff]{1,14}?(?:率|度|比例|比重|占比))(?:分别|均|已|约|仅|只|为|是|达到?|到|计|：|:)*$"
)
_OTHER_BASE = re.compile(r"上年|去年|同期|全国|全省|全市|序时|按[^，,]{0,12}(?:计算|口径)|目标|任务|计划")
_NOT_COMPUTED = re.compile(r"增长|下降|提高|降低|同比|减少|增加|上升|折")


def shares(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“检测915批次，达标888批次，达标率98.5%”：率应当由同一句里的两个数除出来。

    能比的：率前面有两个以上同单位的实际数。恰好两个而除不出来的，是矛盾；更多的，没有一对除得出来，才说。
    """
    for n, rate in enumerate(sentence.quantities):
        if rate.unit != "%" or rate.about or sentence.roles[n] not in (Role.ACTUAL, Role.SHARE):
            continue
        before = sentence.before(n)
        name = _RATE_NAME.search(before)
        is_share = re.search(r"占[^，,]{0,16}$", sentence.clause(n))
        if not (name or is_share) or _NOT_COMPUTED.search(before) or _OTHER_BASE.search(before):
            continue
        label = name[1] if name else ""
        if re.search("执行率|支出率|支付|到位|进度|使用率|预算", label):
            kinds = {"元"}
        else:
            kinds = {q.unit for q in sentence.quantities[:n]} - {
                "",
                "%",
                "个百分点",
                "百分点",
                "元",
                "天",
                "小时",
                "分钟",
                "个月",
            }
            if is_share and not kinds:
                kinds = {"元"}
        group = [
            q
            for m, q in enumerate(sentence.quantities[:n])
            if q.unit in kinds
            and not q.per
            and sentence.roles[m] in (Role.ACTUAL, Role.PART, Role.PLAN, Role.REMAINDER)
        ]
        by_unit = {u: [q for q in group if q.unit == u] for u in {q.unit for q in group}}
        candidates = [qs for qs in by_unit.values() if len(qs) >= 2]
        if len(candidates) != 1 or any(r is Role.PREVIOUS for r in sentence.roles[:n]):
            continue
        numbers = candidates[0]
        if _gives(numbers, rate) or any(q.about for q in numbers):
            continue
        stem = re.sub("(?:率|度|比例|比重|占比)$", "", label)[-2:]
        named = [q for q in numbers if stem and stem in _around(sentence, q)]
        if len(numbers) == 2:
            whole, part = max(numbers, key=lambda q: q.number), min(numbers, key=lambda q: q.number)
        elif named and label and len(numbers) == 3:
            part = named[-1]
            whole = next(
                (q for q in reversed(numbers[: numbers.index(part)]) if q.number >= part.number),
                max(numbers, key=lambda q: q.number),
            )
        else:
            continue
        if not whole.number or part is whole:
            continue
        right = part.number / whole.number * 100
        if label and not named and not is_share and len(numbers) == 2 and abs(right - rate.number) > 30:
            continue  # 这两个数多半不是它的分子、分母
        yield Breach(
            relation=Relation.SHARE,
            quote=(label or "占") + rate.text,
            fact=f"{part.text}÷{whole.text} = {told(right, rate)}，写的是 {rate.text}",
            values={"写的": rate.plainly, "算出": told(right, rate)},
        )


def _around(sentence: Sentence, quantity: Quantity) -> str:
    n = sentence.quantities.index(quantity)
    return sentence.before(n) + sentence.after(n)[:4]


def _gives(numbers: list[Quantity], rate: Quantity) -> bool:
    """有一对（或者几个相加、合计减一个）除得出这个率。"""
    values = [(q.low, q.high) for q in numbers[:8]]
    sums = list(values)
    for size in (2, 3):
        for some in combinations(values, size):
            sums.append((sum((s[0] for s in some), Decimal(0)), sum((s[1] for s in some), Decimal(0))))
    sums += [(a[0] - b[1], a[1] - b[0]) for a in values for b in values if a[0] > b[1]]
    slack = Decimal("0.01") if (rate.high - rate.low) < Decimal("0.02") else Decimal(0)
    exponent = rate.number.as_tuple().exponent
    rounding = Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)  # 93% is 92.5 to 93.5
    low, high = min(rate.low - slack, rate.number - rounding), max(rate.high + slack, rate.number + rounding)
    return any(
        whole[0] > 0 and part[0] / whole[1] * 100 <= high and low <= part[1] / whole[0] * 100
        for part in sums
        for whole in sums
        if part is not whole
    )


_OF_TARGET = re.compile(
    rf"(?P<scope>{SCOPES}*)(?:目标|任务|计划)(?:任务|值|数|总数|总量)?(?P<b>{Q})?的(?:约|近)?(?P<r>{Q})"
)


def shares_of_target(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“完成18200平方米，为阶段目标24000平方米的75.83%”：实际除以目标应等于写的百分数。"""
    for found in _OF_TARGET.finditer(sentence.skeleton):
        n = ord(found["r"]) - 0xE000
        rate = sentence.quantities[n]
        if rate.unit != "%" or rate.about:
            continue
        if found["b"]:
            bases = [sentence.quantity(found["b"])]
        else:
            stage = re.search("阶段|本期|序时", found["scope"])
            bases = [
                b for b in ((subject.stage,) if stage else (subject.annual, subject.stage)) if b is not None
            ]
        wrong = None
        for base in bases:
            done = _done(sentence, subject, base, n)
            if done is None or not base.number:
                return
            right = done.number / base.number * 100
            slack = max(
                (rate.high - rate.low) / 2, Decimal("0.01"), (done.high - done.low) / 2 / base.number * 100
            )
            if abs(right - rate.number) <= slack or (right > 100 and rate.number == 100):
                return
            wrong = wrong or (done, base, right)
        if wrong is not None:
            done, base, right = wrong
            yield Breach(
                relation=Relation.SHARE,
                quote=sentence.shown(found.start(), found.end()),
                fact=f"{done.text}÷{base.text} = {told(right, rate)}，写的是 {rate.text}",
                values={"写的": rate.plainly, "算出": told(right, rate)},
            )


def _done(sentence: Sentence, subject: Subject, base: Quantity, n: int) -> Quantity | None:
    """除的是哪个实际数：同一句里前面最近的，没有的是这个指标的。"""
    for m in range(n - 1, -1, -1):
        one = sentence.quantities[m]
        if comparable(one, base) and sentence.roles[m] is Role.ACTUAL:
            return one
    actual = subject.actual
    return actual if actual is not None and comparable(actual, base) and actual.unit != "%" else None


_WHOLE_VERB = re.compile(
    r"申请|申报|应[^，,]{0,6}|发放|发出|受理|接到|收到|检测|检验|抽查|抽检|培训|参加|参训|报名|立案|发生|完工|验收(?!合格|通过)|检查|排查|报修|交办|购置"
)
_PART_VERB = re.compile(
    r"(?:合格|达标|通过|办结|收回|回收|有效|满意|修复|整改|按期|及时|解决|处理|结案|获批|核准|批准|录用|取得|成活|完好|返还|追回|收缴)[^，,\ue000-\ue7ff]{0,10}$"
)
_LOANED = re.compile(r"累计|历年|上年|去年|结转|其他|往年")


def orders(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“培训110人次，考核合格115人次”“发放问卷380份，收回400份”：后一步的数不会比前一步多。"""
    if _LOANED.search(sentence.skeleton):
        return
    for n, part in enumerate(sentence.quantities):
        if (
            n == 0
            or part.unit in ("", "%", "元")
            or part.per
            or sentence.roles[n] not in (Role.ACTUAL, Role.PART)
        ):
            continue
        if not _PART_VERB.search(sentence.before(n)):
            continue
        for m in range(n - 1, -1, -1):
            whole = sentence.quantities[m]
            if whole.unit != part.unit or whole.per or sentence.roles[m] not in (Role.ACTUAL, Role.PLAN):
                continue
            if _WHOLE_VERB.search(sentence.before(m)) and part.low > whole.high and not whole.about:
                yield Breach(
                    relation=Relation.ORDER,
                    quote=sentence.shown(sentence.at[m] - len(sentence.before(m)), sentence.at[n] + 1),
                    fact=f"{part.text} 比 {whole.text} 还多",
                    values={"全部": whole.plainly, "部分": part.plainly},
                )
            break


_TOTALS = re.compile(
    r"(?:合计|共计|总计|累计|总共|一共|(?<!公)共(?!同|享|建|和))"
    r"(?:完成|开展|支出|培训|检测|发放|建成|[\u4e00-\u9fff]{0,6})$"
)
_INCLUDES = re.compile(r"其中|包括|包含|分别(?:是|为)|分为|构成为|由")
_GAP = re.compile(r"[^，,、；;\ue000-\ue7ff]{0,24}[、，,和及]?[^\ue000-\ue7ff]{0,24}")


def listed_sums(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“甲210批次、乙360批次、丙335批次，合计915批次”和“915批次，包括甲…、乙…、丙…”：加起来应等于合计。"""
    yield from _before_total(sentence)
    yield from _after_whole(sentence)


def _before_total(sentence: Sentence) -> Iterator[Breach]:
    for n, whole in enumerate(sentence.quantities):
        before = sentence.before(n)
        found = _TOTALS.search(before)
        if (
            found is None
            or not whole.unit
            or whole.unit == "%"
            or whole.per
            or whole.about
            or sentence.roles[n] is not Role.ACTUAL
        ):
            continue
        parts: list[int] = []
        for m in range(n - 1, -1, -1):
            one = sentence.quantities[m]
            if one.unit != whole.unit or one.per or sentence.roles[m] not in (Role.ACTUAL, Role.PART):
                break
            parts.insert(0, m)
        if len(parts) < 2 or not _is_list(sentence, parts) or "其中" in sentence.clause(n):
            continue
        if re.search("各|每|分别", sentence.skeleton[sentence.at[parts[0]] : sentence.at[n]]):
            continue
        spans = [_period(sentence, m) for m in parts]
        if any(spans) and not _covers(spans):
            continue
        if found[0].startswith("累计") and not all(spans):
            continue
        yield from _sum_breach(sentence, whole, [sentence.quantities[m] for m in parts])


def _is_list(sentence: Sentence, parts: list[int]) -> bool:
    """一项一项列着的：各项之间只有顿号、逗号和名称。"""
    return all(
        len(re.sub(r"[、，,和及]", "", sentence.skeleton[sentence.at[a] + 1 : sentence.at[b]])) <= 16
        for a, b in pairwise(parts)
    )


def _period(sentence: Sentence, n: int) -> tuple[int, int] | None:
    """这个量前面写的是几月到几月。"""
    clause = sentence.clause(n)
    signs = re.findall(r"[\uf000-\uf7ff]", re.split(r"[、\ue000-\ue7ff]", clause)[-1])
    if not signs:
        return None
    when = sentence.when(signs[-1])
    return (when.first.month, when.last.month) if when.first.day == 1 and not when.is_day else None


def _covers(spans: list[tuple[int, int] | None]) -> bool:
    """几段时间首尾相接，从一月开始。"""
    known = sorted(s for s in spans if s is not None)
    return len(known) == len(spans) and known[0][0] == 1 and all(b[0] == a[1] + 1 for a, b in pairwise(known))


def _after_whole(sentence: Sentence) -> Iterator[Breach]:
    for found in re.finditer(r"(?P<mark>包括|包含|分别(?:是|为)|分为|[：:])", sentence.skeleton):
        rest = sentence.skeleton[found.end() :]
        first = re.search(Q, rest)
        if first is None or first.start() > 16 or re.search(r"[，,]", rest[: first.start()]):
            continue
        n = ord(first[0]) - 0xE000
        unit = sentence.quantities[n].unit
        parts = [n]
        for m in range(n + 1, len(sentence.quantities)):
            gap = sentence.skeleton[sentence.at[m - 1] + 1 : sentence.at[m]]
            if (
                sentence.quantities[m].unit != unit
                or not re.match(r"(?:[（(][^）)]*[）)])?[、和及]|[，,][^，,]{0,12}$", gap)
                or re.search("等|其余|其他", gap)
            ):
                break
            parts.append(m)
        tail = sentence.skeleton[sentence.at[parts[-1]] + 1 :]
        if (
            len(parts) < 2
            or not unit
            or unit == "%"
            or re.match(r"等|左右|[、和及]", tail)
            or any(sentence.quantities[m].per for m in parts)
        ):
            continue
        wholes = [
            m
            for m in range(n)
            if sentence.at[m] < found.start()
            and sentence.quantities[m].unit == unit
            and not sentence.quantities[m].per
            and sentence.roles[m] is Role.ACTUAL
        ]
        if found["mark"] in "：:" and not (wholes and sentence.at[wholes[-1]] >= found.start() - 6):
            continue
        if not wholes or sentence.quantities[wholes[-1]].about:
            continue
        if "其中" in sentence.skeleton[sentence.at[wholes[-1]] : found.end()]:
            continue  # “其中” is read by domain/prose.breakdowns
        yield from _sum_breach(
            sentence, sentence.quantities[wholes[-1]], [sentence.quantities[m] for m in parts]
        )


def _sum_breach(sentence: Sentence, whole: Quantity, parts: list[Quantity]) -> Iterator[Breach]:
    if any(p.about for p in parts):
        return
    low, high = sum((p.low for p in parts), Decimal(0)), sum((p.high for p in parts), Decimal(0))
    if low <= whole.high and whole.low <= high:
        return
    exact = sum((p.number for p in parts), Decimal(0))
    yield Breach(
        relation=Relation.PARTS,
        quote=sentence.text.strip()[:60],
        fact=f"{'＋'.join(p.text for p in parts)} = {told(exact, whole)}，合计写的是 {whole.text}",
        values={"合计": whole.plainly, "各项相加": told(exact, whole)},
    )


_NAME = r"[\u4e00-\u9fffA-Za-z“”·]{2,12}"
_LISTED = re.compile(
    rf"(?P<names>{_NAME}(?:、{_NAME})+(?:[和及与]{_NAME})?)(?:这|共计?|合计)?(?P<n>{Q})(?P<noun>[\u4e00-\u9fff]{{1,6}})"
)
_BRACKETED = re.compile(
    rf"(?P<n>{Q})(?P<noun>[\u4e00-\u9fff]{{0,8}}?)(?:[（(]|：|:|，?(?:分别(?:是|为)|即|包括))(?P<names>{_NAME}(?:、{_NAME})+(?:[和及与]{_NAME})?)(?P<end>[）)，,。；;]|$)"
)
_COUNTED = {"个", "所", "家", "座", "名", "处", "人", "项", "条", "户", "站", "村"}
_PLACES = re.compile(
    r"^(?:乡|镇|街道|村|社区|学校|中学|小学|县|区|市|单位|部门|水库|水厂|站|园|医院|卫生院|科室|局|中心|公司|企业|机构|站点|片区|小区|书屋|敬老院|幼儿园|基地|项目区|乡镇)"
)


def lists(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“白沙、黄坪、龙口、石桥、云峰4个乡镇”：列出来的名称与个数不一样；有“等”的不比。"""
    for pattern in (_LISTED, _BRACKETED):
        for found in pattern.finditer(sentence.skeleton):
            count = sentence.quantity(found["n"])
            names = re.split(r"[、]|(?<=[\u4e00-\u9fff]{2})[和及与](?=[\u4e00-\u9fff]{2})", found["names"])
            if (
                count.unit not in _COUNTED
                or count.about
                or count.per
                or "等" in found["names"][-3:]
                or count.number > 30
            ):
                continue
            if pattern is _LISTED and (not _PLACES.match(found["noun"]) or "等" in found["names"]):
                continue
            if (
                pattern is _BRACKETED
                and not _PLACES.match(found["noun"])
                and "（" not in found[0]
                and "(" not in found[0]
            ):
                continue
            if (
                any(re.search(r"[完已经的了在按将]", name[1:]) for name in names[1:])
                or len(names) == count.number
            ):
                continue
            if abs(len(names) - count.number) > max(3, int(count.number) // 2):
                continue
            yield Breach(
                relation=Relation.LIST,
                quote=sentence.shown(found.start(), found.end()),
                fact=f"写的是 {count.text}，列出来的有 {len(names)} 个",
                values={"写的": count.plainly, "列举": f"{len(names)}个"},
            )


_AGAIN = re.compile(rf"(?P<a>{Q})(?:元)?[（(](?:即|合|折合|约)?(?P<b>{Q})(?:元)?[）)]")


def restated(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“369万元（3,960,000元）”：括号里换了单位再写一遍，换算不相等。"""
    for found in _AGAIN.finditer(sentence.skeleton):
        a, b = sentence.quantity(found["a"]), sentence.quantity(found["b"])
        if not comparable(a, b) or a.unit in ("", "%") or a.number == b.number:
            continue
        scaled = ("万" in a.text or "亿" in a.text) != ("万" in b.text or "亿" in b.text)
        if scaled and not a.agrees(b):
            yield Breach(
                relation=Relation.RESTATED,
                quote=sentence.shown(found.start(), found.end()),
                fact=f"{a.text} 就是 {told(a.number, b)}，不是 {b.plainly}",
                values={"前": a.plainly, "括号里": b.plainly},
            )
