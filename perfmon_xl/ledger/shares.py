"""Rates against the two numbers of the sentence they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of, rough

RATE_NAME = re.compile(
    r"([\u4e00-\u9fff]{1,14}?(?:率|度|比例|比重|占比))(?:分别|均|已|约|仅|只|为|是|达到?|到|计|：|:)*$"
)
OTHER_BASE = re.compile(r"上年|去年|同期|全国|全省|全市|序时|按[^，,]{0,12}(?:计算|口径)|目标|任务|计划")
_NOT_COMPUTED = re.compile(r"增长|下降|提高|降低|同比|减少|增加|上升|折")


def shares(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“检测915批次，达标888批次，达标率98.5%”：率应当由同一句里的两个数除出来。

    能比的：率前面有两个以上同单位的实际数。恰好两个而除不出来的，是矛盾；更多的，没有一对除得出来，才说。
    """
    for n, told in enumerate(sentence.quantities):
        rate = rough(told, sentence.after(n))
        if rate.unit not in _TIMES or rate.about or not _may_be_computed(sentence, n):
            continue
        before = sentence.before(n)
        if before.endswith(("”", '"')):
            continue  # “车位投诉占比”9.2%: an indicator by its name, among others
        name = RATE_NAME.search(before)
        below = _FEWER_THAN.search(before)
        is_share = re.search(r"占[^，,]{0,16}$", sentence.clause(n)) or below
        bare = _bare(sentence, n) or _REMAINS.search(before) is not None
        if not (name or is_share or bare) or _NOT_COMPUTED.search(before) or OTHER_BASE.search(before):
            continue
        if re.search(r"(?:由|从|为|到|至)$", before) and re.search("由|从", sentence.clause(n)[-20:]):
            continue  # “占比由35.00%升到42.22%”: each of its own time
        outside = re.search("占(全[国省市县区镇乡校])[^\ue000-\ue7ff]*$", sentence.clause(n))
        if outside and sentence.skeleton.count(outside[1]) == 1:
            continue  # “占全县学生的31.2%”: how many the county has is not told here
        label = name[1] if name else ""
        if re.search("综合|总体|整体", label):
            continue  # of more than this sentence tells
        times = _TIMES[rate.unit]
        if re.search("执行率|支出率|支付|到位|进度|使用率|预算|实收|收缴|征收|回款|收费", label) or (
            "回收" in label and {q.unit for q in sentence.quantities} == {"%", "元"}
        ):
            kinds = {"元"}
        else:
            kinds = {q.unit for q in sentence.quantities[: _through(sentence, n)]} - {
                "",
                "%",
                "‰",
                "个百分点",
                "百分点",
                "元",
                "小时",
                "分钟",
                "个月",
            }
            if not _OF_DAYS.search(label):
                kinds.discard("天")
            if (is_share or bare) and not kinds:
                kinds = {"元"}
        group = [
            q
            for m, q in enumerate(sentence.quantities[: _through(sentence, n)])
            if m != n
            and q.unit in kinds
            and not q.per
            and (
                sentence.roles[m] in (Role.ACTUAL, Role.PART, Role.PLAN, Role.REMAINDER)
                or (m > n and sentence.roles[m] is Role.TARGET)
            )
        ]
        group = _told_once(sentence, group)
        by_unit = {u: [q for q in group if q.unit == u] for u in {q.unit for q in group}}
        candidates = [qs for qs in by_unit.values() if len(qs) >= 2]
        if len(candidates) != 1 or any(r is Role.PREVIOUS for r in sentence.roles[:n]):
            continue
        numbers = candidates[0]
        each = re.search("均|都|全额|全部", sentence.skeleton[: sentence.at[n]]) is not None
        if (each and rate.number == times) or any(q.about for q in numbers):
            continue  # “市级540万元、省级160万元均已到位，到位率100%”: each of them
        called = _called(sentence, n, numbers) if is_share and not label else None
        denied = re.search("其余|其他|未|没|不(?![足到])", sentence.clause(n)) is not None
        if called is not None:
            fits = _close(called, max(numbers, key=lambda q: q.number), rate)
        else:
            fits = not _REMAINS.search(before) and _gives(numbers, rate, not is_share or denied)
        fits = fits or (called is not None and _close(called, _sum(numbers), rate))
        if fits or _of_its_own_time(sentence, n, numbers):
            continue
        stem = re.sub("(?:率|度|比例|比重|占比)$", "", label)[-2:]
        named = [q for q in numbers if stem and stem in _around(sentence, q)]
        beside = called is not None and _are_parts_of_a_sum(sentence, numbers)
        if beside and called is not None and _close(called, _sum(numbers), rate):
            continue
        if called is not None:
            part, whole = called, _sum(numbers) if beside else max(numbers, key=lambda q: q.number)
        elif len(numbers) == 2:
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
        rest = [q for q in numbers if sentence.roles[sentence.quantities.index(q)] is Role.REMAINDER]
        if (
            len(numbers) == 2 and len(rest) == 1 and not _is_all(sentence, numbers)
        ):  # “到位280万元，尚余70万元”: together they are all of it
            part = numbers[0] if rest[0] is numbers[1] else numbers[1]
            all_of_it, whole_text = part.number + rest[0].number, f"（{part.text}＋{rest[0].text}）"
        else:
            all_of_it, whole_text = whole.number, whole.text
        right = part.number / all_of_it * times
        if _REMAINS.search(before) and len(numbers) == 2:
            right, part = times - right, whole  # “执行180万元，剩余四成”
            if rate.low - Decimal("0.5") <= right <= rate.high + Decimal("0.5"):
                continue
        if below and right < rate.number:
            continue
        left_of_all = len(numbers) == 2 and rest == [numbers[1]] and _is_all(sentence, numbers)
        if label and (_is_missed(sentence, part, label) or (left_of_all and not _FAILED.search(label))):
            part_text, right = (
                f"（{whole.text}－{part.text}）",
                times - right,
            )  # “5批次不合格”: what is left is the rate
        else:
            part_text = part.text
        if (
            label
            and not named
            and not is_share
            and len(numbers) == 2
            and abs(right - rate.number) > 30 * times / 100
        ):
            continue  # 这两个数多半不是它的分子、分母
        if label and not named and called is None and _are_two_matters(sentence, numbers):
            continue
        yield Breach(
            relation=Relation.SHARE,
            quote=(label or "占") + rate.text,
            fact=f"{part_text}÷{whole_text} = {in_unit_of(right, rate)}，写的是 {rate.text}",
            values={"写的": rate.plainly, "算出": in_unit_of(right, rate)},
        )


