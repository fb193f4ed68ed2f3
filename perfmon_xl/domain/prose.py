"""Numbers in running text: which number, of what, how exactly, and whether it is a goal or a result.

Dates, document numbers, ordinals and what stands inside 《》 are no quantities and are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from perfmon_xl.domain.units import SCALES, UNITS

_MEASURES = tuple(sorted((u for u in UNITS.split() if u != "万元"), key=len, reverse=True))
_KNOWN = frozenset({"%", "％", "‰", *_MEASURES})
# Every repetition is bounded: a text of spaces, digits or letters is passed in one step a character.
_S = r"\s{0,4}"
_NO_QUANTITY = re.compile(
    r"(?=[《〔\[［【(（第A-Za-z\d\s])"  # what each of these begins with: most characters are passed in one step
    r"(?:《[^《》]{0,300}》"
    rf"|[〔\[［【(（]{_S}(?:19|20)\d{{2}}{_S}[〕\]］】)）]{_S}第?{_S}\d{{1,6}}{_S}号"
    rf"|(?:19|20)\d{{2}}{_S}(?:年|[-/.]){_S}\d{{1,2}}{_S}(?:月|[-/.])(?:{_S}\d{{1,2}}{_S}日?)?"
    rf"|(?:19|20)\d{{2}}{_S}[-—–~～至到]{_S}(?:19|20)\d{{2}}{_S}年(?:度)?"
    rf"|(?<!\d)(?:19|20)\d{{2}}{_S}(?:学年|年度|年)"
    rf"|\d{{1,2}}{_S}月(?:{_S}\d{{1,2}}{_S}[日号])?|\d{{1,2}}{_S}[-—–~～至]{_S}\d{{1,2}}{_S}月"
    rf"|第{_S}\d{{1,9}}|(?<!\d)\d{{1,6}}{_S}号|(?<!\d)\d{{1,6}}{_S}\+{_S}[\dNnXx]{{1,6}}(?!(?:{_S}[+＋]{_S}\d{{1,6}}){{0,12}}{_S}[=＝]|\d)"
    r"|(?<![A-Za-z])[A-Za-z]{1,24}[-_]?\d{1,9}(?:\.\d{1,9})?"
    rf"|[(（]{_S}\d{{1,2}}{_S}[)）]|(?m:^){_S}\d{{1,2}}{_S}[.．、](?!\d)|\d{{1,2}}:\d{{2}})"
)
_NUMBER = re.compile(
    r"(?=[大将接超突不约近≥>＞≤<＜\s\d])"
    r"(?P<before>大约|将近|接近|超过|突破|不低于|不少于|不超过|(?<![节合预签履违续集])约|(?<![最附临靠])近|超|≥|>=|＞＝|≤|<=|＜＝|[><＞＜])?\s{0,4}"
    r"(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)\s{0,4}"
    r"(?P<first>[余多])?(?P<scale>[万亿])?(?P<second>[余多])?"
)
_BEFORE = {
    "大约": "约",
    "约": "约",
    "将近": "近",
    "接近": "近",
    "近": "近",
    "超过": "余",
    "突破": "余",
    "超": "余",
}
_DIGIT = re.compile(r"\d")
_SENTENCE_STOPS = re.compile(r"[。；;！!？?\n]")
_STOPS = re.compile(r"[，。；;！!？?\n]")
_LEAD_STOPS = re.compile(r"[、：:（(]")
_ONE = Decimal(1)
_TOLERANCE = Decimal("0.05")
_NEARLY = Decimal("0.9")
_MASK = "\ufffc"
_COMPARED = re.compile(r"比|较|同比|占|增|减|上年|去年|计划|目标|每|人均|平均")
_LONGEST_NUMBER = 24  # 位；更长的一串数字是编号
_MOST_PARTS = 60
_END = re.compile("[。；;\n]")
_FARTHEST = 300  # 字；一个数前后更远的话，说不着它
_LONGEST_LABEL = 8  # 字；逗号后面更长的，是另一句话，不是分项


class MentionRole(Enum):
    """一个数是目标、结果、由别的数算出来的（占比、增长、完成率），还是看不出来。"""

    TARGET = "目标"
    ACTUAL = "实际"
    DERIVED = "推算"
    UNKNOWN = "不明"


_ROLES: tuple[tuple[MentionRole, re.Pattern[str]], ...] = (
    (
        MentionRole.DERIVED,
        re.compile(
            r"占|同比|环比|增长|增加|减少|提高了|下降|上升|[比较].{0,16}[多少高低快慢]|偏差率?|完成率|执行率|到位率|进度"
            r"|目标值?的|任务数?的|计划数?的|上年|去年|往年|同期|其中|平均|人均|每"
        ),
    ),
    (
        MentionRole.TARGET,
        re.compile(r"计划|目标|应完成|应当?|任务|需|要求|预计|拟|不低于|不少于|不超过|≥|≤|指标值|确保|力争"),
    ),
    (MentionRole.ACTUAL, re.compile(r"已|实际|累计|共计?|完成了|达到?|截[至止]|为止|实现|办结")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """文字里的一个数。

    number 已乘过“万”“亿”，unit 是去掉“万”“亿”的单位；step 是写出来的最小一位；approximation 是“余”“约”“近”或空；
    lead 是紧挨着它的、同一分句里的几个字，clause 是同一分句里它前面的全部文字，comparator 是前面写的比较符。
    """

    text: str
    number: Decimal
    unit: str
    step: Decimal
    approximation: str = ""
    comparator: str = ""
    sentence: str = ""
    clause: str = ""
    lead: str = ""
    start: int = 0
    end: int = 0

    @property
    def role(self) -> MentionRole:
        """看同一分句里它前面最后一个说明身份的词。"""
        if self.unit in ("个百分点", "百分点", "倍"):
            return MentionRole.DERIVED
        if self.comparator:
            return MentionRole.TARGET
        found = [
            (match.end(), -order, role)
            for order, (role, pattern) in enumerate(_ROLES)
            for match in pattern.finditer(self.clause)
        ]
        return max(found, key=lambda one: one[:2])[2] if found else MentionRole.UNKNOWN

    @property
    def said(self) -> str:
        """这个数和它前面的话，放进提示里。"""
        return self.clause[-18:].strip() + self.text

    def agrees(self, value: Decimal) -> bool:
        """与一个准确的数合得上：写得粗的按写出来的位数四舍五入，“余”“约”“近”按意思。"""
        if self.approximation == "余":
            return self.number < value < self.number + self._rank
        if self.approximation == "近":
            return self.number * _NEARLY <= value <= self.number
        if self.approximation == "约":
            return abs(value - self.number) <= max(abs(self.number) * _TOLERANCE, self.step / 2)
        return abs(value - self.number) <= self.step / 2

    @property
    def _rank(self) -> Decimal:
        """“余”最多余多少：5000余不到6000，70余不到80。"""
        rank = self.step
        while self.number and self.number % (rank * 10) == 0:
            rank *= 10
        return max(rank, Decimal(1))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """“合计，其中：甲、乙、丙”。"""

    whole: Mention
    parts: tuple[Mention, ...]

    @property
    def sum(self) -> Decimal:
        return sum((p.number for p in self.parts), Decimal(0))


def mentions(text: str, units: Iterable[str] = ()) -> tuple[Mention, ...]:
    """一段文字里的数，先后照原文。units 是另外认的单位（指标自己的单位）。

    >>> [(str(m.number), m.unit, m.approximation) for m in mentions("截至2023年10月31日已接待5000余人次，满意率99.9%。")]
    [('5000', '人次', '余'), ('99.9', '%', '')]
    >>> mentions("按〔2022〕4号文件，第3批任务于6月30日完成。")
    ()
    """
    return _all_mentions(text, frozenset(u for u in units if u and u not in _KNOWN))


@lru_cache(maxsize=2048)
def _all_mentions(text: str, units: frozenset[str]) -> tuple[Mention, ...]:
    """许多规则问同一段文字，读一遍就够。"""
    if not _DIGIT.search(text):
        return ()
    masked = _NO_QUANTITY.sub(lambda m: _MASK * len(m[0]), text)
    return tuple(_mentions(text, masked, _measures(units)))


@lru_cache(maxsize=256)
def _measures(units: frozenset[str]) -> re.Pattern[str]:
    """紧跟在数后面的单位；长的先认。"""
    longest_first = sorted({*_MEASURES, *units}, key=lambda unit: (-len(unit), unit))
    return re.compile("|".join(["[%％‰]", *map(re.escape, longest_first)]))


def _mentions(text: str, masked: str, measures: re.Pattern[str]) -> Iterator[Mention]:
    last = 0
    clauses, leads, sentences = (_Cuts(marks, masked) for marks in (_STOPS, _LEAD_STOPS, _SENTENCE_STOPS))
    for match in _NUMBER.finditer(masked):
        start, end = match.span()
        before, digits, first, scaled, second = match.groups("")
        unit = found[0] if (found := measures.match(masked, end)) else ""
        scale = SCALES.get(scaled, _ONE)
        digits, before = digits.replace(",", "").replace("，", ""), before.strip()
        if len(digits) > _LONGEST_NUMBER:
            continue  # a row of digits is no quantity
        clause_start = clauses.before(start)
        lead_start = max(clause_start, last, leads.before(start))
        last = end + len(unit)
        yield Mention(
            text=text[start:last].strip(),
            number=Decimal(digits) * scale,
            unit="%" if unit == "％" else unit,
            step=_ONE.scaleb(-len(digits.partition(".")[2])) * scale,
            approximation=_BEFORE.get(before, "") or ("余" if first or second else ""),
            comparator="" if before in _BEFORE else before,
            sentence=text[
                max(sentences.before(start), start - _FARTHEST) : min(sentences.after(end), end + _FARTHEST)
            ].strip(),
            clause=masked[max(clause_start, start - _FARTHEST) : start].replace(_MASK, ""),
            lead=masked[max(lead_start, start - _FARTHEST) : start].replace(_MASK, "").strip(),
            start=start,
            end=last,
        )


class _Cuts:
    """一段文字在哪些标点处断开：只找一遍，以后问哪一处都快。"""

    def __init__(self, marks: re.Pattern[str], text: str) -> None:
        self._at = [match.start() for match in marks.finditer(text)]
        self._end = len(text)

    def before(self, place: int) -> int:
        """place 前面最近的标点之后；没有的是开头。"""
        found = bisect_left(self._at, place)
        return self._at[found - 1] + 1 if found else 0

    def after(self, place: int) -> int:
        """place 和以后最近的标点；没有的是末尾。"""
        found = bisect_left(self._at, place)
        return self._at[found] if found < len(self._at) else self._end


_MEAN = re.compile(r"(?:平均|[人户亩]均)[^，,]{0,6}$")  # 平均数不是各部分的合计


@lru_cache(maxsize=2048)
def breakdowns(text: str) -> tuple[Breakdown, ...]:
    """“合计……，其中：……”里单位相同的合计和各部分；到句号、分号为止。

    >>> [str(b.sum) for b in breakdowns("共办理158件，其中：甲110件、乙46件、丙2件。")]
    ['158']
    """
    if "其中" not in text:
        return ()
    found = mentions(text)
    result: list[Breakdown] = []
    ends, starts = [m.end for m in found], [m.start for m in found]
    for mark in re.finditer("其中", text):
        count = bisect_right(ends, mark.start())
        if not count or any(c in text[found[count - 1].end : mark.start()] for c in "；;\n"):
            continue
        whole = found[count - 1]
        following = bisect_left(starts, mark.end())
        first = found[following] if following < len(found) else None
        if text[max(0, mark.start() - 8) : mark.start()].rstrip().endswith("。") and first is not None:
            # “支出5万元，执行率87%。其中：……”：合计是前一句里同单位的那个数
            start = text.rfind("。", max(0, mark.start() - _FARTHEST), text.rfind("。", 0, mark.start())) + 1
            nearby = found[max(0, count - _MOST_PARTS) : count]
            same = [
                m
                for m in nearby
                if m.start >= start and m.unit == first.unit and m.role is MentionRole.ACTUAL
            ]
            whole = max(same, key=lambda m: m.number) if same else whole
        elif first is not None and (whole.role is MentionRole.TARGET or _COMPARED.search(whole.lead)):
            # “新建2450个，超过阶段目标2400个，其中：……”：合计是做到的数，不是目标
            done = [
                m
                for m in found[max(0, count - _MOST_PARTS) : count]
                if m.sentence == whole.sentence
                and m.unit == first.unit
                and m.role in (MentionRole.ACTUAL, MentionRole.UNKNOWN)
                and not _COMPARED.search(m.lead)
            ]
            whole = done[-1] if done else whole
        stop = _END.search(text, mark.end(), mark.end() + 10 * _FARTHEST)
        end = stop.start() if stop else min(len(text), mark.end() + 10 * _FARTHEST)
        nested = text.find("其中", mark.end(), end)
        end = nested if nested >= 0 else end
        parts: list[Mention] = []
        for mention in found[following : following + _MOST_PARTS]:
            if mention.start >= end:
                break
            gap = text[(parts[-1].end if parts else mark.end()) : mention.start]
            if mention.unit != whole.unit or (
                parts and not re.match(r"(?:[(（][^)）]*[)）])?\s*[、，,和]", gap)
            ):
                break
            if (
                parts
                and "、" not in gap[:6]
                and "、" in text[mark.end() : parts[-1].end]
                and "和" not in gap[:3]
            ):
                break
            after_comma = re.match(r"(?:[(（][^)）]*[)）])?\s*[，,]", gap) and parts
            if _COMPARED.search(mention.lead) or (
                after_comma and not 0 < len(mention.lead) <= _LONGEST_LABEL
            ):
                break
            parts.append(mention)
        if parts and whole.unit != "分" and not _MEAN.search(whole.lead):
            result.append(Breakdown(whole, tuple(parts)))
    return tuple(result)


@lru_cache(maxsize=4096)
def pieces(words: str, size: int = 2) -> frozenset[str]:
    """一个名称里相邻的 size 个汉字。

    >>> sorted(pieces("培训人数"))
    ['人数', '培训', '训人']
    """
    bare = re.sub(r"[（(][^（()）]*[)）]|[^\u4e00-\u9fff]", "", words)
    return frozenset(bare[i : i + size] for i in range(len(bare) - size + 1))
