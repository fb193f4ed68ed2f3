"""Stretches of time, or lots, that make up a whole: “上半年218万元，下半年182万元，全年400万元”, “分两次下达，……，全年500万元”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of, rounding
from perfmon_xl.ledger.when import When

_WHOLE = re.compile(r"全年|年度|本年|全期|合计|共计|总计|累计|总共|一共|共|[二两三四五六]次|[二两三四五六]批")
_OF_ANOTHER = re.compile("比|较|同比|目标|上年|去年|其中|每|平均|序时|还|剩")
_LOTS = re.compile(r"分(?P<k>[二两三四五六]|\d)(?:次|批|期|笔|轮)")
_ROLES = (Role.ACTUAL, Role.PLAN, Role.PART)
_LEAST = 2
_DECEMBER = 12


def periods_and_their_whole(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """几段时间首尾相接，后面说到全部的：加起来应是全部。"""
    run: list[tuple[int, When]] = []
    for n, quantity in enumerate(sentence.quantities):
        when = _own_period(sentence, n)
        if run and quantity.kind == sentence.quantities[run[0][0]].kind and when is None:
            if len(run) >= _LEAST and _make_up(sentence, n, [w for _, w in run]):
                yield from _held(sentence, [m for m, _ in run], n)
            run = []
        elif when is None or not _counts(sentence, n):
            run = []
        elif run and quantity.kind != sentence.quantities[run[0][0]].kind:
            run = [(n, when)]
        else:
            run.append((n, when))


def periods_over_their_whole(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“12台，一季度5台，二季度9台”：先说全部，后面几段时间的加起来不会比它多。"""
    for n, whole in enumerate(sentence.quantities):
        parts: list[tuple[int, When]] = []
        for m in range(n + 1, len(sentence.quantities)):
            when = _own_period(sentence, m)
            if when is None or not _counts(sentence, m) or sentence.quantities[m].kind != whole.kind:
                break
            parts.append((m, when))
        if sentence.roles[n] is Role.PLAN and re.search("超", sentence.skeleton):
            continue  # “计划12期，前三季度9期，第四季度4期，超计划1期”
        if len(parts) < _LEAST or not _counts(sentence, n) or _own_period(sentence, n) is not None:
            continue
        if any((b.first - a.last).days != 1 for (_, a), (_, b) in pairwise(parts)):
            continue
        some = [sentence.quantities[m] for m, _ in parts]
        if sum((q.number for q in some), Decimal(0)) - whole.number > rounding((whole, *some)):
            yield _breach(sentence, some, whole, n, parts[-1][0])
        return


def lots_and_their_whole(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“分两次下达，1月320万元，5月180万元，全年下达500万元”：说了几次，就有几个数。"""
    for match in _LOTS.finditer(sentence.skeleton):
        count = chinese_number(match["k"].replace("两", "二"))
        after = [n for n in sentence.at if sentence.at[n] > match.end()]
        if count is None or len(after) != int(count) + 1:
            continue
        *parts, total = after
        same = {sentence.quantities[n].kind for n in after}
        if len(same) == 1 and all(_counts(sentence, n) for n in after) and _is_the_whole(sentence, total):
            yield from _held(sentence, parts, total)


def _counts(sentence: Sentence, n: int) -> bool:
    quantity = sentence.quantities[n]
    plain = (
        quantity.unit not in ("", "%", "个百分点", "百分点", "分") and not quantity.per and not quantity.about
    )
    return plain and sentence.roles[n] in _ROLES and not _OF_ANOTHER.search(_lead(sentence, n))


def _lead(sentence: Sentence, n: int) -> str:
    """第 n 个量和上一个量之间的字。"""
    return re.split("[\ue000-\ue7ff]", sentence.skeleton[max(0, sentence.at[n] - 30) : sentence.at[n]])[-1]


def _own_period(sentence: Sentence, n: int) -> When | None:
    signs = re.findall("[\uf000-\uf7ff]", re.split("[，,；]", _lead(sentence, n))[-1])
    when = sentence.when(signs[0]) if len(signs) == 1 else None
    return when if when is not None and not when.is_day and when.first.day == 1 else None


def _make_up(sentence: Sentence, n: int, whens: list[When]) -> bool:
    """几段首尾相接，正好是第 n 个量说的那一段：全年的从一月到十二月，累计的从一月起。"""
    if not _is_the_whole(sentence, n) or any((b.first - a.last).days != 1 for a, b in pairwise(whens)):
        return False
    lead = _lead(sentence, n)
    from_january = whens[0].first.month == 1
    if re.search("全年|年度|本年", lead):
        return from_january and whens[-1].last.month == _DECEMBER
    return from_january or not re.search("累计|总计", lead)


def _is_the_whole(sentence: Sentence, n: int) -> bool:
    return _counts(sentence, n) and _WHOLE.search(_lead(sentence, n)) is not None


def _held(sentence: Sentence, parts: list[int], total: int) -> Iterator[Breach]:
    whole, some = sentence.quantities[total], [sentence.quantities[n] for n in parts]
    exact = sum((q.number for q in some), Decimal(0))
    if abs(exact - whole.number) > rounding((whole, *some)):
        yield _breach(sentence, some, whole, parts[0], total)


def _breach(sentence: Sentence, some: list[Quantity], whole: Quantity, first: int, last: int) -> Breach:
    exact = sum((q.number for q in some), Decimal(0))
    return Breach(
        relation=Relation.PARTS,
        quote=sentence.shown(sentence.at[first] - len(_lead(sentence, first)), sentence.at[last] + 1),
        fact=f"{_joined(some)} = {in_unit_of(exact, whole)}，写的是 {whole.text}",
        values={"写的": whole.plainly, "算出": in_unit_of(exact, whole)},
    )


def _joined(some: list[Quantity]) -> str:
    return "＋".join(q.text for q in some)
