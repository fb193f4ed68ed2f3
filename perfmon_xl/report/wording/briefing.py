"""What one project contributes to the district's summary: its verdict, what it missed, why, what is asked of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import YUAN_PER_WAN
from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.places import common_place, is_upper
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.analyses import unknown_told
from perfmon_xl.report.wording.conclusions import verdict
from perfmon_xl.report.wording.execution_bands import funding
from perfmon_xl.report.wording.fund_reasons import About, reasons, reasons_about
from perfmon_xl.report.wording.fund_values import forecast_gap
from perfmon_xl.report.wording.grammar import Speaker, words
from perfmon_xl.report.wording.indicator_briefs import brief
from perfmon_xl.report.wording.indicator_endings import never
from perfmon_xl.report.wording.indicator_states import LACKING, MISSED, UNCLEAR, DraftState
from perfmon_xl.report.wording.material import DraftIndicator, Material
from perfmon_xl.report.wording.naming import INNER_QUOTES
from perfmon_xl.report.wording.points import GIVEN
from perfmon_xl.report.wording.points_of_work import work_points

CONCLUSION, MISS, CAUSE, ADVICE, OWED, SPARE, LOST = (
    "结论", "未达到", "原因", "建议", "应拨", "结余", "不可能",
)  # fmt: skip
DATA, OTHER_CAUSES = "标准和数据", "其他原因"
FUNDS_CAUSE = "资金到位"
UPPER, OWN, NOT_PUBLIC = "上级", "本级", "自筹"  # whose money has not arrived
SPENDING = "支出"
_ORDER = {DraftState.NOT_STARTED: 0, DraftState.FAR_BEHIND: 1, DraftState.BEHIND: 2}
_MOST_ADVICE = 2
_CLAUSES = re.compile("[，,；;。、]")


def briefing(figures: Figures) -> tuple[dict[str, str], ...]:
    """一个项目可以写进汇总报告的话，一条一个字典：说的是什么（kind）和文字（text）。

    结论一条；未达到的指标各一条（name 是指标，weight 小的重）；原因各一条（group 是归在哪一类，name 是影响的指标或
    “支出”，topic 是“拨款”的，说的是钱没有下来）；任务上的建议至多两条（owner 是做的单位，given 是单位自己定的）；没有到位的每个来源一条（万元，whose 是谁的
    钱：上级、本级、自筹）；预计的结余一条（万元）；单位说完不成的指标各一条。资金上的建议照汇总的数写，不在这里。
    """
    material = Material(figures=figures, speaker=Speaker())
    return tuple(_briefing_points(material))


def _briefing_points(material: Material) -> Iterator[dict[str, str]]:
    yield {"kind": CONCLUSION, "text": verdict(material).removeprefix("监控结果表明，")}
    for indicator in material.of(*MISSED):
        yield {
            "kind": MISS,
            "text": brief(material, indicator),
            "name": _inside(indicator.name),
            "weight": _weight(indicator),
        }
    seen: set[str] = set()
    for name, reason in _reasons(material):
        if reason not in seen:
            seen.add(reason)
            topic = {"topic": "拨款"} if _late_money(reason) else {}
            yield {"kind": CAUSE, "group": cause_group(reason), "name": name, "text": reason, **topic}
    for text in unknown_told(material, material.of(*LACKING, *UNCLEAR)):
        yield {"kind": CAUSE, "group": DATA, "text": text}
    owner = parties.unit(material)
    for point in sorted(work_points(material), key=lambda p: p.weight)[:_MOST_ADVICE]:
        given = {"given": "是"} if point.measure_given else {}
        own = point.measure.startswith(owner)
        text = point.measure.removeprefix(owner).removeprefix(GIVEN).rstrip("。")
        about = point.names[0] if point.names and not given and point.names[0] not in text else ""
        if about:
            text = material.speaker.say("汇总建议.对谁", {"名": _inside(about), "措施": text})
        yield {"kind": ADVICE, "text": text, "owner": owner if own else "", **given}
    yield from _money_not_there(material)
    gap = forecast_gap(material)
    if gap is not None and gap < 0:
        yield {"kind": SPARE, "text": _plain(-gap / YUAN_PER_WAN)}
    for indicator in material.indicators:
        if never(indicator):
            yield {"kind": LOST, "text": _inside(indicator.name)}


def _money_not_there(material: Material) -> Iterator[dict[str, str]]:
    """没有到位的钱，一个来源一条；几项合起来已经到齐的（多到的补了少到的）没有。"""
    funds, project = material.funds, material.monitoring.project
    if funds.arrived is None or funds.adjusted is None or funds.arrived.yuan >= funds.adjusted.yuan:
        return
    place = common_place(filter(None, (project.department, project.unit, project.client)))
    left = funds.adjusted.yuan - funds.arrived.yuan
    for one in material.monitoring.funding:
        if one.budget is None or one.arrived is None or one.arrived.yuan >= one.budget.yuan or left <= 0:
            continue
        lack, source = min(one.budget.yuan - one.arrived.yuan, left), one.source.strip()
        left -= lack
        whose = NOT_PUBLIC if parties.pays_itself(source) else UPPER if is_upper(source, place) else OWN
        yield {"kind": OWED, "text": _plain(lack / YUAN_PER_WAN), "source": source, "whose": whose}


def _inside(name: str) -> str:
    """要放进引号里的名称：自己的引号改成单的。"""
    return name.translate(INNER_QUOTES)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _weight(indicator: DraftIndicator) -> str:
    rate = indicator.figures.deviation_rate
    size = 0 if rate is None else int(abs(rate) * 100)
    return f"{_ORDER.get(indicator.state, 3)}.{max(0, 999 - size):03d}"


def _reasons(material: Material) -> Iterator[tuple[str, str]]:
    """资金慢的原因，和各个未达到的指标的原因。"""
    if funding(material).slow:
        for reason in reasons_about(reasons(material, slow=True), About.SLOW):
            yield SPENDING, reason.text
    for indicator in material.of(*MISSED):
        if indicator.cause:
            yield indicator.name, indicator.cause


def cause_group(reason: str) -> str:
    """原因归在哪一类：前期手续、施工条件、资金到位、人员和协调、其他原因。先说的是根子：“资金下达晚，采购推迟”是资金。

    >>> cause_group("施工图审查退回两次"), cause_group("5月主汛期停工18天"), cause_group("资金下达晚，采购推迟")
    ('前期手续', '施工条件', '资金到位')
    """
    for clause in filter(None, _CLAUSES.split(reason)):
        if _late_money(clause):
            return FUNDS_CAUSE
        for group, found in words()["原因分组"]:
            if _has(clause, found):
                return str(group)
    return OTHER_CAUSES


def _late_money(text: str) -> bool:
    """说的是钱没有下来、下来得晚。"""
    return _has(text, words()["钱的词"]) and _has(text, words()["拨款的词"])


def _has(text: str, found: Sequence[str]) -> bool:
    return any(word in text for word in found)
