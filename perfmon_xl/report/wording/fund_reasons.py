"""调整或执行偏差的原因 holds two kinds of reason: why the budget changed, and why spending is slow. Told apart here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording.grammar import words
from perfmon_xl.report.wording.indicator_endings import plain_reason
from perfmon_xl.report.wording.material import Material

_SPLIT = re.compile(r"[；;。\n]+")
_AMOUNT = re.compile(r"(?:约)?(?<![\d,.])[\d,.]{1,24}(?:万元|亿元|元)$")
_RAISED = re.compile(r"^(?:\d{1,2}月(?:\d{1,2}日)?)?(?:追加|调增|增加|新增)(?:安排)?(?P<what>[^，,]+)$")
_CUT = re.compile(r"^(?P<what>[^，,]+?)(?:减少|核减|调减|压减)?$")


class About(StrEnum):
    """一句原因说的是什么。"""

    CHANGE = "预算调整"
    SLOW = "支出慢"


@dataclass(frozen=True, slots=True)
class Reason:
    """一句原因：说的是什么、去掉话头的文字、出自哪一格。"""

    about: About
    text: str
    ref: Ref


def reasons(material: Material, *, slow: bool) -> tuple[Reason, ...]:
    """各资金来源写的原因，拆成一句一句；看不出说什么的，预算变了而支出不慢的算调整，其余算支出慢。"""
    changed = material.funds.initial != material.funds.adjusted or any(
        f.adjusted is not None and f.adjusted != f.initial for f in material.monitoring.funding
    )
    found: list[Reason] = []
    for n, record in enumerate(material.monitoring.funding):
        for k, piece in enumerate(_SPLIT.split(record.reason), 1):
            text = plain_reason(piece)
            if text and all(one.text != text for one in found):
                about = _about(text, changed=changed, slow=slow)
                found.append(Reason(about, text, Ref("funding", n, "reason", f"第{k}句")))
    return tuple(found)


def _about(text: str, *, changed: bool, slow: bool) -> About:
    for about, key in ((About.CHANGE, "调整的词"), (About.SLOW, "支出慢的词")):
        if any(word in text for word in words()[key]) and (about is About.SLOW or changed):
            return about
    return About.CHANGE if changed and not slow else About.SLOW


def reasons_about(found: tuple[Reason, ...], about: About) -> tuple[Reason, ...]:
    return tuple(one for one in found if one.about is about)


def purpose(text: str) -> str:
    """追加的钱做什么用：“6月追加照度检测费40.4万元”说的是“照度检测费”；说不出的是空。

    >>> purpose("6月追加照度检测费40.4万元"), purpose("上级下达数增加")
    ('照度检测费', '')
    """
    found = _RAISED.match(_AMOUNT.sub("", text))
    return found["what"].removeprefix("用于") if found else ""


def without_amount(text: str) -> str:
    """去掉末尾的金额：前面已经说了差多少。

    >>> without_amount("上级下达数减少200万元")
    '上级下达数减少'
    """
    return _AMOUNT.sub("", text) or text
