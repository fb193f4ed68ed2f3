"""Shares of one whole that are listed: together they are not more than all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.reading import Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_SHARE = re.compile(
    r"占(?:比|了|总[数量额])?(?:为|约|达到?)?$|(?:承担|负担|分担|出资)(?:了|比例)?(?:为|约)?$|(?:比例|比重|占比)(?:分别|依次)?(?:为|是|达到?|约)?$|占[^，,]{1,12}的$"
)
_OF = re.compile(r"占([^，,]{1,12})的$")
_OPENS = re.compile(r"占|比例|比重|构成|其中|分别|依次")
_OVERLAP = re.compile(
    "女性|男性|党员|岁|残疾|少数民族|退役|率|度|增|降|减|完成|提高|达到|超|低于|高于|较|(?<!占)比(?!例|重)|目标|兼|同时|多选"
)
_THE_REST = re.compile("其他|其它|其余|剩余")
_ALL = Decimal(100)


def share_lists(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“失业人员占35%、农村劳动力占40%、职工占30%”：一分为几的占比加起来不会超过100%；“其余”也说了的，正好是100%。"""
    if (
        not re.search("占|承担|负担|分担|出资", sentence.skeleton)
        and not re.search("比例|比重|构成|结构|分布", sentence.skeleton)
        and "其中" not in sentence.skeleton
    ):
        return
    for run in _runs(sentence):
        labels = [_label(sentence, n) for n in run]
        if any(_OVERLAP.search(label) for label in labels) or _many_answers(sentence, run):
            continue
        if len({match[1] for n in run if (match := _OF.search(sentence.before(n)))}) > 1:
            continue  # “占预算的71%，占到位资金的75.76%”: each of another whole
        whole = sum((sentence.quantities[n].number for n in run), Decimal(0))
        width = sum((sentence.quantities[n].high - sentence.quantities[n].low for n in run), Decimal(0)) / 2
        slack = max(width, Decimal("0.5") if len(run) > 2 else Decimal(0))
        rest = _THE_REST.search(labels[-1]) is not None
        if whole <= _ALL + slack and not (rest and whole < _ALL - max(slack, Decimal("0.5"))):
            continue
        if len(run) == 2 and not rest and not _of_one_kind(labels):
            continue
        like = sentence.quantities[run[0]]
        start = sentence.at[run[0]]
        yield Breach(
            relation=Relation.PARTS,
            quote=sentence.shown(max(0, start - len(labels[0])), sentence.at[run[-1]] + 1),
            fact=f"几项占比加起来是 {in_unit_of(whole, like)}，{'超过100%' if whole > _ALL else '不到100%'}",
            values={"相加": in_unit_of(whole, like), "全部": "100%"},
        )


def _runs(sentence: Sentence) -> Iterator[list[int]]:
    """一项一项列着的百分数；前面、或者每一项都写了“占”的。"""
    run: list[int] = []
    for n in [*range(len(sentence.quantities)), -1]:
        if n >= 0 and sentence.quantities[n].unit == "%" and not sentence.quantities[n].about:
            gap = sentence.skeleton[sentence.at[run[-1]] + 1 : sentence.at[n]] if run else ""
            if run and re.match(r"[、，,和]", gap) and len(gap) <= 20 and "；" not in gap:
                run.append(n)
                continue
        else:
            n = -1
        if len(run) >= 2 and _are_shares(sentence, run):
            yield run
        run = [n] if n >= 0 else []


def _are_shares(sentence: Sentence, run: list[int]) -> bool:
    told = [_SHARE.search(sentence.before(n)) is not None for n in run]
    if all(told):
        return True
    lead = sentence.clause(run[0])
    opened = (
        _SHARE.search(lead) is not None
        or re.search(r"(?:占比|比例|比重|构成|结构|分布)[^，,]{0,8}$", lead) is not None
    )
    if opened:
        return True
    return (
        sum(told) >= len(run) - 1
        or (told[-1] and len(run) >= 3)
        or ("其中" in lead and len(run) >= 3 and _rest_told(sentence, run))
    )


def _rest_told(sentence: Sentence, run: list[int]) -> bool:
    return _THE_REST.search(_label(sentence, run[-1])) is not None


def _label(sentence: Sentence, n: int) -> str:
    return re.split(r"[、，,：:；\ue000-\uf7ff]", sentence.skeleton[: sentence.at[n]][-40:])[-1][-14:]


def _of_one_kind(labels: list[str]) -> bool:
    """省级、市级，城区、乡村：末一个字相同，或者说法一样长。"""
    names = [re.split("占|比例|比重", label)[0] for label in labels]
    return all(names) and (len({name[-1] for name in names}) == 1 and len(set(names)) == len(names))


def _many_answers(sentence: Sentence, run: list[int]) -> bool:
    return (
        re.search("多选|可选|满意|完成率|达标率", sentence.skeleton[: sentence.at[run[0]]][-60:]) is not None
    )


__all__ = ["share_lists"]
