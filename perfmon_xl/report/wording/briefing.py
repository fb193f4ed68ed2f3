"""What one project contributes to the district's summary: its verdict, what it missed, why, what is asked of whom."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import YUAN_PER_WAN
from perfmon_xl.domain.figures import Figures
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.advice import shortfall
from perfmon_xl.report.wording.analyses import unknown_told
from perfmon_xl.report.wording.conclusions import verdict
from perfmon_xl.report.wording.execution_bands import funding
from perfmon_xl.report.wording.fund_reasons import About, reasons, reasons_about
from perfmon_xl.report.wording.grammar import Speaker, words
from perfmon_xl.report.wording.indicator_briefs import brief
from perfmon_xl.report.wording.indicator_states import LACKING, MISSED, UNCLEAR, DraftState
from perfmon_xl.report.wording.material import DraftIndicator, Material
from perfmon_xl.report.wording.points import GIVEN
from perfmon_xl.report.wording.points_of_funds import fund_points
from perfmon_xl.report.wording.points_of_work import work_points

CONCLUSION, MISS, CAUSE, ADVICE, OWED = "结论", "未达到", "原因", "建议", "应拨"
DATA, OTHER_CAUSES = "标准和数据", "其他原因"
_ORDER = {DraftState.NOT_STARTED: 0, DraftState.FAR_BEHIND: 1, DraftState.BEHIND: 2}
_MOST_ADVICE = 2
_AS_DECIDED = "按已定措施，"


def briefing(figures: Figures) -> tuple[dict[str, str], ...]:
    """一个项目可以写进汇总报告的话，一条一个字典：说的是什么（kind）和文字（text）。

    结论一条；未达到的指标各一条（weight 小的重）；原因各一条（group 是归在哪一类）；建议至多两条；
    财政该拨而没有拨的一条，万元。
    """
    material = Material(figures=figures, speaker=Speaker())
    return tuple(_briefing_points(material))


def _briefing_points(material: Material) -> Iterator[dict[str, str]]:
    yield {"kind": CONCLUSION, "text": verdict(material).removeprefix("监控结果表明，")}
    for one in material.of(*MISSED):
        yield {"kind": MISS, "text": brief(material, one), "weight": _weight(one)}
    seen: set[str] = set()
    for name, reason in _reasons(material):
        if reason not in seen:
            seen.add(reason)
            yield {"kind": CAUSE, "group": cause_group(reason), "text": f"{name}（{reason}）"}
    for text in unknown_told(material, material.of(*LACKING, *UNCLEAR)):
        yield {"kind": CAUSE, "group": DATA, "text": text}
    points = sorted([*fund_points(material), *work_points(material)], key=lambda p: p.weight)
    for n, point in enumerate(points[:_MOST_ADVICE]):
        text = point.measure.replace(GIVEN, _AS_DECIDED)  # a colon stands before it already
        yield {"kind": ADVICE, "text": text.removeprefix(parties.unit(material)) if n else text}
    owed = shortfall(material)
    if owed is not None:
        yield {"kind": OWED, "text": str(owed / YUAN_PER_WAN)}


def _weight(one: DraftIndicator) -> str:
    rate = one.figures.deviation_rate
    size = 0 if rate is None else int(abs(rate) * 100)
    return f"{_ORDER.get(one.state, 3)}.{max(0, 999 - size):03d}"


def _reasons(material: Material) -> Iterator[tuple[str, str]]:
    """资金慢的原因，和各个未达到的指标的原因。"""
    if funding(material).slow:
        for reason in reasons_about(reasons(material, slow=True), About.SLOW):
            yield "支出", reason.text
    for one in material.of(*MISSED):
        if one.cause:
            yield one.name, one.cause


def cause_group(reason: str) -> str:
    """原因归在哪一类：前期手续、施工条件、资金到位、人员和协调、其他原因。

    >>> cause_group("施工图审查退回两次"), cause_group("5月主汛期停工18天")
    ('前期手续', '施工条件')
    """
    for group, found in words()["原因分组"]:
        if any(word in reason for word in found):
            return str(group)
    return OTHER_CAUSES
