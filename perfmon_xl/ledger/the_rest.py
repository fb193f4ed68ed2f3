"""The rest of a whole after the parts that are told: “结案480件，其中调解336件，其余144件”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_REST = re.compile(r"(?:其余|其他|其它|余下|剩下|另外)(?P<what>[^，,。；、\ue000-\uf7ff]{0,12})$")
_NOT_REST = re.compile(r"地区|省份|城市|县|比|较|目标|计划|平均|预计|将|拟|各|每|上年|去年")
_TO_COME = re.compile(r"[^，,。；\ue000-\uf7ff]{0,6}(?:计划|将|拟|安排|下半年|年底|争取|另行|预计)")
_SHARE = re.compile(
    rf"^[^，,。；\ue000-\uf7ff]{{0,4}}[，,（(](?:约)?占(?:比|全部|总[\u4e00-\u9fff])?(?:的|为)?(?P<p>{Q})"
)
_ROLES = (Role.ACTUAL, Role.PART, Role.REMAINDER, Role.SHARE)
_NO_COUNT = ("", "%", "‰", "个百分点", "百分点", "分", "天", "倍")


def the_rest(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """其余的是全部减已经说的各部分；怎么减都减不出来的，才说。全部没有写、写了一部分占几成的，由它算出来。"""
    for n, rest in enumerate(sentence.quantities):
        match = _REST.search(sentence.before(n))
        if match is None or rest.unit in _NO_COUNT or rest.per or rest.about:
            continue
        if _NOT_REST.search(match["what"]) or _TO_COME.match(sentence.after(n) or " "):
            continue
        earlier = [
            m
            for m in range(n)
            if sentence.quantities[m].kind == rest.kind
            and sentence.roles[m] in _ROLES
            and not sentence.quantities[m].about
        ]
        if not earlier or re.match(r"\s*其中", sentence.skeleton):
            continue  # the whole stands in the sentence before
        if len(earlier) == 1:
            yield from _of_a_share(sentence, earlier[0], n)
        elif (
            2 <= len(earlier) <= 6
            and "其中" not in sentence.skeleton[sentence.at[earlier[-1]] : sentence.at[n]]
        ):
            yield from _of_a_whole(sentence, earlier, n)


_ANOTHER = re.compile(
    rf"(?P<w>{Q})[^，,。；\ue000-\uf7ff]{{0,8}}中[，,][^。；\ue000-\uf7ff]{{0,14}}(?P<a>{Q})[^。；\ue000-\uf7ff]{{0,10}}[，,、](?:另有|另外|还有|尚有|另|其余)[^，,。；\ue000-\uf7ff]{{0,6}}(?P<b>{Q})"
)


def and_another(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“28个村中，已通24个，另有6个正在施工”：两部分不会比全部多。"""
    for match in _ANOTHER.finditer(sentence.skeleton):
        whole, quantity, other = (sentence.quantity(match[k]) for k in ("w", "a", "b"))
        together = quantity.number + other.number
        if not whole.kind == quantity.kind == other.kind or whole.unit in _NO_COUNT:
            continue
        if (
            any(q.about for q in (whole, quantity, other))
            or together <= whole.number
            or quantity.number > whole.number
        ):
            continue
        yield Breach(
            relation=Relation.PARTS,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"{quantity.text}＋{other.text} = {in_unit_of(together, whole)}，比 {whole.text} 还多",
            values={"合计": whole.plainly, "各项相加": in_unit_of(together, whole)},
        )


def _of_a_share(sentence: Sentence, m: int, n: int) -> Iterator[Breach]:
    """“A与B两项541.50万元，占82.05%，其余两项138.50万元”。"""
    match = _SHARE.match(sentence.skeleton[sentence.at[m] + 1 :])
    if match is None or ord(match["p"]) - 0xE000 > n:
        return
    part, rest, share = sentence.quantities[m], sentence.quantities[n], sentence.quantity(match["p"])
    if share.unit != "%" or share.about or not 0 < share.low < 100:
        return
    least, most = part.low * (100 / share.high - 1), part.high * (100 / share.low - 1)
    right = part.number * (100 / share.number - 1)
    slack = right / 50
    if least - slack <= rest.high and rest.low <= most + slack:
        return
    yield Breach(
        relation=Relation.PARTS,
        quote=sentence.shown(sentence.at[m], sentence.at[n] + 1),
        fact=f"{part.text}占 {share.text}，其余是 {in_unit_of(right, rest)}，写的是 {rest.text}",
        values={"写的": rest.plainly, "算出": in_unit_of(right, rest)},
    )


def _of_a_whole(sentence: Sentence, earlier: list[int], n: int) -> Iterator[Breach]:
    rest = sentence.quantities[n]
    numbers = [sentence.quantities[m] for m in earlier]
    for i, whole in enumerate(numbers):
        others = numbers[:i] + numbers[i + 1 :]
        for size in range(1, len(others) + 1):
            for some in combinations(others, size):
                left = whole.number - sum((q.number for q in some), Decimal(0))
                if rest.covers(left) or abs(left - rest.number) <= _width((whole, *some)):
                    return
    near = re.search("余下|剩下", sentence.before(n)) is not None and numbers[-2].number > numbers[-1].number
    whole_at = earlier[-2] if len(earlier) == 2 or near else _whole(sentence, earlier)
    if whole_at is None:
        return
    whole = sentence.quantities[whole_at]
    parts = [sentence.quantities[m] for m in earlier if m > whole_at]
    right = whole.number - sum((q.number for q in parts), Decimal(0))
    if right < 0 or not parts or rest.number > whole.number:
        return
    yield Breach(
        relation=Relation.PARTS,
        quote=sentence.shown(sentence.at[whole_at], sentence.at[n] + 1),
        fact=f"{whole.text}－{'－'.join(q.text for q in parts)} = {in_unit_of(right, rest)}，其余写的是 {rest.text}",
        values={"写的": rest.plainly, "算出": in_unit_of(right, rest)},
    )


def _whole(sentence: Sentence, earlier: list[int]) -> int | None:
    """“立案500件，结案480件，其中调解336件”：“其中”前面的是全部；一项一项列着的，第一个是全部。"""
    for m, following in zip(reversed(earlier[:-1]), reversed(earlier[1:]), strict=True):
        if "其中" in sentence.skeleton[sentence.at[m] : sentence.at[following]]:
            return m
    gaps = [sentence.skeleton[sentence.at[a] + 1 : sentence.at[b]] for a, b in pairwise(earlier[1:])]
    return earlier[0] if all(re.match("[、，,和]", gap) and len(gap) <= 14 for gap in gaps) else None


def _width(numbers: tuple[Quantity, ...]) -> Decimal:
    return sum(((q.high - q.low) / 2 for q in numbers), Decimal(0))


__all__ = ["and_another", "the_rest"]
