"""调整或执行偏差的原因 holds several kinds of reason: why the budget changed, why money lacks, why spending is slow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording.account import third_person, told_apart
from perfmon_xl.report.wording.grammar import words
from perfmon_xl.report.wording.material import Material

_AMOUNT = re.compile(r"(?:约)?(?<![\d,.])[\d,.]{1,24}(?:万元|亿元|元)$")
_RAISED = re.compile(r"^(?:\d{1,2}月(?:\d{1,2}日)?)?(?:追加|调增|增加|新增)(?:安排)?(?P<what>[^，,]+)$")
_ARRIVAL = re.compile(r"到位|未下达|未拨|未到(?![货场期])|缴款|未缴|分[两二三]?批(?:下达|拨付)")
_LEADING_AMOUNT = re.compile(r"^[\d,.]{1,24}(?:万元|亿元|元)(?:的)?")
_MONEY_WORD = re.compile(r"(?:经费|费用|资金|费)$")
_BEFORE_BRACKET = re.compile(r"(?<=资金|经费)[\d,.]{1,24}(?:万元|亿元|元)(?=（)")
_AGAIN = re.compile(r"(?:追加|调增|增加|新增|核减|调减|压减|减少)[^，\d]{0,8}[\d,.]{1,24}(?:万元|亿元|元)$")


class About(StrEnum):
    """一句原因说的是什么。"""

    CHANGE = "预算调整"
    SLOW = "支出慢"
    ARRIVAL = "没有到位"
    DONE = "做了的"
    PLAN = "要做的"


@dataclass(frozen=True, slots=True)
class Reason:
    """一句原因：说的是什么、去掉话头的文字、出自哪一格。"""

    about: About
    text: str
    ref: Ref


def reasons(material: Material, *, slow: bool) -> tuple[Reason, ...]:
    """各资金来源写的，拆成一句一句：为什么调整、为什么没有到位、为什么支出慢；要做的、做了的另是一类。

    看不出说什么的，这一项的预算变了而支出不慢的算调整，其余算支出慢。
    """
    body = (material.monitoring.project.unit_short or material.monitoring.project.unit).strip()
    found: list[Reason] = []
    for n, record in enumerate(material.monitoring.funding):
        changed = record.adjusted is not None and record.adjusted != record.initial
        short = bool(record.budget and record.arrived and record.arrived.yuan < record.budget.yuan)
        for k, (kind, piece) in enumerate(told_apart(record.reason), 1):
            text = third_person(piece, body).strip("。；;，, ")
            if text and all(reason.text != text for reason in found):
                about = (
                    _about(text, changed=changed, slow=slow, short=short)
                    if kind == "cause"
                    else About.DONE
                    if kind == "done"
                    else About.PLAN
                )
                found.append(Reason(about, text, Ref("funding", n, "reason", f"第{k}句")))
    return tuple(found)


def _about(text: str, *, changed: bool, slow: bool, short: bool) -> About:
    if changed and any(word in text for word in words()["调整的词"]):
        return About.CHANGE
    if short and _ARRIVAL.search(text):
        return About.ARRIVAL
    if any(word in text for word in words()["支出慢的词"]):
        return About.SLOW
    return About.CHANGE if changed and not slow else About.SLOW


def reasons_about(found: tuple[Reason, ...], about: About) -> tuple[Reason, ...]:
    return tuple(reason for reason in found if reason.about is about)


def purpose(text: str) -> str:
    """追加的钱做什么用：“6月追加照度检测费40.4万元”说的是“照度检测”；说不出的是空。

    >>> purpose("6月追加照度检测费40.4万元"), purpose("追加200万元用于加装电梯"), purpose("上级下达数增加")
    ('照度检测', '加装电梯', '')
    """
    match = _RAISED.match(_AMOUNT.sub("", text))
    if match is None:
        return ""
    what = _LEADING_AMOUNT.sub("", match["what"]).removeprefix("资金").removeprefix("用于").removeprefix("为")
    short = _MONEY_WORD.sub("", what)
    return "" if _LEADING_AMOUNT.search(what) else short if len(short) > 1 else what


def without_amount(text: str) -> str:
    """去掉再说一遍差多少的：前面已经说了；只剩下“核减”的分句也不要。

    >>> without_amount("上级下达数减少200万元"), without_amount("压减一般性支出，核减40万元")
    ('上级下达数减少', '压减一般性支出')
    """
    clauses = text.split("，")
    kept = [c for c in clauses if len(clauses) == 1 or not _AGAIN.search(c)] or clauses
    return "，".join(_BEFORE_BRACKET.sub("", _AMOUNT.sub("", c)) for c in kept) or text
