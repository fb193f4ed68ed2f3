"""What follows the sentence of an indicator: cause and measure as the person wrote them, the outlook, the last period."""

from __future__ import annotations

import re
from decimal import Decimal

from perfmon_xl.domain.amount import half_up
from perfmon_xl.domain.explaining import LIKELIHOODS, causes, likelihood
from perfmon_xl.domain.target import Kind, scale
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.report.wording.indicator_states import DraftState, Shape
from perfmon_xl.report.wording.indicator_words import counts_events
from perfmon_xl.report.wording.material import DraftIndicator, Material
from perfmon_xl.report.wording.numbers import difference, in_unit_of

_LEADING = re.compile(r"^(?:主要)?(?:原因是|原因为|原因：|是因为|因为|由于|因)(?=.)")
_DONE = re.compile(r"^(?:现|目前|均|都)?已(?:经)?")
_STILL = re.compile(r"(?:月|日|年)[底末]?(?:之)?前|拟|将(?!近)|下一?步|计划|争取|力争")
_WHAT = {
    DraftState.EXCEEDED: "超出",
    DraftState.BEHIND: "滞后",
    DraftState.FAR_BEHIND: "滞后",
    DraftState.NOT_STARTED: "没有开始",
    DraftState.PARTLY: "没有全部实现",
}
_WHAT_BY_SHAPE = {
    Shape.CAP: "超出",
    Shape.COST: "超出",
    Shape.DATE: "推迟",
    Shape.ZERO: "发生",
    Shape.YES_NO: "没有做到",
}


def plain_reason(text: str) -> str:
    """填的原因，去掉“原因是”的话头和末尾的标点。

    >>> plain_reason("主要原因是汛期停工。"), plain_reason("因场地未落实")
    ('汛期停工', '场地未落实')
    """
    return _LEADING.sub("", text.strip()).strip().rstrip("。；;，, ")


def plain_measure(text: str) -> str:
    """填的措施，去掉末尾的标点；几句连成一句。"""
    return text.strip().rstrip("。；;，, ").replace("\n", "，")


def already_done(measure: str) -> bool:
    """措施写的是已经做了的事：“已加装扶手”，不能再建议去做。

    >>> already_done("已加装扶手和防滑垫"), already_done("11月底前加装扶手")
    (True, False)
    """
    return bool(_DONE.match(measure.strip())) and not _STILL.search(measure)


def named_causes(cause: str) -> str:
    """偏差原因的类别；“其他”不写，认不得的照填写。"""
    known, unknown = causes(cause)
    return "、".join(word for word in (*known, *unknown) if word not in ("其他", "其它"))


def what_happened(one: DraftIndicator) -> str:
    """要人说明的是什么：滞后、超出、推迟、未达标……"""
    annual = one.record.annual
    if one.shape is Shape.ZERO and not counts_events(one.name, annual.unit):
        return "没有做到"
    return _WHAT.get(one.state) or _WHAT_BY_SHAPE.get(one.shape) or "未达标"


def tail(material: Material, one: DraftIndicator, told: dict[str, str]) -> str:
    """原因和措施；told 是前面的指标说过的原因（原因 → 指标名称），说过的不再抄。"""
    record, mark = one.record, material.mark
    reason, measure = plain_reason(record.reason), plain_measure(record.measure)
    category = named_causes(record.cause)
    values = {
        "类别": mark(category, one.ref.at("cause", "类别")),
        "原因": mark(reason, one.ref.at("reason", "原因")),
        "措施": mark(measure, one.ref.at("measure", "措施")),
        "什么": what_happened(one),
    }
    if reason:
        before = remember_cause(one, told)
        if before != one.name:
            return _say(material, one, "同前", {**values, "同名": before})
        if measure:
            return _say(material, one, "原因和措施", values)
        return _say(material, one, "原因不用措施" if one.state is DraftState.EXCEEDED else "只有原因", values)
    if one.state is DraftState.EXCEEDED:
        return _say(material, one, "不用说", values)
    return _say(material, one, "只有措施" if measure else "都没有", values)


def remember_cause(one: DraftIndicator, told: dict[str, str]) -> str:
    """这个原因是哪个指标先说的，自己先说的记下；没有写原因的是空。"""
    reason = plain_reason(one.record.reason)
    return told.setdefault(name_key(reason), one.name) if reason else ""


