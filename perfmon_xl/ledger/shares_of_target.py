"""Rates of a target, of two things counted in different units, and rates that only rounding lifts over the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import SCOPES, Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, comparable, in_unit_of
from perfmon_xl.ledger.shares import OTHER_BASE, RATE_NAME

_OF_TARGET = re.compile(
    rf"(?P<scope>{SCOPES}{{0,4}})(?:(?:目标|任务|计划)(?:任务|值|数|总数|总量)?(?P<b>{Q})?|(?<=完成全年)|(?<=完成年度))的(?:约|近)?(?P<r>{Q})"
)


def shares_of_target(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“完成18200平方米，为阶段目标24000平方米的75.83%”：实际除以目标应等于写的百分数。"""
    for match in _OF_TARGET.finditer(sentence.skeleton):
        n = ord(match["r"]) - 0xE000
        rate = sentence.quantities[n]
        if rate.unit != "%" or rate.about:
            continue
        if match["b"]:
            bases = [sentence.quantity(match["b"])]
        else:
            stage = re.search("阶段|本期|序时", match["scope"])
            annual = re.search("全年|年度|年初", match["scope"])
            meant = (
                (subject.stage,)
                if stage
                else (subject.annual,)
                if annual
                else (subject.annual, subject.stage)
            )
            bases = [b for b in meant if b is not None] or [
                q
                for q, role in zip(sentence.quantities[:n], sentence.roles, strict=False)
                if role in (Role.PLAN, Role.TARGET) and not q.about
            ]
        wrong, fits = None, False
        for base in bases:
            done = _numerator(sentence, subject, base, n)
            if done is None or not base.number:
                fits = True
                break
            right = done.number / base.number * 100
            slack = max(
                (rate.high - rate.low) / 2, Decimal("0.01"), (done.high - done.low) / 2 / base.number * 100
            )
            if abs(right - rate.number) <= slack or (right > 100 and rate.number == 100):
                fits = True
                break
            wrong = wrong or (done, base, right)
        if wrong is not None and not fits:
            done, base, right = wrong
            yield Breach(
                relation=Relation.SHARE,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{done.text}÷{base.text} = {in_unit_of(right, rate)}，写的是 {rate.text}",
                values={"写的": rate.plainly, "算出": in_unit_of(right, rate)},
            )


def _numerator(sentence: Sentence, subject: Subject, base: Quantity, n: int) -> Quantity | None:
    """除的是哪个实际数：同一句里前面最近的，没有的是这个指标的。"""
    actual = subject.actual
    told = [
        sentence.quantities[m]
        for m in range(n - 1, -1, -1)
        if comparable(sentence.quantities[m], base) and sentence.roles[m] is Role.ACTUAL
    ]
    if told:  # “42个分布在11个乡镇，完成全年任务的七成”: the indicator's own, if it is there
        return next((q for q in told if actual is not None and q.agrees(actual)), told[0])
    return actual if actual is not None and comparable(actual, base) and actual.unit != "%" else None


_TAKEN = re.compile("(?:使用|入住|利用|占用|就餐|上座|满员)率$")  # “床位60张，入住51人”
_TWO_KINDS = {
    "张",
    "床",
    "人",
    "户",
    "件",
    "份",
    "家",
    "个",
    "处",
    "座",
    "台",
    "套",
    "所",
    "次",
    "场次",
    "项",
    "批次",
    "条",
    "人次",
    "栋",
    "车",
    "辆",
    "宗",
    "起",
    "例",
}


def shares_of_two_kinds(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“46处文物建筑签订44份责任书，签订率100%”：两个数单位不同，率就是这个指标的，也由它们除出来。

    一句里率前面恰好两个数、单位不同，除出来与写的相差不到15个百分点，才说。
    """
    actual = subject.actual
    for n, rate in enumerate(sentence.quantities):
        if rate.unit != "%" or rate.about or sentence.roles[n] not in (Role.ACTUAL, Role.SHARE):
            continue
        name = RATE_NAME.search(sentence.before(n))
        counted = sentence.quantities[:n]
        own = actual is not None and actual.unit == "%" and rate.agrees(actual)
        if (
            name is None
            or not (own or (_TAKEN.search(name[1]) and {q.unit for q in counted} <= {"张", "床", "个", "人"}))
            or len(counted) != 2
            or counted[0].unit == counted[1].unit
            or any(q.unit not in _TWO_KINDS or q.per or q.about or not q.number for q in counted)
            or any(sentence.roles[m] not in (Role.ACTUAL, Role.PART) for m in range(n))
            or OTHER_BASE.search(sentence.before(n))
            or re.search("[\uf000-\uf7ff]|抽|其中", sentence.skeleton[: sentence.at[n]])
        ):
            continue
        part, whole = sorted(counted, key=lambda q: q.number)
        right = part.number / whole.number * 100
        half = max((rate.high - rate.low) / 2, Decimal("0.01"))
        if abs(right - rate.number) <= max(half, Decimal("0.5") if rate.high == rate.low else half):
            continue
        if abs(right - rate.number) < 15:
            yield Breach(
                relation=Relation.SHARE,
                quote=name[1] + rate.text,
                fact=f"{part.text}÷{whole.text} = {in_unit_of(right, rate)}，写的是 {rate.text}",
                values={"写的": rate.plainly, "算出": in_unit_of(right, rate)},
            )


def rounded_over(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“955÷1200，取证率约80%，达到80%的目标”：照实算是79.58%，四舍五入以后才达到。"""
    target = subject.annual if subject.stage is None else subject.stage
    if target is None or target.unit != "%" or subject.at_most is None:
        return
    for n, rate in enumerate(sentence.quantities):
        name = RATE_NAME.search(sentence.before(n).rstrip("约近"))
        if rate.unit != "%" or name is None or rate.number != target.number:
            continue
        counted = [
            q for q in sentence.quantities[:n] if q.unit not in ("", "%", "元") and not q.per and not q.about
        ]
        if len(counted) != 2 or counted[0].unit != counted[1].unit or not all(q.number for q in counted):
            continue
        part, whole = sorted(counted, key=lambda q: q.number)
        right = part.number / whole.number * 100
        short = right < target.number if not subject.at_most else right > target.number
        if short and abs(right - rate.number) <= 1:
            yield Breach(
                relation=Relation.SHARE,
                quote=name[1] + rate.text,
                fact=f"{part.text}÷{whole.text} = {in_unit_of(right, rate)}，没有达到 {target.text}，四舍五入以后才像达到",
                values={"写的": rate.plainly, "算出": in_unit_of(right, rate)},
            )
