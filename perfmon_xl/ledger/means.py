"""Averages: of numbers that are listed, of a total over a count, and between the least and the most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import NOT_SIGN, Q, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_LISTED = re.compile(
    rf"(?P<list>{Q}(?:[、和及]{Q})+){NOT_SIGN}{{0,8}}(?:[，,]{NOT_SIGN}{{0,8}})?(?:平均|[年月季周日场次期批]均)(?:用时|值|为|每[件次起户个]|投入|支出|完成|接待|培训|拨付|安排)?(?:为|是|约)?(?P<mean>{Q})"
)
_LABELLED = re.compile(
    rf"(?P<list>{Q}(?:[、，,和及](?!最)[\u4e00-\u9fffA-Z]{{1,6}}{Q}){{1,12}})[，,](?:{Q}?[\u4e00-\u9fff]{{0,4}})?平均(?:每[\u4e00-\u9fff])?(?:为|是|得分)?(?P<mean>{Q})"
)
_MEAN = re.compile(r"(?:平均|[人户班期场次台件座个日月年校村站处生]均)[^，,。；、]{0,10}$")
_MOST = re.compile(r"最(?:高|多|大|长|慢|久|晚)(?:的)?(?:一|1)?(?P<of>[^，,。；、\ue000-\uf7ff]{0,10})$")
_LEAST = re.compile(r"最(?:低|少|小|短|快|早)(?:的)?(?:一|1)?(?P<of>[^，,。；、\ue000-\uf7ff]{0,10})$")
_PART = re.compile(r"^[、和及][\u4e00-\u9fffA-Za-z]{0,8}$")
_NO_PART = re.compile(r"比|较|目标|计划|上年|去年|同期|要求|标准|超|达|提高|下降|增|减|高|低|上限|下限|最|全")
_ALLOWED = re.compile(
    "补|限|标准|不|可|控制|报销|支付|奖|罚|应|得|要求"
)  # “每人最高补助500元” is what may be given
_OTHERS = re.compile(r"上年|去年|同期|目标|要求|标准|计划|上限|全省|全市|全国")


def listed(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """一一列出的几个数，写了平均的，平均要对。"""
    for match in (m for pattern in (_LISTED, _LABELLED) for m in pattern.finditer(sentence.skeleton)):
        numbers = [sentence.quantity(c) for c in match["list"] if re.match(Q, c)]
        mean = sentence.quantity(match["mean"])
        count = re.search(rf"({Q})[\u4e00-\u9fff]{{0,4}}平均", match[0])
        if count is not None and sentence.quantity(count[1]).number != len(numbers):
            continue
        if (
            not all(_plain(q) and not q.per and q.unit == mean.unit for q in numbers)
            or mean.about
            or not _how_many(match[0], len(numbers))
        ):
            continue
        right = sum((q.number for q in numbers), Decimal(0)) / len(numbers)
        if mean.covers(right) or abs(mean.number - right) * 200 <= abs(right):
            continue
        yield Breach(
            relation=Relation.SHARE,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"{len(numbers)} 个数平均是 {in_unit_of(right, mean)}，写的是 {mean.text}",
            values={"写的": mean.plainly, "算出": in_unit_of(right, mean)},
        )


def _how_many(text: str, count: int) -> bool:
    """“三次平均”的，列出来的要是三个。"""
    told = re.search(r"([两三四五六])[次个项场期批月季]平均", text)
    return told is None or "两三四五六".index(told[1]) + 2 == count


def between_the_ends(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """平均数不会比最多的还多、比最少的还少，也不会在它的各部分之外。"""
    means = [n for n, q in enumerate(sentence.quantities) if _is_mean(sentence, n, q)]
    if len(means) != 1:
        return
    n = means[0]
    mean = sentence.quantities[n]
    for m, end in enumerate(sentence.quantities):
        if m == n or end.unit != mean.unit or not _plain(end) or (end.per and end.per != mean.per):
            continue
        before = sentence.clause_in_words(m)
        most, least = _MOST.search(before), _LEAST.search(before)
        told = most or least
        if told is None or _ALLOWED.search(told["of"]) or not _same_kind(mean, told["of"]):
            continue
        if (most and _above(mean, end)) or (least and _above(end, mean)):
            yield _outside(sentence, mean, end, "大" if most else "小", "最大" if most else "最小")
            return
    parts = _parts(sentence, n)
    if sum((sentence.quantities[m].number for m in parts), Decimal(0)) == mean.number:
        return  # “平均12天，其中审核5天、公示5天、发证2天”: steps, together they are the average
    if len(parts) > 1:
        numbers = [sentence.quantities[m] for m in parts]
        high, low = max(numbers, key=lambda q: q.number), min(numbers, key=lambda q: q.number)
        if _above(mean, high):
            yield _outside(sentence, mean, high, "大", "各部分里最大")
        elif _above(low, mean):
            yield _outside(sentence, mean, low, "小", "各部分里最小")


def _above(quantity: Quantity, other: Quantity) -> bool:
    """照写出的位数看也更大：四舍五入不会颠倒大小。"""
    return quantity.low > other.high or (
        quantity.number > other.number and _places(quantity) == _places(other)
    )


def _places(quantity: Quantity) -> int:
    exponent = quantity.number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _is_mean(sentence: Sentence, n: int, q: Quantity) -> bool:
    if q.unit in ("", "个百分点", "百分点", "倍") or not _plain(q) or _OTHERS.search(sentence.before(n)):
        return False
    return _MEAN.search(sentence.before(n)) is not None or (bool(q.per) and "均" in sentence.before(n)[-8:])


def _same_kind(mean: Quantity, of: str) -> bool:
    """“平均每天300人次，最多的一小时80人次”：按天的平均与一小时的最多比不得。"""
    times = {"天": "天日", "月": "月", "小时": "小时", "周": "周", "年": "年", "季度": "季"}
    own = next((times[p] for p in mean.per if p in times), "")
    other = next((t for t in ("小时", "天", "日", "月", "周", "季", "年") if t in of), "")
    if not other:
        return not (own and of and re.search(r"[人户台件个场次]", of))
    return bool(own) and (other in own or own == other)


def _parts(sentence: Sentence, n: int) -> list[int]:
    """平均数后面“其中”列的、或者紧挨在前面列的各部分的平均数。"""
    mean, found = sentence.quantities[n], list[int]()
    if n + 1 < len(sentence.quantities):
        gap = sentence.skeleton[sentence.at[n] + 1 : sentence.at[n + 1]]
        if re.fullmatch(r"[，,（(：:]其中[：:]?[\u4e00-\u9fffA-Za-z]{1,8}", gap) and not _NO_PART.search(
            gap[3:]
        ):
            found = [n + 1]
            for m in range(n + 2, len(sentence.quantities)):
                gap = sentence.skeleton[sentence.at[m - 1] + 1 : sentence.at[m]]
                if not _PART.match(gap) or _NO_PART.search(gap):
                    break
                found.append(m)
    if (
        not found
        and n > 1
        and re.fullmatch(
            r"[，,][^，,。；\ue000-\uf7ff]{0,4}(?:总|全[县市区])?平均[^，,]{0,4}",
            sentence.skeleton[sentence.at[n - 1] + 1 : sentence.at[n]],
        )
    ):
        found = [n - 1]
        for m in range(n - 2, -1, -1):
            gap = sentence.skeleton[sentence.at[m] + 1 : sentence.at[m + 1]]
            if not _PART.match(gap) or _NO_PART.search(gap):
                break
            found.insert(0, m)
    same = [m for m in found if sentence.quantities[m].unit == mean.unit and _plain(sentence.quantities[m])]
    return same if len(same) == len(found) else []


def _outside(sentence: Sentence, mean: Quantity, end: Quantity, how: str, which: str) -> Breach:
    first, last = sorted(sentence.at[sentence.quantities.index(q)] for q in (mean, end))
    return Breach(
        relation=Relation.SHARE,
        quote=sentence.shown(first - 6 if first > 6 else 0, last + 1),
        fact=f"平均 {mean.text}，比{which}的 {end.text} 还{how}",
        values={"平均": mean.plainly, which.removeprefix("各部分里"): end.plainly},
    )


def _plain(quantity: Quantity) -> bool:
    return not quantity.about and not quantity.comparator


__all__ = ["between_the_ends", "listed"]