def _say(material: Material, one: DraftIndicator, key: str, values: dict[str, str]) -> str:
    return material.speaker.say(f"尾.{key}", values, one.record.name)


def outlook(material: Material, one: DraftIndicator) -> str:
    """单位填的全年预计；没有填的、全年目标已经完成的不说。"""
    record = one.record
    forecast, annual = record.forecast, record.annual
    if material.whole_year or forecast.kind is not Kind.NUMBER or annual.kind is not Kind.NUMBER:
        return ""
    size = _minus(forecast.base(), annual.base())
    if size is None or (one.shape in (Shape.COUNT, Shape.EQUAL) and (one.figures.completion or 0) >= 1):
        return ""
    said = likelihood(record.likelihood)
    capped = one.shape in (Shape.RATE, Shape.LEVEL, Shape.CAP, Shape.COST)
    if one.shape is Shape.ZERO or (capped and one.state is DraftState.REACHED and said == LIKELIHOODS[0]):
        return ""  # reached already, and it will be
    gap = difference(half_up(size / scale(annual.unit), 4), annual.unit)
    values = {
        "预计": material.mark(in_unit_of(forecast, annual), one.ref.at("forecast", "数")),
        "差": material.mark(gap, one.ref.at("gap", "forecast")),
    }
    group = {Shape.COUNT: "展望", Shape.EQUAL: "展望", Shape.RATE: "比率展望", Shape.LEVEL: "比率展望"}.get(
        one.shape, "上限展望"
    )
    how = "只说预计" if one.shape is Shape.RANGE else _outlook_key(said, _short(one) is True)
    return material.speaker.say(f"{group}.{how}", values, one.record.name)


def never(one: DraftIndicator) -> bool:
    """单位说完不成：填了“完全不可能”，预计数也没有到目标；预计数到了目标的自相矛盾，不照说。"""
    return likelihood(one.record.likelihood) == LIKELIHOODS[2] and _short(one) is not False


def forecast_gap_told(one: DraftIndicator) -> tuple[str, str] | None:
    """数量的全年预计和比目标少多少，带单位；不是数量的、没有填的、不少的没有。"""
    size = _minus(one.record.forecast.base(), one.record.annual.base())
    if one.shape not in (Shape.COUNT, Shape.EQUAL) or size is None or size >= 0:
        return None
    gap = difference(half_up(size / scale(one.record.annual.unit), 4), one.record.annual.unit)
    return in_unit_of(one.record.forecast, one.record.annual), gap


def perhaps(one: DraftIndicator) -> bool:
    """单位说有可能完成：填了“有可能”，预计数也没有差着目标。"""
    return likelihood(one.record.likelihood) == LIKELIHOODS[1] and _short(one) is not True


def _short(one: DraftIndicator) -> bool | None:
    """预计数差着目标；没有填、不好比的是 None。"""
    forecast, annual = one.record.forecast, one.record.annual
    if forecast.kind is not Kind.NUMBER or annual.kind is not Kind.NUMBER:
        return None
    size = _minus(forecast.base(), annual.base())
    if size is None:
        return None
    return size > 0 if one.shape in (Shape.CAP, Shape.COST) else size < 0


def _outlook_key(said: str, short: bool) -> str:
    """可能性和预计数说的是一回事，才照可能性说；不是的，只说预计数。"""
    if said == LIKELIHOODS[2] and short:
        return "不可能"
    if said == LIKELIHOODS[0] and not short:
        return "确定能"
    if said == LIKELIHOODS[1] and not short:
        return "有可能"
    return "少于目标" if short else "只说预计"


def _minus(one: tuple[Decimal, str] | None, other: tuple[Decimal, str] | None) -> Decimal | None:
    if one is None or other is None or one[1] != other[1]:
        return None
    return one[0] - other[0]


def since_last(material: Material, one: DraftIndicator) -> str:
    """与上期比；只说逐月累加的数。"""
    record = one.record
    if one.shape not in (Shape.COUNT, Shape.EQUAL) or record.previous.kind is not Kind.NUMBER:
        return ""
    size = _minus(record.actual.base(), record.previous.base())
    if size is None:
        return ""
    gap = difference(half_up(size / scale(record.actual.unit), 4), record.actual.unit)
    values = {"差": material.mark(gap, one.ref.at("gap", "previous"))}
    key = "没有进展" if size == 0 else "增加" if size > 0 else "减少"
    return material.speaker.say(f"上期.{key}", values, one.record.name)