_TIMES = {"%": 100, "‰": 1000}
_OF_DAYS = re.compile("保证|运行|在线|出勤|开放|优良|达标|供水|完好|正常")
_BARE = re.compile(r"[，,](?:占比?|达到?|完成|为|是|已|约|即|已完成|完成了)*$|[（(](?:占比?)?$")


_AMONG = re.compile(
    rf"(?P<whole>{Q})[^，,。；\ue000-\uf7ff]{{0,8}}?中[，,]?[^，,。；\ue000-\uf7ff]{{0,6}}(?P<part>{Q})"
)


def _is_all(sentence: Sentence, numbers: list[Quantity]) -> bool:
    """“20个乡镇中，尚有2个未覆盖”“应到位80万元，缺32万元”：前一个就是全部。"""
    n = sentence.quantities.index(numbers[0])
    return (
        re.match(r"[^，,。；\ue000-\uf7ff]{0,10}中", sentence.after(n)) is not None
        or re.search("共|总|计划|应|全部|预算|任务|合同", sentence.before(n)) is not None
        or sentence.roles[n] in (Role.PLAN, Role.TARGET)
    )


def _told_once(sentence: Sentence, group: list[Quantity]) -> list[Quantity]:
    """换了单位再写的一遍、写明是剩下的，不是分子、分母；“150个样方中132个达标”写明了是哪两个。"""
    pairs = [
        (sentence.quantity(match["whole"]), sentence.quantity(match["part"]))
        for match in _AMONG.finditer(sentence.skeleton)
    ]
    if len(pairs) == 1 and all(q in group for q in pairs[0]):
        same = [q for q in group if comparable(q, pairs[0][0])]
        return [*pairs[0], *(q for q in group if q not in same)]
    kept: list[Quantity] = []
    for quantity in group:
        again = any(comparable(o, quantity) and o.agrees(quantity) and o.text != quantity.text for o in kept)
        left = len(group) > 2 and sentence.roles[sentence.quantities.index(quantity)] is Role.REMAINDER
        if not again and not left:
            kept.append(quantity)
    return kept


def _bare(sentence: Sentence, n: int) -> bool:
    """“400户完成372户，九成三”“180亩（90%）”：没有写是什么率，前面紧挨着两个数的，就是它们的。"""
    if n < 2 or not _BARE.search(sentence.skeleton[sentence.at[n - 1] + 1 : sentence.at[n]]):
        return False
    gap = sentence.skeleton[sentence.at[n - 1] + 1 : sentence.at[n]]
    return len(gap) <= 10 and re.match(r"的", sentence.after(n)) is None


