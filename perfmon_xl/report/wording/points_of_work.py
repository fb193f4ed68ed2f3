"""Points on the work: indicators missed and matters still open, those of one cause in one point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.analyses import open_matters
from perfmon_xl.report.wording.evidence import is_underway
from perfmon_xl.report.wording.execution_bands import Band, funding
from perfmon_xl.report.wording.grammar import words
from perfmon_xl.report.wording.indicator_endings import (
    about_whom,
    expected_to_miss,
    falls_short,
    forecast_told,
    never,
)
from perfmon_xl.report.wording.indicator_states import GOOD, MISSED, DraftState, Shape, is_cost
from perfmon_xl.report.wording.indicator_values import left_of_year, problem_values
from perfmon_xl.report.wording.indicator_words import counts_events, remedy
from perfmon_xl.report.wording.material import DraftIndicator, Material, is_benefit
from perfmon_xl.report.wording.naming import pieces_shared, quoted
from perfmon_xl.report.wording.numbers import is_rate
from perfmon_xl.report.wording.points import GIVEN, Point, point

KIND = "项目实施"
_SEVERITY = {DraftState.FAR_BEHIND: 0, DraftState.NOT_STARTED: 0, DraftState.BEHIND: 1}
_GRAVEST = Decimal(-1000)
_PLANNED = ("严重滞后", "滞后", "未达到", "没有开始", "没有完成数")
_MEANT = 2  # pieces of a name shared with a matter
_NUMBERS = re.compile(r"\d")


@dataclass(slots=True)
class _WorkMatter:
    """一件事：原因相同的指标，和讲同一件事的未完成事项。"""

    ones: list[DraftIndicator]
    open: list[int] = field(default_factory=list)


def work_points(material: Material) -> Iterator[Point]:
    """项目实施的问题点。"""
    overspent = funding(material).band is Band.OVERSPENT
    missed = [
        indicator for indicator in material.of(*MISSED) if not (overspent and is_cost(indicator.record))
    ]
    matters = _matters(missed)
    loose = _joined(material, matters)
    for matter in matters:
        yield _indicator_point(material, matter)
    yield from _outlook_points(material)
    for n in loose:
        yield _open_point(material, n)


def _matters(missed: Sequence[DraftIndicator]) -> list[_WorkMatter]:
    """原因写得一样的并成一件。"""
    by_cause: dict[str, _WorkMatter] = {}
    for indicator in missed:
        reason = name_key(indicator.cause)
        key = reason or f"#{indicator.at}"
        if key in by_cause:
            by_cause[key].ones.append(indicator)
        else:
            by_cause[key] = _WorkMatter([indicator])
    return list(by_cause.values())


def _joined(material: Material, matters: Sequence[_WorkMatter]) -> list[int]:
    """未完成的事项归到讲同一件事的指标；归不进的另列。"""
    loose = []
    for n, subject in open_matters(material):
        best, most = None, 0
        for matter in matters:
            for one in matter.ones:
                about = one.record.name + one.cause
                shared = len(material.about_the_same(about, subject))
                if shared > most:
                    best, most = matter, shared
        best = best or _only_one_meant(material, matters, subject)
        if best is None:
            loose.append(n)
        else:
            best.open.append(n)
    return loose


def _only_one_meant(material: Material, matters: Sequence[_WorkMatter], subject: str) -> _WorkMatter | None:
    """事项的词项目名称里都有，认不出来；名称与它大半相同的指标只有一个、又没有达到的，就是它。"""
    meant = [
        indicator
        for indicator in material.indicators
        if len(pieces_shared(indicator.name, subject)) >= _MEANT
    ]
    return next((m for m in matters if meant and meant[0] in m.ones and len(meant) == 1), None)


def _indicator_point(material: Material, matter: _WorkMatter) -> Point:
    ones = sorted(matter.ones, key=lambda indicator: _weight(indicator))
    first = ones[0]
    key = _key(material, first)
    values = {**problem_values(material, first), **_parties(material)}
    values |= {
        "怎样整改": remedy("整改", first.name),
        "怎样赶上": remedy("赶上", first.name),
        "哪方面": "工程" if any(word in first.name for word in words()["工程的词"]) else "工作和服务",
        "差": values["差"] if key != "年终未完成" else left_of_year(first),
    }
    reason = first.cause
    open_ = [
        subject
        for n in matter.open
        if (subject := material.monitoring.progress[n].subject.strip()) not in first.name
    ]  # its own name again: the number says it
    same = [s for s in open_ if reason and pieces_shared(s, reason, words()["泛泛的词"])]
    inside = "、".join(same)
    values |= {
        "因": f"{reason}（{inside}尚未完成）" if same else reason,  # the same matter twice: in brackets
        "其余": _also(material, ones[1:]),
        "事项": "、".join(s for s in open_ if s not in same),
        "缺口": _left(first),
    }
    given = _given(material, ones)
    measure = given or _own_measure(material, ones, key, values)
    told = point(
        material,
        KIND,
        f"实施问题·{key}",
        values,
        weight=_weight(first),
        names=tuple(one.name for one in ones),
        measure=measure,
        given=bool(given),
        plan=not measure and key in _PLANNED,
    )
    told = replace(told, measure_alone=_given(material, ones, beside_cause=False))
    lost = _expected(material, first, alone=len(ones) == 1)
    return replace(told, fact=f"{told.fact.rpartition('；')[0]}；{lost}") if lost else told


def _given(material: Material, ones: Sequence[DraftIndicator], *, beside_cause: bool = True) -> str:
    """人写的要做的事；没有写的、都已经做了的是空。beside_cause：旁边说了原因。"""
    plans: dict[str, list[DraftIndicator]] = {}
    for one in ones:
        if one.plan:
            plans.setdefault(one.plan, []).append(one)
    told = [
        about_whom(plan, some, "".join(indicator.cause for indicator in some) if beside_cause else "")
        for plan, some in plans.items()
    ]
    return _with_owner(material, "，".join(told)) if told else ""


def _own_measure(material: Material, ones: Sequence[DraftIndicator], key: str, values: dict[str, str]) -> str:
    """没有写措施的：完成不了的报请调整；做了一些的，后面带上做了的。"""
    say = material.speaker.say
    if any(map(never, ones)) and not material.whole_year:
        cut = values["财政"] if not is_benefit(ones[0].record) else ""  # no budget hangs on an effect
        return say("实施问题·无法完成.措施", {**values, "财政": cut})
    done = "，".join(dict.fromkeys(one.account.past for one in ones if one.account.past))
    return say("实施问题·已做.措施", {**values, "已做": done}) if done else ""


def _expected(material: Material, indicator: DraftIndicator, *, alone: bool) -> str:
    """单位自己的预计就达不到的：后果是差多少，不是泛泛的风险。"""
    if material.whole_year or not falls_short(indicator):
        return ""
    told = forecast_told(indicator)
    key = "后果" if never(indicator) else "有风险"
    who = "" if alone else quoted([indicator.name])  # several stand before it: which one is meant
    return material.speaker.say(f"实施问题·无法完成.{key}", {**told, "主": who}) if told else ""


def _outlook_points(material: Material) -> Iterator[Point]:
    """本阶段没有落后、单位却预计全年达不到的。"""
    for indicator in expected_to_miss(material):
        if indicator.state in MISSED:
            continue
        counted = indicator.shape in (Shape.COUNT, Shape.EQUAL)
        now = "本阶段达到目标" if indicator.state in GOOD else "本阶段还没有判断"
        values = {
            "名": quoted([indicator.name]),
            "现在": now,
            **_parties(material),
            **forecast_told(indicator),
        }
        told = point(
            material,
            KIND,
            "实施问题·预计达不到" if counted else "实施问题·预计保持不住",
            {"预计": "", "怎样": "", "比目标": "", "缺": "", **values},
            weight=(2, Decimal(0)),
            names=(indicator.name,),
        )
        if "预计" not in values:
            told = replace(told, fact=material.speaker.say("实施问题·预计达不到.没有数", values))
        yield told


def _also(material: Material, ones: Sequence[DraftIndicator]) -> str:
    """原因相同的其余几个。"""
    if not ones:
        return ""
    told = "，".join(_fact_of(material, one) for one in ones)
    return material.speaker.say("实施问题·受影响.事实", {"各项": told})


def _fact_of(material: Material, indicator: DraftIndicator) -> str:
    key = _key(material, indicator)
    values = problem_values(material, indicator)
    if key == "年终未完成":
        values["差"] = left_of_year(indicator)
    return material.speaker.say(f"实施问题·{key}.短", values)


def _key(material: Material, indicator: DraftIndicator) -> str:
    """用哪一条：按种类和状态；一年已经过完的数量，只说完成没有。"""
    over = material.whole_year
    shape, state = indicator.shape, indicator.state
    effect = is_benefit(indicator.record)
    if over and shape in (Shape.COUNT, Shape.EQUAL):
        return "年终未完成"
    if state is DraftState.NOT_STARTED:
        begun = not effect and is_underway(material, indicator)
        return "为零" if effect else "没有完成数" if begun else "没有开始"
    if shape in (Shape.COUNT, Shape.EQUAL) and effect:
        return "效果未达到"
    if shape in (Shape.COUNT, Shape.EQUAL):
        return {DraftState.FAR_BEHIND: "严重滞后", DraftState.BEHIND: "滞后"}.get(state, "未达到")
    if state is DraftState.PARTLY:
        return "部分达成"
    if shape is Shape.ZERO and (
        not counts_events(indicator.name, indicator.record.annual.unit) or is_rate(indicator.record.annual)
    ):
        return "不为零"
    if shape is Shape.RANGE:
        return "区间"
    group = {"质量指标": "质量", "时效指标": "时效", "服务对象满意度指标": "满意度"}.get(
        indicator.group, "比率"
    )
    return {
        Shape.RATE: group,
        Shape.LEVEL: "水平",
        Shape.CAP: "超上限",
        Shape.COST: "超成本",
        Shape.DATE: "晚",
        Shape.ZERO: "发生",
        Shape.YES_NO: "没有做",
        Shape.WORDS: "定性",
    }.get(shape, "定性")


def _weight(indicator: DraftIndicator) -> tuple[int, Decimal]:
    rate = indicator.figures.deviation_rate
    if indicator.shape is Shape.ZERO:
        return 0, _GRAVEST  # what was never to happen has happened
    return _SEVERITY.get(indicator.state, 2), -abs(rate) if rate is not None else Decimal(0)


def _left(indicator: DraftIndicator) -> str:
    """离全年目标还差多少：只有数量说。"""
    return left_of_year(indicator)


def _parties(material: Material) -> dict[str, str]:
    return {
        "单位": parties.unit(material),
        "主管": parties.department(material) or parties.unit(material),
        "财政": parties.finance(material),
        "期限": parties.work_deadline(material) or parties.data_deadline(material),
        "报送期限": parties.data_deadline(material),
    }


def _with_owner(material: Material, measure: str) -> str:
    """填的措施没有说谁来做的，前面加上实施单位。"""
    project = material.monitoring.project
    bodies = [project.unit, project.unit_short, project.department, project.client, project.client_short]
    head = measure[:14]
    for body in filter(None, (b.strip() for b in bodies)):
        if any(body[i : i + 3] in head for i in range(len(body) - 2)):
            return measure
    return f"{parties.unit(material)}{GIVEN}{measure}"


def _open_point(material: Material, n: int) -> Point:
    """未完成的事项：进展里有数的，引一句。"""
    progress = material.monitoring.progress[n]
    sentences = [s.strip() for s in re.split(r"[。；;\n]", progress.text) if s.strip()]
    told = next((s for s in sentences if _NUMBERS.search(s)), sentences[0] if sentences else "")
    values = {
        **_parties(material),
        "事项": progress.subject.strip(),
        "进展": told if len(told) <= 40 and progress.subject.strip() not in told else "",
    }
    key = "年底未完成" if material.whole_year else "尚未完成"
    return point(material, KIND, f"实施问题·{key}", values, weight=(3, Decimal(n)))
