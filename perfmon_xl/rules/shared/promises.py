"""Numbers that a text promises to do, and the indicator that counts the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.prose import pieces
from perfmon_xl.ledger.quantity import Quantity, unit_key
from perfmon_xl.ledger.reading import Role, sentences
from perfmon_xl.rules.claims import year_of
from perfmon_xl.rules.facts import Facts

_TERSE = 12  # 字；“2024年计划新建26个”自己没有主语
_COMMON = 2  # 相邻两个字相同的，至少几处
_NO_PROMISE = (Role.PREVIOUS, Role.DIFFERENCE, Role.REMAINDER, Role.PART, Role.SHARE)
_SIGNS = re.compile("[\ue000-\uf7ff]")
_DOING = re.compile(r"完成|开展|建设|改造|新建|实施|组织|举办|购置|数量|任务|项目|工程|个数")


@dataclass(frozen=True, slots=True)
class Promise:
    """一段文字里许下的一个数：量、它所在的那几个字、名称和单位都像的指标（没有的、说不准的是空）。"""

    quantity: Quantity
    words: str
    clause: str
    like: IndicatorRow | None


def promises(facts: Facts, text: str, rows: Sequence[IndicatorRow], context: str = "") -> Iterator[Promise]:
    """一段文字里要做多少的各个数；以前的、剩余的、其中的不算。context 是前半句，主语写在那里的也认。"""
    units = frozenset(
        u
        for row in rows
        if (u := row.annual_target.unit.removeprefix("万").removeprefix("亿"))
        and "元" not in u
        and "/" not in u
    )
    for sentence in sentences(text, year_of(facts), units):
        for n, quantity in enumerate(sentence.quantities):
            if sentence.roles[n] in _NO_PROMISE or not quantity.unit or quantity.per:
                continue
            before = re.split("[、；;]", sentence.before(n))[-1]
            after = re.split("[、；;]", sentence.after(n))[0]
            words = _SIGNS.sub("", before + after)
            clause = (_SIGNS.sub("", before) + quantity.text + _SIGNS.sub("", after)).strip(" ，,。；;")
            own = like(rows, words, quantity.unit)
            if own is None and context and len(words) <= _TERSE:
                own = like(rows, words + context, quantity.unit)
                if own is not None and not pieces(words) & pieces(own.name):
                    own = None  # “计划接收430人” is not “培训退役军人”
            yield Promise(quantity, words, clause, own)


def like(rows: Sequence[IndicatorRow], words: str, unit: str) -> IndicatorRow | None:
    """名称与这几个字讲的是同一件事、单位也相同的指标；几个都像的，说不准。"""
    own = pieces(words)
    same = [row for row in rows if (base := row.annual_target.base()) and unit_key(base[1]) == unit_key(unit)]
    found = sorted(((len(own & pieces(row.name)), row) for row in same), key=lambda one: -one[0])
    best = [one for one in found if one[0] >= _COMMON]
    if best and (len(best) == 1 or best[0][0] > best[1][0]):
        return best[0][1]
    named = [row for row in same if pieces(_DOING.sub(" ", words)) & pieces(_DOING.sub(" ", row.name))]
    return named[0] if not best and len(same) == 1 and len(named) == 1 else None
