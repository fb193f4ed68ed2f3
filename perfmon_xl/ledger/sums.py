"""Lists of parts against their total, and amounts said again in brackets in another unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, told

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
