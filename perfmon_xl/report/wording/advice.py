"""下一步建议: by addressee, at most four; what is given is followed up, no reason is told again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.execution_bands import Band, funding
from perfmon_xl.report.wording.fund_needs import appropriation, fund_needs, leftover, nothing_to_pay
from perfmon_xl.report.wording.fund_values import forecast_gap
from perfmon_xl.report.wording.indicator_endings import about_whom, expected_to_miss, never
from perfmon_xl.report.wording.indicator_states import GOOD, MISSED, UNCLEAR, DraftState, Shape, is_cost
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
    blank = all(indicator.record.actual.is_blank for indicator in material.indicators)
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
    to_miss = expected_to_miss(material)
    lost = [indicator for indicator in to_miss if never(indicator) and not indicator.plan]
    given = [indicator for indicator in missed if indicator.plan]
    open_ = [indicator for indicator in missed if not indicator.plan and indicator not in lost]
    unexplained = [indicator for indicator in open_ if not indicator.cause and not indicator.account.done]
    covered = {name_key(indicator.cause) for indicator in given}
    overspent = funding(material).band is Band.OVERSPENT
    unplanned = [
        indicator
        for indicator in open_
        if indicator.cause
        and not indicator.account.done  # done already: its effect is asked for with the problem
        and name_key(indicator.cause) not in covered  # one cause, one measure
        and not (overspent and is_cost(indicator.record))  # told with the money
    ]
    short = [indicator for indicator in to_miss if indicator not in missed and indicator not in lost]
    day = parties.data_deadline(material)
    acts = []
    if given:
        acts.append(_say(material, "按措施", 措施=_measures(material, given)))
    acts += _about_money(material, day)
    wanted = []
    for key, ones in (
        ("定措施", unplanned),
        ("说明原因", unexplained),
        ("报请调整", lost),
        ("补足缺口", short),
    ):
        if ones:
            wanted.append(_say(material, key, 期限=day, 名=material.quoted(ones)))
    acts += _one_deadline([*wanted, *_data_wanted(material)], day)
    soon = _due_soon(material)
    if soon:
        acts.append(soon)
    if not acts and material.indicators and material.of(*GOOD) and not parties.year_is_over(material):
        acts.append(_say(material, "继续保持", 期限=parties.year_end(material)))
    return f"{parties.unit(material)}{'；'.join(acts[:_MOST_ACTS])}。" if acts else ""


def _about_money(material: Material, day: str) -> list[str]:
    """超支的、预计超支的、到位多于预算的：各要说明什么。"""
    funds, gap = material.funds, forecast_gap(material)
    if funding(material).band is Band.OVERSPENT:
        return [_say(material, "说明超支", 期限=day)]
    if gap is not None and gap > 0 and not material.whole_year:
        return [_say(material, "核实预计超支", 期限=day)]
    if funds.arrived and funds.adjusted and funds.arrived.yuan > funds.adjusted.yuan:
        return [_say(material, "核实多到", 期限=day)]
    return []


def _one_deadline(acts: Sequence[str], day: str) -> list[str]:
    """期限一样的几件并成一件，期限只说一次。"""
    same = [act.removeprefix(day) for act in acts if day and act.startswith(day)]
    rest = [act for act in acts if not (day and act.startswith(day))]
    if not same:
        return rest
    last = f"，并{same[-1]}" if len(same) > 1 else ""
    return [day + "，".join(same[:-1] if last else same) + last, *rest]


def _measures(material: Material, given: list[DraftIndicator]) -> str:
    """已定的措施，一样的只说一次，最多三条；看不出说的是哪个指标的，前面加上。"""
    texts: dict[str, list[DraftIndicator]] = {}
    for indicator in given:
        texts.setdefault(indicator.plan, []).append(indicator)
    listed = []
    for plan, ones in texts.items():
        first = ones[0]
        marked = material.mark(plan, first.ref.at(first.account.planned[0].field, "任务"))
        whole = about_whom(plan, ones)
        listed.append(f"针对{material.quoted(ones)}，{marked}" if whole != plan else marked)
    return "；".join(listed[:_MOST_MEASURES])


def _data_wanted(material: Material) -> list[str]:
    day = parties.data_deadline(material)
    found = []
    wanted = material.of(DraftState.NO_DATA, DraftState.COPIED)
    in_words = [indicator for indicator in wanted if indicator.shape in (Shape.WORDS, Shape.YES_NO)]
    data = [indicator for indicator in wanted if indicator not in in_words]
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
        indicator
        for indicator in material.of(*UNCLEAR)
        if indicator not in told and indicator.state is not DraftState.NO_TARGET
    ]
    if units:
        found.append(_say(material, "统一口径", 期限=day, 名=material.quoted(units)))
    return found


def _due_soon(material: Material) -> str:
    """日期目标还没有到、离报告日期不远的：按期完成，下次核对。"""
    now = parties.today(material)
    for indicator in material.of(DraftState.NOT_DUE):
        goal = indicator.record.stage if not indicator.record.stage.is_blank else indicator.record.annual
        if indicator.shape is Shape.DATE and goal.day and now and now <= goal.day <= now + _SOON:
            day = material.mark(
                f"{parties.day_told(material, goal.day)}前", indicator.ref.at("annual", "月日")
            )
            name = _WHEN_DONE.sub("", indicator.name) or indicator.name
            return _say(
                material, "按期完成", 期限=day, 名=material.mark(name, indicator.ref.at("name", "事项"))
            )
    return ""


def _to_department(material: Material) -> str:
    """支付慢的按月调度（没有钱可付的不调度）；无法完成的目标按程序调整。"""
    acts = []
    if funding(material).slow and not parties.year_is_over(material) and not nothing_to_pay(material):
        acts.append(_say(material, "按月调度"))
    lost = [indicator for indicator in expected_to_miss(material) if never(indicator)]
    if lost and not parties.year_is_over(material):
        acts.append(_say(material, "调整目标", 名=material.quoted(lost)))
    who = parties.department(material) or (
        "主管部门" if not material.monitoring.project.department.strip() else ""
    )
    if not acts:
        return ""
    return f"{who or parties.unit(material)}{'，'.join(acts)}。"


def _to_finance(material: Material) -> str:
    """要用而没有到位的拨付，超支的核定；用不完的，没有到位的不再拨付，到位的收回或统筹使用。"""
    money = Money.of((material.funds.adjusted, material.funds.spent), material.mark)
    acts = []
    overspent = funding(material).band is Band.OVERSPENT
    if not overspent and (material.whole_year or not parties.year_is_over(material)):
        acts.append(appropriation(material, money))
    if overspent:
        acts.append(_say(material, "核定预算"))
    else:
        whole = forecast_gap(material)
        all_of_it = whole is not None and -whole == fund_needs(material).left
        told = f"{'' if material.whole_year else '预计'}结余{'的' if all_of_it else '中财政安排的'}"
        acts.append(leftover(material, money, told=told))
    said = "；".join(act for act in acts if act)
    return f"{parties.finance(material)}{said}。" if said else ""
