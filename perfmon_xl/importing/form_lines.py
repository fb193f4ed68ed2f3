"""The lines of a form outside its tables: “标题 | 内容”, “填报人：……　　联系电话：……”, the period in a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfmon_xl.domain.official_form import NOTES
from perfmon_xl.domain.text_keys import compact, label_key, label_text
from perfmon_xl.importing.vocabulary import label_of, unit_of

_AMOUNT = re.compile(r"^[¥￥]?\d[\d,，]*(?:\.\d+)?(?:亿|万|千)?元$")
_SEGMENTS = re.compile(r"\u3000+|\s{2,}|[\t\n；;]")
_PAIR = re.compile(r"^\s*([^:：]{1,24})[:：]\s*(.*)$", re.S)
_MANY = re.compile(r"(?<=\S)\s+(?=[\u4e00-\u9fff（()）]{2,14}[:：])")
_YEAR = re.compile(r"(?<!\d)(\d{4})年")
_YEARS = re.compile(r"\d{4}年?度?[-—–－~～至到]+\d{4}年")
_MONTHS = re.compile(r"(?:(?<!\d)\d{1,2}月?(?:份)?[-—–－~～至到])(\d{1,2})月")
_UNTIL = re.compile(r"截[至止]到?(?:\d{4}年)?(\d{1,2})月(?:底|末|份)?(?!\d{1,2}日)")
_QUARTER = re.compile(r"(?:前|第)([一二三四两1-4])个?季度|([一二三四1-4])季度")
_NUMBERS = {**{c: n for n, c in enumerate("一二三四", 1)}, "两": 2, **{str(n): n for n in range(1, 5)}}
_NOTE = re.compile(r"^(?:注|备注|说明|填表说明|填报说明|注意|附注)\s*[:：\d.、]")
_FILLED_BY = re.compile(r"填报|填表|联系|电话|签[字章]|审核|负责人|制表|盖章|公章|日期|时间")


@dataclass(frozen=True, slots=True)
class Segment:
    """一行里的一小段：标签认出来是什么（不认识的空）、标签、内容；没有冒号的，标签空着。"""

    name: str
    label: str
    text: str


def segments(text: str) -> Iterator[Segment]:
    """“2024年1-7月　　单位：万元” → 两段。"""
    bare = text.strip()
    if bare[:1] in "（(" and bare[-1:] in "）)" and bare.count("（") + bare.count("(") == 1:
        bare = bare[1:-1]
    for piece in _SEGMENTS.split(_MANY.sub("\u3000", bare)):
        if not piece.strip():
            continue
        pair = _PAIR.match(piece)
        if pair:
            yield Segment(label_of(pair[1]), pair[1].strip(), pair[2].strip())
        else:
            yield Segment("", "", piece.strip())


def all_labelled(text: str) -> list[Segment]:
    """整行都是“标签：内容”的各段；有一段不是，就是空的。"""
    found = list(segments(text))
    return found if found and all(s.label and s.name for s in found) else []


@dataclass(frozen=True, slots=True)
class PrintedPeriod:
    """一行标题说的年度和截至哪个月；没有说的是 0。"""

    year: int = 0
    month: int = 0


def period_in(text: str) -> PrintedPeriod:
    """标题、表头里的年度和月份；填报日期之类不算。

    >>> period_in("（2024年度1-8月）"), period_in("2025年度执行监控表（上半年）"), period_in("1—7月 执行情况")
    (PrintedPeriod(year=2024, month=8), PrintedPeriod(year=2025, month=6), PrintedPeriod(year=0, month=7))
    """
    flat = compact(text)
    year = None if _YEARS.search(flat) else _YEAR.search(flat)
    month = 0
    if (match := _MONTHS.search(flat)) or (match := _UNTIL.search(flat)):
        month = int(match[1])
    elif "上半年" in flat or "半年度" in flat:
        month = 6
    elif match := _QUARTER.search(flat):
        month = 3 * _NUMBERS[match[1] or match[2]]
    value = int(year[1]) if year and 2000 <= int(year[1]) <= 2099 else 0
    return PrintedPeriod(value, month if 1 <= month <= 12 else 0)


_PRINTED = tuple(label_text(note) for note in NOTES)


def is_note(text: str) -> bool:
    """“注：……”，或官方表上印好的填表说明。"""
    flat = label_text(text)
    return (
        bool(_NOTE.match(flat))
        or any(note in flat for note in _PRINTED)
        or bool(re.match(r"^\d[.、].{12,}", flat))
    )


def is_signature(text: str) -> bool:
    """填表人、电话、日期一类的行。"""
    return len(text) <= 120 and bool(re.search(r"[:：]", text)) and bool(_FILLED_BY.search(text))


def is_title(text: str) -> bool:
    """表名、年度、期间、单位：读过了，不用列出。"""
    flat = label_text(text)
    return bool(
        re.search(
            r"(?:监控|自评|评价|申报|绩效目标|绩效|导出)[^，。]{0,14}(?:表|清单|导出|情况)(?:[（(].*[)）]|\d{4}年?度?)?$",
            flat,
        )
        or re.fullmatch(
            r"[（(]?\d{4}年?度?(?:(?:第?[一二三四1-4]-?[一二三四1-4]?季度|上半年|半年度?)|(?:\d{1,2}月?[-—–－~～至])?\d{1,2}月份?)?[）)]?",
            flat,
        )
        or re.fullmatch(r"[（(]?(?:\d{1,2}月?[-—–－~～至])?\d{1,2}月份?[）)]?", flat)
        or (unit_of(flat) and len(flat) <= 12)
        or re.fullmatch(r"(?:附件|附表|公开|表)\s*\d*表?", flat)
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """“标题 | 内容”：认出来的、标题原样、内容、内容在第几列。"""

    name: str
    label: str
    text: str
    column: int


def pairs(cells: Sequence[tuple[int, str]]) -> list[Pair] | None:
    """一行“标题 | 内容 | 标题 | 内容”；头一个标题不认识的，不是这样的行，返回 None。

    cells：这一行自己的各格（列、文字）。标题后面空着的，内容是空的。
    """
    found: list[Pair] = []
    index = 0
    filled = [(c, t) for c, t in cells]
    while index < len(filled):
        column, text = filled[index]
        if not text:
            index += 1
            continue
        name = label_of(text)
        if not name:
            inline = all_labelled(text)
            if inline:
                found += [Pair(s.name, s.label, s.text, column) for s in inline]
                index += 1
                continue
            if not found:
                return None
            after = filled[index + 1] if index + 1 < len(filled) else (0, "")
            if len(text) <= 14 and _AMOUNT.match(label_text(after[1])):  # 预算总额 | 32万元
                found.append(Pair("", text, after[1], after[0]))
                index += 2
                continue
            found.append(Pair("", "", text, column))
            index += 1
            continue
        after = filled[index + 1] if index + 1 < len(filled) else (column + 1, "")
        if after[1] and label_of(after[1]) and not _is_content(name, after[1]):
            found.append(Pair(name, text, "", after[0]))
            index += 1
            continue
        found.append(Pair(name, text, after[1], after[0]))
        index += 2
    return found or None


def _is_content(name: str, text: str) -> bool:
    """标签旁边恰好也像标签的内容：项目名称“……建设内容”不会这样短。"""
    return name in ("problems", "measures", "conclusion") and len(label_key(text)) > 8


__all__ = [
    "Pair",
    "PrintedPeriod",
    "Segment",
    "all_labelled",
    "is_note",
    "is_signature",
    "is_title",
    "pairs",
    "period_in",
    "segments",
    "unit_of",
]
