"""What follows the sentence of an indicator: cause and measure as the person wrote them, the outlook, the last period."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import half_up
from perfmon_xl.domain.explaining import LIKELIHOODS, causes, likelihood
from perfmon_xl.domain.target import Kind, scale
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.report.wording.account import Account, SentenceMaker, as_task, with_marks
from perfmon_xl.report.wording.grammar import words
from perfmon_xl.report.wording.indicator_states import DraftState, Shape
from perfmon_xl.report.wording.indicator_words import counts_events, is_counted
from perfmon_xl.report.wording.material import DraftIndicator, Material
from perfmon_xl.report.wording.naming import pieces_shared, quoted
from perfmon_xl.report.wording.numbers import difference, in_unit_of, value_as_typed

_PLAN = "措施："
_HAS_LEAD = ("已", "现已", "目前", "下一步", "预计")
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


def named_causes(cause: str) -> str:
    """偏差原因的类别；“其他”不写，认不得的照填写。"""
    known, unknown = causes(cause)
    return "、".join(word for word in (*known, *unknown) if word not in ("其他", "其它"))


def what_happened(indicator: DraftIndicator) -> str:
    """要人说明的是什么：滞后、超出、推迟、未达标……"""
    annual = indicator.record.annual
    if indicator.shape is Shape.ZERO and not counts_events(indicator.name, annual.unit):
        return "没有做到"
    return _WHAT.get(indicator.state) or _WHAT_BY_SHAPE.get(indicator.shape) or "未达标"


def tail(material: Material, indicator: DraftIndicator, told: dict[str, str]) -> str:
    """原因和措施；told 是前面的指标说过的（原因、措施 → 指标名称），说过的不再抄。"""
    account, say = indicator.account, material.marking(indicator)
    values = {
        "类别": material.mark(named_causes(indicator.record.cause), indicator.ref.at("cause", "类别")),
        "原因": with_marks(account.causes, say, numbered=True),
        "已做": now_told(with_marks(account.done, say), account.past),
        "措施": next_told(account, say),
        "预期": with_marks(account.expected, say),
        "什么": what_happened(indicator),
    }
    acted = bool(account.planned or account.done)
    if indicator.cause:
        if told.get(_PLAN + name_key(indicator.plan)):
            values["措施"] = ""  # told already, with the cause that is the same
        before = remember_cause(indicator, told)
        if before != indicator.name:
            return _say(material, indicator, "同前", {**values, "同名": before})
        if acted or indicator.state is DraftState.EXCEEDED:
            return _say(material, indicator, "原因和措施", values)
        return _say(material, indicator, "只有原因", values)
    if indicator.state is DraftState.EXCEEDED:
        return _say(material, indicator, "不用说", values)
    return _say(material, indicator, "只有措施" if acted else "都没有", values)


def now_told(text: str, plain: str) -> str:
    """做了的：“目前已约谈厂家”。"""
    return text if not text or plain.startswith(("目前", "现")) else f"目前{text}"


def next_told(account: Account, say: SentenceMaker) -> str:
    """要做的：“下一步，9月底前增派班组”；写着“已”的照写。"""
    first = account.planned[0].text if account.planned else ""
    if not first or first.startswith(_HAS_LEAD):
        return with_marks(account.planned, say)
    return "下一步，" + with_marks([one._replace(text=as_task(one.text)) for one in account.planned], say)


def remember_cause(indicator: DraftIndicator, told: dict[str, str]) -> str:
    """这个原因是哪个指标先说的，自己先说的记下（要做的也记下）；没有写原因的是空。"""
    if not indicator.cause:
        return ""
    if indicator.plan:
        told.setdefault(_PLAN + name_key(indicator.plan), indicator.name)
    return told.setdefault(name_key(indicator.cause), indicator.name)


def _say(material: Material, indicator: DraftIndicator, key: str, values: dict[str, str]) -> str:
    return material.speaker.say(f"尾.{key}", values, indicator.record.name)


def outlook(material: Material, indicator: DraftIndicator) -> str:
    """单位填的全年预计；没有填的、全年目标已经完成的不说。"""
    record = indicator.record
    forecast, annual = record.forecast, record.annual
    if material.whole_year or forecast.kind is not Kind.NUMBER or annual.kind is not Kind.NUMBER:
        return ""
    size = _minus(forecast.base(), annual.base())
    if size is None or (
        indicator.shape in (Shape.COUNT, Shape.EQUAL) and (indicator.figures.completion or 0) >= 1
    ):
        return ""
    said = likelihood(record.likelihood)
    capped = indicator.shape in (Shape.RATE, Shape.LEVEL, Shape.CAP, Shape.COST)
    if indicator.shape is Shape.ZERO or (
        capped and indicator.state is DraftState.REACHED and said == LIKELIHOODS[0]
    ):
        return ""  # reached already, and it will be
    gap = difference(half_up(size / scale(annual.unit), 4), annual.unit)
    values = {
        "预计": material.mark(in_unit_of(forecast, annual), indicator.ref.at("forecast", "数")),
        "差": material.mark(gap, indicator.ref.at("gap", "forecast")),
        "少": "少" if is_counted(annual.unit) else "低",
    }
    group = {Shape.COUNT: "展望", Shape.EQUAL: "展望", Shape.RATE: "比率展望", Shape.LEVEL: "比率展望"}.get(
        indicator.shape, "上限展望"
    )
    how = "只说预计" if indicator.shape is Shape.RANGE else _outlook_key(said, _short(indicator) is True)
    return material.speaker.say(f"{group}.{how}", values, indicator.record.name)


def never(indicator: DraftIndicator) -> bool:
    """单位说完不成：填了“完全不可能”，预计数也没有到目标；预计数到了目标的自相矛盾，不照说。"""
    return likelihood(indicator.record.likelihood) == LIKELIHOODS[2] and _short(indicator) is not False


def falls_short(indicator: DraftIndicator) -> bool:
    """单位自己的预计就没有到全年目标，或者说完成不了；已经完成了的不算。"""
    counted = indicator.shape in (Shape.COUNT, Shape.EQUAL)
    if counted and (indicator.figures.completion or 0) >= 1:
        return False
    return never(indicator) or _short(indicator) is True


def expected_to_miss(material: Material) -> tuple[DraftIndicator, ...]:
    """单位预计全年达不到目标的；一年过完了，没有预计。"""
    return (
        ()
        if material.whole_year
        else tuple(indicator for indicator in material.indicators if falls_short(indicator))
    )


def forecast_told(indicator: DraftIndicator) -> dict[str, str]:
    """全年预计和与目标差多少，带单位；没有差的是空。"""
    size = _minus(indicator.record.forecast.base(), indicator.record.annual.base())
    if size is None or _short(indicator) is not True:
        return {}
    capped = indicator.shape in (Shape.CAP, Shape.COST)
    unit = indicator.record.annual.unit
    return {
        "预计": in_unit_of(indicator.record.forecast, indicator.record.annual),
        "缺": difference(half_up(size / scale(unit), 4), unit),
        "怎样": "为" if capped or indicator.shape in (Shape.RATE, Shape.LEVEL) else "完成",
        "目标数": value_as_typed(indicator.record.annual),
        "比目标": "超过上限"
        if capped
        else f"比目标{'少' if indicator.shape in (Shape.COUNT, Shape.EQUAL) or is_counted(unit) else '低'}",
    }


def about_whom(plan: str, ones: Sequence[DraftIndicator], beside: str = "") -> str:
    """措施里看不出说的是哪个指标的，前面加上；beside 是旁边已经说了的话。"""
    known = "".join(one.name for one in ones) + beside
    if pieces_shared(plan, known, words()["泛泛的词"]):
        return plan
    return about([one.name for one in ones]) + plan


def about(names: Sequence[str]) -> str:
    """“针对“护岸长度”，”"""
    return f"针对{quoted(names)}，"


def perhaps(indicator: DraftIndicator) -> bool:
    """单位说有可能完成：填了“有可能”，预计数也没有差着目标。"""
    return likelihood(indicator.record.likelihood) == LIKELIHOODS[1] and _short(indicator) is not True


def _short(indicator: DraftIndicator) -> bool | None:
    """预计数差着目标；没有填、不好比的是 None。"""
    forecast, annual = indicator.record.forecast, indicator.record.annual
    if forecast.kind is not Kind.NUMBER or annual.kind is not Kind.NUMBER:
        return None
    size = _minus(forecast.base(), annual.base())
    if size is None:
        return None
    return size > 0 if indicator.shape in (Shape.CAP, Shape.COST) else size < 0


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


def since_last(material: Material, indicator: DraftIndicator) -> str:
    """与上期比；只说逐月累加的数。"""
    record = indicator.record
    if indicator.shape not in (Shape.COUNT, Shape.EQUAL) or record.previous.kind is not Kind.NUMBER:
        return ""
    size = _minus(record.actual.base(), record.previous.base())
    if size is None:
        return ""
    gap = difference(half_up(size / scale(record.actual.unit), 4), record.actual.unit)
    values = {"差": material.mark(gap, indicator.ref.at("gap", "previous"))}
    key = "没有进展" if size == 0 else "增加" if size > 0 else "减少"
    return material.speaker.say(f"上期.{key}", values, indicator.record.name)