def _through(sentence: Sentence, n: int) -> int:
    """率后面“即108户”的，这个数也是它的分子；后面括号里的（“92.5%（满意222份）”）也是。"""
    if n + 1 >= len(sentence.quantities):
        return n
    gap = sentence.skeleton[sentence.at[n] + 1 : sentence.at[n + 1]]
    if gap[:1] in ("（", "("):
        closing = re.search("[）)]", sentence.skeleton[sentence.at[n] :])
        end = sentence.at[n] + closing.start() if closing else sentence.at[n]
        return max((m + 1 for m, place in sentence.at.items() if place < end), default=n)
    if re.fullmatch(r"[，,（(]?(?:即|共|计|也就是)", gap):
        return n + 2
    if not re.fullmatch(r"[，,；：:](?:即|也就是|其中|对应|应|计划|总|按|以)[\u4e00-\u9fff]{0,8}", gap):
        return n
    last = n + 1  # “完成率72%，即计划400户、完成288户”
    while (
        last < min(n + 3, len(sentence.quantities))
        and sentence.quantities[last].kind == sentence.quantities[n + 1].kind
    ):
        last += 1
    return last


_FAILED = re.compile(
    r"停水|停电|停运|停机|离线|不合格|不达标|不满意|未通过|未完成|未覆盖|未及时|超时|逾期|不及时|没有通过|未达标|未签"
)
_WHOLE = re.compile(r"共|总|合计|全部|全[县市区省镇乡村校年]|其中|[\ue000-\ue7ff][^，,]{0,6}中[，,]")


def _are_parts_of_a_sum(sentence: Sentence, numbers: list[Quantity]) -> bool:
    """“中央432万元，县级48万元”：两个都是部分，全部是它们的和；“男性438人、女性562人”也是。"""
    first, last = (sentence.at[sentence.quantities.index(q)] for q in (numbers[0], numbers[-1]))
    led = sentence.skeleton[max(0, first - 10) : first]
    gap = re.sub("[\ue000-\ue7ff]", "", sentence.skeleton[first + 1 : last])
    own, other = (re.split("[、，,和：:\ue000-\uf7ff]", text)[-1][-4:] for text in (led, gap))
    alike = len(own) == len(other) and own[-1:] == other[-1:] and own != other
    return alike and _WHOLE.search(led + gap) is None


def _sum(numbers: list[Quantity]) -> Quantity:
    """几个数的和，照第一个的单位写。"""
    low, high = sum((q.low for q in numbers), Decimal(0)), sum((q.high for q in numbers), Decimal(0))
    exact = sum((q.number for q in numbers), Decimal(0))
    return replace(
        numbers[0], number=exact, low=low, high=high, text="（" + "＋".join(q.text for q in numbers) + "）"
    )


_NOT_YET = re.compile(r"(?:尚|还|仍)未|还没有|没有|未")


def _is_missed(sentence: Sentence, part: Quantity, label: str) -> bool:
    """这个数是没有做到的：“5批次不合格”；“14人尚未取得有效证件”对“持证率”，说的是一件事才算。"""
    if _FAILED.search(label):
        return False
    after = sentence.after(sentence.quantities.index(part))
    alike = set(after) & set(label) - set("率度比例占已未有的了上")
    return bool(_FAILED.search(_around(sentence, part)) or (_NOT_YET.match(after) and alike))


_REMAINS = re.compile(r"^[，,]?(?:还|仍|尚)?(?:剩余|剩下|结余|余下|尚余|还剩)(?:比例|部分)?(?:占|为|约)?$")
_FEWER_THAN = re.compile(r"[\u4e00-\u9fff]{2,8}(?:占比?)?(?:不足|不到|未到)$")


def _may_be_computed(sentence: Sentence, n: int) -> bool:
    return (
        sentence.roles[n] in (Role.ACTUAL, Role.SHARE)
        or _REMAINS.search(sentence.before(n)) is not None
        or (sentence.roles[n] is Role.THRESHOLD and _FEWER_THAN.search(sentence.before(n)) is not None)
    )


_CALLED = re.compile(
    r"([\u4e00-\u9fff]{2,8}?)(?:占(?:比)?)?(?:不足|不到|未到)$|([\u4e00-\u9fff]{2,8})占(?:比|了|总数|全部|总?支出|总额|总?资金|总量|合计|的)*(?:为|约)?$"
)


