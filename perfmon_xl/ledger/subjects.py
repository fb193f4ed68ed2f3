"""Whose number it is: the indicator that a clause speaks of, or none when two fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from perfmon_xl.domain.direction import less_is_better
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.target import Comparator, Kind
from perfmon_xl.domain.text_keys import bare_name, subject_key
from perfmon_xl.ledger.quantity import of_value
from perfmon_xl.ledger.relations import Subject

_RATE_END = re.compile(r"(?:率|(?<![长宽深高厚幅季年月温湿])度|比例|比重|占比)$")
_FUNCTION = re.compile(
    r"截[至止]|目前|已经?|累计|共计?|合计|总计|实际|本阶段|监控期[内间]?|年内|今年|本年|以来|完成|达到?|实现|为|是|了|约|并|各类|各项|全部|全[县市区镇乡省]|我[县市区]|项目|开展|实施|组织|新|"
    r"购置|建成|建设|安装|投入使用|使用|进行|分别|均|通过|验收|主要|其中|目标|任务|计划|活动|工作|协议|合同|学员|群众|"
    r"举办|开办|召开|印制|编印|采购|配备|配发|新建|改建|扩建|修建|签订|签署|发放|发出|培育|引进|设立|设置|建立|聘请|招聘|组建|参加|参与|结业|毕业|与|有|：|:|、|“|”|（|）|\(|\)|的|对|在|由|将|把|后|中"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ENOUGH = 0.6
_MOST_NAMES = 50  # 更多的指标都有这两个字，分不出讲的是哪一个
_DOWN = (Comparator.AT_MOST, Comparator.LESS)
_UP = (Comparator.AT_LEAST, Comparator.MORE)

_OF_THE_BUDGET = ("执行率", "支出率", "支付率", "到位率", "预算执行率", "资金到位率")  # 单说的，是预算的


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorQuantities:
    """表4的一个指标：记录、读成量的目标和实际、名称里有意义的部分。"""

    record: Compared
    subject: Subject
    core: str
    is_rate: bool

    @property
    def name(self) -> str:
        return self.record.name.strip()


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


def measured(record: Compared) -> IndicatorQuantities:
    name = record.name.strip()
    bare = bare_name(name)
    return IndicatorQuantities(
        record=record,
        subject=Subject(
            name=name,
            annual=of_value(record.annual, name),
            stage=of_value(record.stage, name)
            or (of_value(record.annual, name) if record.stage.is_blank else None),
            actual=of_value(record.actual, name),
            at_most=at_most(record),
            due=_due(record),
            done=record.actual.day,
        ),
        core=subject_key(name),
        is_rate=bool(_RATE_END.search(bare)) or record.annual.unit == "%",
    )


def _due(record: Compared) -> date | None:
    """期限的最后一天；没有写年份的，看实际完成的日期是哪一年。"""
    done = record.actual.day
    days = record.annual.days(done.year if done else None)
    return record.annual.day or (days.last if days is not None else None)


class IndicatorsByName:
    """许多指标里找一句话讲的那一个：按名称里相邻两个字编好，不必一个一个地比。"""

    def __init__(self, indicators: Sequence[IndicatorQuantities]) -> None:
        self.all = tuple(indicators)
        self._pieces = [pieces(one.core) for one in self.all]
        self._by_piece: dict[str, list[int]] = {}
        self._by_end: dict[str, list[int]] = {}
        for n, one in enumerate(self.all):
            for piece in self._pieces[n]:
                self._by_piece.setdefault(piece, []).append(n)
            self._by_end.setdefault(_han(one.name)[-2:], []).append(n)

    def spoken_of(
        self, words: str, fits: Callable[[IndicatorQuantities], bool] | None = None
    ) -> IndicatorQuantities | None:
        """名称里的字大半都在这句话里，而且只有一个这样的；fits 是另外的条件（单位相同）。"""
        counted = Counter(n for piece in pieces(words) for n in self._by_piece.get(piece, ())[:_MOST_NAMES])
        best: list[tuple[float, int, IndicatorQuantities]] = []
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

    def only_one_in(
        self, words: str, fits: Callable[[IndicatorQuantities], bool]
    ) -> IndicatorQuantities | None:
        """以这个单位计的指标里，只有一个与这句话有字相同，而且相同的在名称的末尾：“培训1320人”讲的是“职业技能培训”。"""
        own = pieces(words)
        counted = {n for piece in own for n in self._by_piece.get(piece, ())[:_MOST_NAMES]}
        found = [n for n in sorted(counted) if fits(self.all[n])]
        if len(found) != 1:
            return None
        one = self.all[found[0]]
        if sum(map(fits, self.all)) == 1 and len(self.all) > 1:
            return one
        return one if one.core[-2:] in own or one.core[:2] in own else None

    def rate_spoken_of(self, label: str) -> IndicatorQuantities | None:
        """“用水户满意度”“达标率”：名称以它结尾、或者它以名称结尾的，而且只有一个。"""
        words = _han(label)
        if len(words) < 3 or words in _OF_THE_BUDGET:
            return None
        measureds = []
        for n in self._by_end.get(words[-2:], ())[:_MOST_NAMES]:
            one = self.all[n]
            if one.subject.actual is None or one.subject.actual.unit != "%":
                continue
            name = _han(one.name)
            if name.endswith(words) or words.endswith(name):
                measureds.append(one)
        return measureds[0] if len(measureds) == 1 else None


def _han(name: str) -> str:
    """名称里的汉字，括号里的不算。"""
    return re.sub(r"[^\u4e00-\u9fff]", "", bare_name(name))


def rest_of(words: str, core: str) -> str:
    """一段话去掉指标名称里的字和没有所指的字，还剩下什么：剩下的多半是限定（“白沙水厂”“上半年”）。"""
    rest = _FUNCTION.sub("", re.sub(r"[\ue000-\uf7ff]", "", words))
    return "".join(c for c in rest if _HAN.match(c) and c not in core)
