"""Printed figures of an indicator table that the workbook does not store: weights, scores, rates, their sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, plain
from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.origin import ReportPlace
from perfmon_xl.domain.target import Comparator, Kind, TargetValue, read_target
from perfmon_xl.domain.text_keys import label_text

_NUMBER = re.compile(r"^(-?\d+(?:\.\d+)?)分?$")
_GRADES = (("优", Decimal(90)), ("良", Decimal(80)), ("中", Decimal(60)), ("差", Decimal(0)))
GRADE = re.compile(
    r"(?:等级|等次|评为|结论|评级)[为是：:]?[“\"]?(优秀?|良好?|中等?|差)[”\"]?(?![\u4e00-\u9fff])|^(优秀?|良好?|中等?|差)$"
)
_SCORED = re.compile(
    r"得分[为：:]?(\d{1,3}(?:\.\d+)?)分?|(?:评分|自评|总分|综合)[^，。；]{0,6}?(\d{1,3}(?:\.\d+)?)分"
)
_HUNDRED = Decimal(100)
_EXECUTION = Decimal(10)  # points that self-evaluations give to the execution of the budget
_WEIGHTS = (Decimal(90), _HUNDRED)


@dataclass(slots=True)
class PrintedRow:
    """一个指标印着的分值、得分、完成率，和用来核对的目标、实际、原因。"""

    where: ReportPlace
    name: str
    level1: str
    level2: str
    target: TargetValue
    stage: TargetValue
    actual: TargetValue
    explained: bool
    weight: Decimal | None
    score: Decimal | None
    rate: str = ""


@dataclass(slots=True)
class PrintedTable:
    """一张指标表的印着的数；total 是总分一行，fund 是预算执行率那一行的分值和得分，points 是写在级别名称里的分值。"""

    rows: list[PrintedRow] = field(default_factory=list)
    totals: list[tuple[ReportPlace, Decimal | None, Decimal | None, str]] = field(default_factory=list)
    fund: tuple[Decimal | None, Decimal | None] = (None, None)
    points: dict[str, tuple[str, ReportPlace]] = field(default_factory=dict)  # level → points, where
    label: str = "得分"
    rate_label: str = "完成率"


def number(text: str) -> Decimal | None:
    """分值、得分一格里的数；不是数的没有。"""
    match = _NUMBER.match(label_text(text).replace(",", ""))
    return Decimal(match[1]) if match else None


def misfits(table: PrintedTable) -> Iterator[Misfit]:
    """对不上的各处。"""
    yield from _weights(table)
    yield from _points(table)
    for row in table.rows:
        yield from _score(row, table.label)
        yield from rate_misfit(row, table.rate_label)
    yield from _totals(table)


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [v for v in values if v is not None]
    return sum(known, Decimal(0)) if known else None


def _weights(table: PrintedTable) -> Iterator[Misfit]:
    whole = _sum([r.weight for r in table.rows])
    if whole is None or len([r for r in table.rows if r.weight is not None]) < 2:
        return
    fund = table.fund[0]
    printed = next(((at, w) for at, w, _, _ in table.totals if w is not None), None)
    with_fund = whole + (fund or 0)
    told = f"指标分值相加是 {plain(whole)}" + (
        f"，加上预算执行率 {plain(fund)} 是 {plain(with_fund)}" if fund else ""
    )
    scored = table.fund[1] is not None and fund is None
    execution = scored and printed is not None and printed[1] == whole + _EXECUTION
    if printed is not None and printed[1] not in (whole, with_fund) and not execution:
        should = f"，应为 {plain(_HUNDRED - fund)}" if fund and printed[1] == _HUNDRED else ""
        yield Misfit(
            printed[0], "分值", f"{told}，与印的合计 {plain(printed[1])} 不符{should}。",
            "核对各个指标的分值和合计。", {"相加": plain(with_fund), "印的": plain(printed[1])},
        )  # fmt: skip
    elif printed is None and whole not in _WEIGHTS and with_fund not in _WEIGHTS:
        yield Misfit(
            table.rows[0].where, "权重", f"{told}，不是 90 也不是 100。",
            "核对各个指标的权重：不含预算执行率的合计 90，含的合计 100。", {"相加": plain(whole)},
        )  # fmt: skip


def _points(table: PrintedTable) -> Iterator[Misfit]:
    for level, (text, where) in table.points.items():
        below = [r.weight for r in table.rows if level in (r.level1, r.level2) and r.weight is not None]
        whole = _sum(below)
        said = Decimal(text)
        if whole is not None and whole != said:
            terms = "+".join(plain(w) for w in below)
            yield Misfit(
                where, "分值", f"“{level}”标的是 {text}分，下面各指标的分值 {terms}={plain(whole)}分，对不上。",
                "核对级别名称里的分值和各个指标的分值。", {"标的": text, "相加": plain(whole)},
            )  # fmt: skip


def _score(row: PrintedRow, label: str) -> Iterator[Misfit]:
    if row.score is None or row.weight is None:
        return
    if row.score > row.weight:
        yield Misfit(
            row.where, label, f"“{row.name}”的{label} {plain(row.score)} 超过了分值 {plain(row.weight)}，不对。",
            "核对得分和分值。", {"得分": plain(row.score), "分值": plain(row.weight)},
        )  # fmt: skip
        return
    wanted, how = _by_formula(row)
    if wanted is None or row.score <= wanted + Decimal("0.05"):
        return
    reason = "" if row.explained else "，也没有写原因"
    right = f"，按完成比例是 {how}={plain(half_up(wanted, 2))}分" if how else ""
    yield Misfit(
        row.where, label,
        f"“{row.name}”目标“{row.target.raw}”、实际“{row.actual.raw}”，没有达到{right}，{label}填的是 {plain(row.score)}分{reason}，对不上。",
        "没有达到目标的，按完成比例或评分办法扣分，并写明原因。",
        {"填的": plain(row.score), "算出的": plain(half_up(wanted, 2))},
    )  # fmt: skip


def _by_formula(row: PrintedRow) -> tuple[Decimal | None, str]:
    """没有达到目标的应得多少分：按完成比例；晚了的、说不出比例的只知道不满分。"""
    target, actual, weight = row.target, row.actual, row.weight
    assert weight is not None
    if target.kind is Kind.DATE and actual.kind is Kind.DATE:
        late = _later(actual, target)
        return (weight - Decimal("0.1") if late else None), ""
    if target.kind is not Kind.NUMBER or actual.kind is not Kind.NUMBER or actual.comparator.value:
        return None, ""
    if not actual.unit and target.unit:
        actual = read_target(actual.raw + target.unit)
    a, t = actual.base(), target.base()
    if a is None or t is None or a[1] != t[1] or t[0] <= 0:
        return None, ""
    if target.comparator in (Comparator.AT_MOST, Comparator.LESS):
        if a[0] <= t[0]:
            return None, ""
        return max(Decimal(0), (1 - (a[0] - t[0]) / t[0]) * weight), ""
    if target.comparator is Comparator.UNSTATED and re.search(
        r"成本|费用|标准|单价|时限|时间", row.level2 + row.name
    ):
        return None, ""
    if a[0] >= t[0]:
        return None, ""
    return a[0] / t[0] * weight, f"{plain(a[0])}÷{plain(t[0])}×{plain(weight)}"


def _later(actual: TargetValue, target: TargetValue) -> bool:
    """实际的日期晚于目标；只比写全了的年月日、年月。"""
    first, second = (_day(v.raw) for v in (actual, target))
    return first is not None and second is not None and first > second


def _day(text: str) -> tuple[int, int, int] | None:
    match = re.search(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?", label_text(text))
    if match is None:
        return None
    return int(match[1]), int(match[2]), int(match[3] or 31)


def rate_misfit(row: PrintedRow, label: str) -> Iterator[Misfit]:
    """印着的完成率，与实际÷目标。"""
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)[%％]", label_text(row.rate))
    if match is None or "偏" in label or row.actual.kind is not Kind.NUMBER:
        return
    printed, step = Decimal(match[1]), Decimal(1).scaleb(-len(match[1].partition(".")[2]))
    right: list[Decimal] = []
    a = (read_target(row.actual.raw + row.target.unit) if not row.actual.unit else row.actual).base()
    for aim in (row.target, row.stage):
        t = aim.base() if aim.kind is Kind.NUMBER else None
        if a is not None and t is not None and a[1] == t[1] and t[0]:
            right.append(a[0] / t[0] * 100)
            if aim.comparator in (Comparator.AT_MOST, Comparator.LESS) and a[0]:
                right += [t[0] / a[0] * 100, (2 - a[0] / t[0]) * 100]
    if (
        not right
        or any(abs(r - printed) <= step for r in right)
        or (printed == _HUNDRED and max(right) >= _HUNDRED)
    ):
        return
    yield Misfit(
        row.where, label,
        f"“{row.name}”的{label}印的是 {row.rate}，实际“{row.actual.raw}”÷目标“{row.target.raw}”是 {plain(half_up(right[0], 2))}%，对不上。",
        "核对实际完成值和完成率。", {"印的": row.rate, "算出的": f"{plain(half_up(right[0], 2))}%"},
    )  # fmt: skip


def _totals(table: PrintedTable) -> Iterator[Misfit]:
    whole = _sum([r.score for r in table.rows])
    for where, weight, score, grade in table.totals:
        if whole is not None and score is not None:
            fund = table.fund[1]
            with_fund = whole + (fund or 0)
            weights = _sum([r.weight for r in table.rows])
            missing = (weight - weights) if fund is None and weight and weights is not None else Decimal(0)
            if score not in (whole, with_fund) and not (missing > 0 and whole <= score <= whole + missing):
                told = f"{plain(whole)}" + (
                    f"，加上预算执行率的 {plain(fund)} 是 {plain(with_fund)}" if fund else ""
                )
                yield Misfit(
                    where, table.label, f"各指标{table.label}相加是 {told}，与印的合计 {plain(score)} 不符。",
                    "核对各行得分和合计。", {"相加": plain(with_fund), "印的": plain(score)},
                )  # fmt: skip
        if score is not None and score > (weight or _HUNDRED):
            yield Misfit(
                where, table.label, f"{table.label}合计 {plain(score)} 超过了总分 {plain(weight or _HUNDRED)}，不对。",
                "核对各行得分和合计。", {"得分": plain(score), "总分": plain(weight or _HUNDRED)},
            )  # fmt: skip
        yield from grade_misfit(where, score, grade)


def grade_misfit(where: ReportPlace, score: Decimal | None, text: str) -> Iterator[Misfit]:
    """“99.25分，等级为良”：等级与得分。"""
    match = GRADE.search(label_text(text))
    if match is None or score is None or not 0 <= score <= 110:
        return
    word = (match[1] or match[2])[0]
    right = next(g for g, least in _GRADES if score >= least)
    if word != right:
        yield Misfit(
            where, "等级", f"得分 {plain(score)}分 应为“{right}”，写的是“{word}”，不一致。",
            "90分以上优，80至90分良，60至80分中，60分以下差。", {"得分": plain(score), "写的": word, "应为": right},
        )  # fmt: skip


def graded_sentence(where: ReportPlace, text: str) -> Iterator[Misfit]:
    """一句话里的得分和等级。"""
    for sentence in re.split(r"[。；\n]", text):
        plain_text = label_text(sentence)
        scored = _SCORED.search(plain_text)
        if scored:
            yield from grade_misfit(where, Decimal(scored[1] or scored[2]), plain_text)
