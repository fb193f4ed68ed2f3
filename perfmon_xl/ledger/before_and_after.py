"""Earlier, change and now where the now is the indicator's own; and stock and flow: 年初240人，新接收85人，解除77人，期末248人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.reading import Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of

_CHANGED = re.compile(
    r"(?:(?P<more>多|增加|提高|上升|提升|增长|增)|(?P<less>少|减少|下降|降低|缩短|回落|降))了?$"
)


def since_then(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """只写了以前的数和增减多少，没有写现在的数：现在的是这个指标的实际值。"""
    actual = subject.actual
    earlier = [
        q for q, role in zip(sentence.quantities, sentence.roles, strict=True) if role is Role.PREVIOUS
    ]
    if actual is None or actual.about or actual.comparator or len(earlier) != 1:
        return
    before = earlier[0]
    if before.about or not comparable(before, actual):
        return
    others = [q for q in sentence.quantities if q is not before and comparable(q, actual)]
    points = [q for q in sentence.quantities if q.unit in ("个百分点", "百分点")]
    changes = points if actual.unit == "%" else others
    if len(changes) != 1 or (actual.unit == "%" and others):
        return
    change = changes[0]
    n = sentence.quantities.index(change)
    word = _CHANGED.search(sentence.before(n))
    if (
        word is None
        or change.about
        or re.search("目标|计划|任务", sentence.clause(n))
        or change.start < before.start
    ):
        return
    right = actual.number - before.number
    signed = change.number if word["more"] else -change.number
    slack = (actual.high - actual.low + before.high - before.low + change.high - change.low) / 2
    if abs(right - signed) <= slack:
        return
    says = ("多" if right >= 0 else "少") + in_unit_of(abs(right), change)
    yield Breach(
        relation=Relation.DIFFERENCE,
        quote=sentence.shown(sentence.at[sentence.quantities.index(before)], sentence.at[n] + 1),
        fact=f"现在是 {actual.text}，以前 {before.text}，应当是{says}",
        values={"写的": change.plainly, "算出": says},
    )


_OPENING = re.compile(
    r"(?:年初|期初|上年末|去年底|上年底|上期末|原有|原来有|原|现有|起初|结转|此前|已有|连同|(?:19|20)?\d{2}年(?:底|末))[^，,。；、]{0,10}$"
)
_IN = re.compile(
    r"(?:新(?:增|接收|建|购|购置|装|招|聘|入|收|开|设|添|签|立|入库|接|纳入|种|修|培育|配)|增加|调入|转入|流入|接收|收到|入库|补充|追加|调增|购入|增补|加入|引进)[^，,。；、]{0,8}$"
)
_OUT = re.compile(
    r"(?:解除|报废|减少|调出|转出|流出|退出|核减|调减|注销|拆除|淘汰|出库|支出|使用|发放|领用|离职|辞退|销号|办结|停用|移交|流失|死亡|毕业|结业|退回|终止|撤并|关停|关闭|销售|出栏)[^，,。；、]{0,8}$"
)
_CLOSING = re.compile(
    r"(?:期末|年末|年底|月末|月底|季末|现有?|目前|现存|结存|余|剩余|共有?|合计|总数|总量|总计|达到?|增至|减至|增加到|减少到|在册|在用|累计|实有|尚有|保有)(?:[^，,。；、]{0,8})$"
)


def stock_and_flow(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """期初的加增加的减减少的，是期末的：“年初240人，新接收85人，解除77人，期末248人”。"""
    opening = [n for n in range(len(sentence.quantities)) if _OPENING.search(_before(sentence, n))]
    if not opening:
        return
    first = opening[0]
    own = sentence.quantities[first]
    same = [n for n, q in enumerate(sentence.quantities) if q.unit == own.unit and q.per == own.per]
    if own.unit in ("", "%", "‰") or own.about or not 3 <= len(same) <= 5:
        return
    ins, outs, closing = list[int](), list[int](), list[int]()
    for n in same:
        if n == first:
            continue
        before = _before(sentence, n)
        into = (
            closing
            if _CLOSING.search(before) and n > first
            else ins
            if _IN.search(before)
            else outs
            if _OUT.search(before)
            else None
        )
        if (
            into is None
            or sentence.quantities[n].about
            or sentence.roles[n] in (Role.TARGET, Role.STAGE, Role.PLAN)
        ):
            return
        into.append(n)
    if len(closing) != 1 or not (ins or outs) or closing[0] != same[-1]:
        return
    if re.search(
        r"其中|[；;]|上年同期|同比|各|每|分别",
        sentence.skeleton[sentence.at[same[0]] : sentence.at[same[-1]]],
    ):
        return
    end = sentence.quantities[closing[0]]
    quantities = sentence.quantities
    exact = own.number + sum(quantities[n].number for n in ins) - sum(quantities[n].number for n in outs)
    half = (
        sum((q.high - q.low) / 2 for q in (own, *(quantities[n] for n in (*ins, *outs))))
        if "." in own.text
        else Decimal(0)
    )
    if end.low - half <= exact <= end.high + half:
        return
    told = (
        own.text
        + "".join(f"＋{quantities[n].text}" for n in ins)
        + "".join(f"－{quantities[n].text}" for n in outs)
    )
    yield Breach(
        relation=Relation.PARTS,
        quote=sentence.shown(sentence.at[same[0]], sentence.at[same[-1]] + 1),
        fact=f"{told} = {in_unit_of(exact, end)}，写的是 {end.text}",
        values={"写的": end.plainly, "算出": in_unit_of(exact, end)},
    )


def _before(sentence: Sentence, n: int) -> str:
    """同一分句里、上一个量之后的字；日期写回原文（“2024年底有”）。"""
    clause = sentence.clause_in_words(n)
    whole = sentence.clause(n)
    cut = max((whole.rfind(c) for c in whole if "\ue000" <= c <= "\ue7ff"), default=-1)
    if cut < 0:
        return clause
    end = sentence.at[n]
    return sentence.shown(end - len(whole) + cut + 1, end)
