"""What the paragraph of an indicator says about it: the numbers in the indicator's own unit."""

from __future__ import annotations

from collections.abc import Iterable

from perfmon_xl.domain.prose import Mention, MentionRole, breakdowns, mentions, pieces
from perfmon_xl.domain.target import TargetValue, base_unit, normalise
from perfmon_xl.rules.facts import Facts, once_per_project


def mentions_of(text: str, value: TargetValue, roles: Iterable[MentionRole]) -> tuple[Mention, ...]:
    """一段文字里与 value 同单位、身份是 roles 之一的数；“其中”的各部分不算。"""
    unit = base_unit(value.unit)
    parts = {p.start for b in breakdowns(text) for p in b.parts}
    wanted = set(roles)
    return tuple(
        m
        for m in mentions(text, [unit])
        if m.unit == unit and m.start not in parts and m.role in wanted and unit
    )


def results(text: str, value: TargetValue) -> tuple[Mention, ...]:
    """写成实际结果的数；一个也没有标明身份的，看不标身份的。"""
    return mentions_of(text, value, [MentionRole.ACTUAL]) or mentions_of(text, value, [MentionRole.UNKNOWN])


def about(mention: Mention, name: str) -> bool:
    """这个数讲的是不是这个指标：百分数看它前面的分句，别的看整句，有两个字以上与名称相同。"""
    words = mention.clause if mention.unit == "%" else mention.sentence
    return bool(pieces(words) & pieces(name))


def spellings(values: Iterable[TargetValue]) -> str:
    """几个值的写法，写法只差全角半角的算一个。"""
    return "、".join({normalise(v.raw): v.raw.strip() for v in values if v.raw.strip()}.values())


@once_per_project
def _names_with_digits(facts: Facts) -> tuple[str, ...]:
    """以数字结尾的资金来源、支出内容的名称，长的在前。"""
    monitoring = facts.monitoring
    names = [f.source.strip() for f in monitoring.funding] + [s.item.strip() for s in monitoring.spending]
    return tuple(sorted((n for n in names if n[-1:].isdigit()), key=len, reverse=True))


def without_names(text: str, facts: Facts) -> str:
    """资金来源、支出内容的名称以数字结尾的，先遮住：“补助资金3”后面跟着金额，会连成一个数。"""
    for name in _names_with_digits(facts):
        if name in text:
            text = text.replace(name, name.rstrip("0123456789") + " ")
    return text
