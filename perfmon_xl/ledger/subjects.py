"""Whose number it is: the indicator that a clause speaks of, or none when two fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from perfmon_xl.domain.direction import less_is_better
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.target import Comparator, Kind
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.ledger.quantity import Quantity, of_value
from perfmon_xl.ledger.reading import Role, Sentence
from perfmon_xl.ledger.relations import Subject, comparable

_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_MEASURE_END = re.compile(
    r"(?:总|年)?(?:数量|个数|座数|台数|台套数|人数|人次数?|户数|所数|家数|场次|次数|批次数?|起数|条数|件数|份数|头数|株数|处数|站数|机构数|部门数|学校数|长度|里程|面积|规模|总量|总数|数|量)$"
)
_RATE_END = re.compile(r"(?:率|(?<![长宽深高厚幅季年月温湿])度|比例|比重|占比)$")
_LEAD = re.compile(r"^(?:本年|全年|年度|项目|完成|新增)")
_FUNCTION = re.compile(
    r"截[至止]|目前|已经?|累计|共计?|合计|总计|实际|本阶段|监控期[内间]?|年内|今年|本年|以来|完成|达到?|实现|为|是|了|约|并|各类|各项|全部|全[县市区镇乡省]|我[县市区]|项目|开展|实施|组织|新|"
    r"购置|建成|建设|安装|投入使用|使用|进行|分别|均|通过|验收|主要|其中|：|:|、|“|”|（|）|\(|\)|的|对|在|由|将|把|后|中"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ENOUGH = 0.6
_MOST_NAMES = 50  # 更多的指标都有这两个字，分不出讲的是哪一个
_DOWN = (Comparator.AT_MOST, Comparator.LESS)
_UP = (Comparator.AT_LEAST, Comparator.MORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """表4的一个指标：记录、读成量的目标和实际、名称里有意义的部分。"""

    record: Compared
    subject: Subject
    core: str
    is_rate: bool

    @property
    def name(self) -> str:
        return self.record.name.strip()


@lru_cache(maxsize=4096)
def core_of(name: str) -> str:
    """名称去掉括号、“数量”“人次”一类的末尾：“净化消毒设备购置数量”讲的是“净化消毒设备购置”。"""
    bare = _BRACKETED.sub("", name_key(name))
    return _LEAD.sub("", _MEASURE_END.sub("", bare)) or bare


def at_most(record: Compared) -> bool | None:
    """越少越好的（成本、事故、用时）为真；区间和不是数的说不准，是 None。"""
    target = record.annual if not record.annual.is_blank else record.stage
    sign = target.comparator
    if sign in _DOWN:
        return True
    if sign in _UP:
        return False
    if target.kind is not Kind.NUMBER:
        return None
    if target.number == 0:
        return True
    base = target.base()
    return less_is_better(record.level1, record.level2, record.name, base[1] if base else "")


def measured(record: Compared) -> Measured:
    name = record.name.strip()
    bare = _BRACKETED.sub("", name_key(name))
    return Measured(
        record=record,
        subject=Subject(
            name=name,
            annual=of_value(record.annual, name),
            stage=of_value(record.stage, name)
            or (of_value(record.annual, name) if record.stage.is_blank else None),
            actual=of_value(record.actual, name),
            at_most=at_most(record),
            due=record.annual.day,
            done=record.actual.day,
        ),
        core=core_of(name),
        is_rate=bool(_RATE_END.search(bare)) or record.annual.unit == "%",
    )


class Named:
    """许多指标里找一句话讲的那一个：按名称里相邻两个字编好，不必一个一个地比。"""

    def __init__(self, indicators: Sequence[Measured]) -> None:
        self.all = tuple(indicators)
        self._pieces = [pieces(one.core) for one in self.all]
        self._by_piece: dict[str, list[int]] = {}
        self._by_end: dict[str, list[int]] = {}
        for n, one in enumerate(self.all):
            for piece in self._pieces[n]:
                self._by_piece.setdefault(piece, []).append(n)
            self._by_end.setdefault(_han(one.name)[-2:], []).append(n)

    def spoken_of(self, words: str, fits: Callable[[Measured], bool] | None = None) -> Measured | None:
        """名称里的字大半都在这句话里，而且只有一个这样的；fits 是另外的条件（单位相同）。"""
        counted = Counter(n for piece in pieces(words) for n in self._by_piece.get(piece, ())[:_MOST_NAMES])
        best: list[tuple[float, int, Measured]] = []
        for n, common in counted.items():
            one = self.all[n]
            share = 1.0 if one.core in words else common / len(self._pieces[n])
            if share >= _ENOUGH and (fits is None or fits(one)):
                best.append((share, len(one.core), one))
        if not best:
            return None
        best.sort(key=lambda b: (b[0], b[1]), reverse=True)
        first, second = best[0], best[1] if len(best) > 1 else None
        if second is not None and first[:2] == second[:2]:
            return None
        if second is not None and second[0] >= 1.0 and second[2].core not in first[2].core:
            return None
        return first[2]

    def rate_spoken_of(self, label: str) -> Measured | None:
        """“用水户满意度”“达标率”：名称以它结尾、或者它以名称结尾的，而且只有一个。"""
        words = _han(label)
        if len(words) < 3:
            return None
        found = []
        for n in self._by_end.get(words[-2:], ())[:_MOST_NAMES]:
            one = self.all[n]
            if one.subject.actual is None or one.subject.actual.unit != "%":
                continue
            name = _han(one.name)
            if name.endswith(words) or words.endswith(name):
                found.append(one)
        return found[0] if len(found) == 1 else None


def _han(name: str) -> str:
    """名称里的汉字，括号里的不算。"""
    return re.sub(r"[^\u4e00-\u9fff]", "", _BRACKETED.sub("", name_key(name)))


def rest_of(words: str, core: str) -> str:
    """一段话去掉指标名称里的字和没有所指的字，还剩下什么：剩下的多半是限定（“白沙水厂”“上半年”）。"""
    rest = _FUNCTION.sub("", re.sub(r"[\ue000-\uf7ff]", "", words))
    return "".join(c for c in rest if _HAN.match(c) and c not in core)


def same_kind(sentence: Sentence, n: int, one: Measured) -> bool:
    """第 n 个量与这个指标的实际值能比。"""
    actual: Quantity | None = one.subject.actual
    return (
        actual is not None and comparable(sentence.quantities[n], actual) and sentence.roles[n] is Role.ACTUAL
    )