def _are_two_matters(sentence: Sentence, numbers: list[Quantity]) -> bool:
    """“宫颈癌筛查8126人、乳腺癌筛查7640人，早诊率86.5%”：顿号并列的两件事，不是分子、分母。"""
    at = [sentence.at[sentence.quantities.index(q)] for q in numbers]
    if len(at) != 2:
        return False
    nouns = [sentence.before(sentence.quantities.index(q)) for q in numbers]
    alike = nouns[0][-2:] == nouns[1][-2:] and nouns[0][-3:] != nouns[1][-3:]  # 公办园24所，民办园18所
    return sentence.skeleton[at[0] + 1 : at[0] + 2] == "、" or (
        alike and len(nouns[1]) < 6 and not re.search("未|余|剩|尚", nouns[1])
    )


def _called(sentence: Sentence, n: int, numbers: list[Quantity]) -> Quantity | None:
    """“男性438人、女性562人，女性占46.2%”：占比说的是前面同名的那个数。"""
    name = _CALLED.search(sentence.before(n))
    if name is None:
        return None
    label = name[1] or name[2]
    stem = label[-4:] if len(label) > 4 else label
    quantities = [q for q in numbers if stem in sentence.before(sentence.quantities.index(q))]
    return quantities[0] if len(quantities) == 1 else None


def _of_its_own_time(sentence: Sentence, n: int, numbers: list[Quantity]) -> bool:
    """“取证率81%，上半年取证率78%”：后一个另有时间，两个数除出来的是前一个。"""
    others = [q for m, q in enumerate(sentence.quantities) if q.unit == "%" and m != n]
    return bool(re.search(r"[\uf000-\uf7ff]|初[检验审]|第一次|首次|当月|复[检验]", sentence.clause(n))) and (
        any(_gives(numbers, q) for q in others) or not re.search(r"截[至止]|累计", sentence.clause(n))
    )


def _around(sentence: Sentence, quantity: Quantity) -> str:
    n = sentence.quantities.index(quantity)
    return sentence.before(n) + sentence.after(n)[:4]


_JUST_SHARE = re.compile(r"占(?:比|了|总数|总量|总额|全部)*(?:为|约)?$")


def shares_of_the_sentence_before(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“7家企业共收储18,000吨；其中最大的一家收储5,200吨，占28.89%”：全部在前一句。"""
    if not sentence.text.lstrip().startswith("其中"):
        return
    for n, told in enumerate(sentence.quantities):
        rate = rough(told, sentence.after(n))
        own = [q for q in sentence.quantities[:n] if q.unit not in ("", "%", "‰") and not q.per]
        if rate.unit not in _TIMES or rate.about or not _JUST_SHARE.search(sentence.before(n)) or not own:
            continue
        part = own[-1]
        wholes = [
            q for q in sentence.earlier if comparable(q, part) and q.number >= part.number and not q.about
        ]
        alone = sum(comparable(q, part) for q in own) == 1
        if not alone or len(wholes) != 1 or part.about or _close(part, wholes[0], rate):
            continue
        right = part.number / wholes[0].number * _TIMES[rate.unit]
        yield Breach(
            relation=Relation.SHARE,
            quote=f"占{rate.text}",
            fact=f"{part.text}÷{wholes[0].text} = {in_unit_of(right, rate)}，写的是 {rate.text}",
            values={"写的": rate.plainly, "算出": in_unit_of(right, rate)},
        )


def _close(part: Quantity, whole: Quantity, rate: Quantity) -> bool:
    share = part.number / whole.number * _TIMES[rate.unit] if whole.number else Decimal(0)
    exponent = rate.number.as_tuple().exponent
    half = Decimal(6).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
    return min(rate.low, rate.number - half) <= share <= max(rate.high, rate.number + half)


def _gives(numbers: list[Quantity], rate: Quantity, rest: bool = True) -> bool:
    """有一对（或者几个相加、合计减一个）除得出这个率。"""
    values = [(q.low, q.high) for q in numbers[:8]]
    sums = list(values)
    for size in (2, 3):
        for some in combinations(values, size):
            sums.append((sum((s[0] for s in some), Decimal(0)), sum((s[1] for s in some), Decimal(0))))
    if rest:
        sums += [(a[0] - b[1], a[1] - b[0]) for a in values for b in values if a[0] > b[1]]
    times = _TIMES[rate.unit]
    fine = (rate.high - rate.low) < Decimal("0.02") and rate.number >= 1
    slack = Decimal("0.01") if fine else Decimal(0)
    exponent = rate.number.as_tuple().exponent
    rounding = Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)  # 93% is 92.5 to 93.5
    low, high = min(rate.low - slack, rate.number - rounding), max(rate.high + slack, rate.number + rounding)
    return any(
        whole[0] > 0 and part[0] / whole[1] * times <= high and low <= part[1] / whole[0] * times
        for part in sums
        for whole in sums
        if part is not whole
    )
