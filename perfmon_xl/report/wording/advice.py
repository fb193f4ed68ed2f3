"""下一步建议: by addressee, at most four; what is given is followed up, no reason is told again."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.execution_bands import Band, funding
from perfmon_xl.report.wording.fund_values import forecast_gap
from perfmon_xl.report.wording.indicator_endings import already_done, never, plain_measure, plain_reason
from perfmon_xl.report.wording.indicator_states import GOOD, MISSED, UNCLEAR, DraftState, Shape
from perfmon_xl.report.wording.material import DraftIndicator, Material
from perfmon_xl.report.wording.numbers import Money

_LEAD = "建议"
_MOST_MEASURES, _MOST_ACTS = 3, 4
_WHEN_DONE = re.compile(r"(?:完成|完工|竣工)?(?:时间|日期|时限|期限)$")
_SOON = timedelta(days=75)


def advice(material: Material) -> str:
    """一个对象一句，都以“建议”开头：实施单位、主管部门、财政部门；实施单位没有要做的，说保持进度。"""
    parts = [_to_unit(material), _to_department(material), _to_finance(material)]
    told = "".join(f"{_LEAD}{part}" for part in parts if part)
    over = parties.year_is_over(material)
    blank = all(one.record.actual.is_blank for one in material.indicators)
    if not told and blank and material.funds.spent is None:
        return _say(material, "没有数据", 单位=parties.unit(material), 期限=parties.data_deadline(material))
    if over:
        return told + _say(material, "年度结束", 单位=parties.unit(material))
    return told or _say(material, "保持进度", 单位=parties.unit(material), 期限=parties.year_end(material))


def _say(material: Material, key: str, **values: str) -> str:
    return material.speaker.say(f"建议.{key}", values)


def _to_unit(material: Material) -> str:
    """按已定措施推进；没有原因的说明原因；没有数的报数；快到期的按期完成；超支的说明来源。"""
    missed = material.of(*MISSED)
    given = [
        one
        for one in missed
        if one.record.measure.strip() and not already_done(plain_measure(one.record.measure))
    ]
    unexplained = [one for one in missed if not one.record.measure.strip() and not one.record.reason.strip()]
    covered = {name_key(plain_reason(one.record.reason)) for one in given}
    unplanned = [
        one
        for one in missed
        if not one.record.measure.strip()
        and one.record.reason.strip()
        and name_key(plain_reason(one.record.reason)) not in covered  # one cause, one measure
    ]
    acts = []
    if given:
        acts.append(_say(material, "按措施", 措施=_measures(material, given)))
    if funding(material).band is Band.OVERSPENT:
        acts.append(_say(material, "说明超支", 期限=parties.data_deadline(material)))
    if unplanned:
        acts.append(
            _say(material, "定措施", 期限=parties.data_deadline(material), 名=material.quoted(unplanned))
        )
    if unexplained:
        acts.append(
            _say(material, "说明原因", 期限=parties.data_deadline(material), 名=material.quoted(unexplained))
        )
    acts += _data_wanted(material)
    soon = _due_soon(material)
    if soon:
        acts.append(soon)
    if not acts and material.indicators and material.of(*GOOD) and not parties.year_is_over(material):
        acts.append(_say(material, "继续保持", 期限=parties.year_end(material)))
    return parties.unit(material) + "；".join(acts[:_MOST_ACTS]) + "。" if acts else ""


def _measures(material: Material, given: list[DraftIndicator]) -> str:
    """已定的措施，一样的只说一次，最多三条。"""
    texts: dict[str, str] = {}
    for one in given:
        plain = plain_measure(one.record.measure)
        texts.setdefault(plain, material.mark(plain, one.ref.at("measure", "措施")))
    listed = list(texts.values())
    return "；".join(listed[:_MOST_MEASURES])


def _data_wanted(material: Material) -> list[str]:
    day = parties.data_deadline(material)
    found = []
    wanted = material.of(DraftState.NO_DATA, DraftState.COPIED)
    in_words = [one for one in wanted if one.shape in (Shape.WORDS, Shape.YES_NO)]
    data = [one for one in wanted if one not in in_words]
    if data:
        key = "报送满意度" if all("满意" in one.record.name for one in data) else "报送数"
        found.append(_say(material, key, 期限=day, 名=material.quoted(data)))
    if in_words:
        found.append(_say(material, "报送依据", 期限=day, 名=material.quoted(in_words)))
    grades = material.of(DraftState.NO_GRADES, DraftState.NUMBER_FOR_WORDS)
    if grades:
        found.append(_say(material, "明确分档", 名=material.quoted(grades)))
    unlike = material.of(DraftState.INCOMPARABLE)
    if unlike:
        found.append(_say(material, "核对写法", 期限=day, 名=material.quoted(unlike)))
    told = (*grades, *unlike)
    units = [
        one for one in material.of(*UNCLEAR) if one not in told and one.state is not DraftState.NO_TARGET
    ]
    if units:
        found.append(_say(material, "统一口径", 期限=day, 名=material.quoted(units)))
    return found


def _due_soon(material: Material) -> str:
    """日期目标还没有到、离报告日期不远的：按期完成，下次核对。"""
    now = parties.today(material)
    for one in material.of(DraftState.NOT_DUE):
        goal = one.record.stage if not one.record.stage.is_blank else one.record.annual
        if one.shape is Shape.DATE and goal.day and now and now <= goal.day <= now + _SOON:
            day = material.mark(f"{parties.day_told(material, goal.day)}前", one.ref.at("annual", "月日"))
            name = _WHEN_DONE.sub("", one.name) or one.name
            return _say(material, "按期完成", 期限=day, 名=material.mark(name, one.ref.at("name", "事项")))
    return ""


def _to_department(material: Material) -> str:
    """支付慢的按月调度；无法完成的目标按程序调整。"""
    acts = []
    if funding(material).slow and not parties.year_is_over(material):
        acts.append(_say(material, "按月调度"))
    lost = [one for one in material.indicators if never(one)]
    if lost and not parties.year_is_over(material):
        acts.append(_say(material, "调整目标", 名=material.quoted(lost)))
    who = parties.department(material) or (
        "主管部门" if not material.monitoring.project.department.strip() else ""
    )
    if not acts:
        return ""
    return f"{who or parties.unit(material)}{'，'.join(acts)}。"


def _to_finance(material: Material) -> str:
    """没有到位的拨付，超支的核定，用不完的收回或调剂。"""
    funds, mark = material.funds, material.mark
    money = Money.of((funds.adjusted, funds.spent), mark)
    acts = []
    short, gap = shortfall(material), forecast_gap(material)
    left = Amount(-gap) if gap is not None and gap < 0 else None
    told_left = "" if left is None else money.say(left, Ref("funds", field="forecast_gap"))
    if short is not None and left is not None and left.yuan <= short:
        acts.append(_say(material, "不再拨付", 差=told_left))
        left = None
    elif short is not None:
        acts.append(_say(material, "拨付", 差=money.say(Amount(short), Ref("funds", field="owed"))))
    if funding(material).band is Band.OVERSPENT:
        acts.append(_say(material, "核定预算"))
    if left is not None and funding(material).band is not Band.OVERSPENT:
        acts.append(_say(material, "收回结余", 差=told_left, 预计="" if material.whole_year else "预计"))
    return f"{parties.finance(material)}{'，'.join(acts)}。" if acts else ""


def shortfall(material: Material) -> Decimal | None:
    """财政该拨而没有到位的，元；差的是自筹、出资的，不向财政要。"""
    funds = material.funds
    if funds.arrived is None or funds.adjusted is None or funds.arrived.yuan >= funds.adjusted.yuan:
        return None
    own = sum(
        (
            f.budget.yuan - f.arrived.yuan
            for f in material.monitoring.funding
            if f.budget is not None and f.arrived is not None and parties.pays_itself(f.source)
        ),
        Decimal(0),
    )
    left = funds.adjusted.yuan - funds.arrived.yuan - max(own, Decimal(0))
    return left if left > 0 else None
