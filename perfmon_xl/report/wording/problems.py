"""Problems and measures: points of one matter merged, ordered by weight, each measure answering its problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.model import ProblemEntry
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.chinese import ordinal
from perfmon_xl.report.wording.grammar import Speaker
from perfmon_xl.report.wording.indicator_endings import about
from perfmon_xl.report.wording.material import Material
from perfmon_xl.report.wording.naming import quoted
from perfmon_xl.report.wording.points import GIVEN, Point
from perfmon_xl.report.wording.points_of_data import data_points
from perfmon_xl.report.wording.points_of_funds import fund_points
from perfmon_xl.report.wording.points_of_work import work_points
from perfmon_xl.report.wording.target_criticism import NEXT_YEAR, Criticism, criticised_points, gathered

KINDS = ("资金执行", "项目实施", "其他", "目标设置")
_MOST_POINTS = 4
_SEVERAL = 2
_NO_TITLE_FOR_ALL = ("·发生", "·不为零")  # grave, but it says nothing of what else was missed
_NOT_SEVERE = 2  # a point of less weight lags behind: its title stands for the whole


def problem_drafts(figures: Figures, criticisms: Sequence[Criticism]) -> tuple[ProblemEntry, ...]:
    """问题与措施的草稿，一类一条；criticisms 是检查结果里可以写进报告的。没有的类别不写。"""
    material = Material(figures=figures, speaker=Speaker())
    found = [
        *fund_points(material),
        *work_points(material),
        *data_points(material),
        *criticised_points(material, criticisms),
    ]
    by_kind = {kind: sorted((p for p in found if p.kind == kind), key=lambda p: p.weight) for kind in KINDS}
    return tuple(_problem(material, kind, points) for kind, points in by_kind.items() if points)


def _problem(material: Material, kind: str, points: Sequence[Point]) -> ProblemEntry:
    if len(points) > _MOST_POINTS:
        points = gathered(material, points)
    shown = points if len(points) <= _MOST_POINTS else points[: _MOST_POINTS - 1]
    rest = points[len(shown) :]
    facts = [p.fact for p in shown]
    measures = _merged(material, shown)
    if len(points) == 1:  # one matter only: nobody wonders which
        measures = [m.replace(about(points[0].names), "") for m in measures]
    more = ""
    if rest:
        more = _remaining_points(material, rest) + "。"
        measures += [p.measure_alone or p.measure for p in rest if p.measure and p.measure_given]
    title, measure_title = _titles(material, kind, points)
    written = ProblemEntry(
        kind=kind,
        title=title,
        text=_enumerated(facts) + more,
        measure_title=measure_title,
        measure=_advised(material, list(dict.fromkeys(measures))),
    )
    return replace(written, draft=written.wording)


def _titles(material: Material, kind: str, points: Sequence[Point]) -> tuple[str, str]:
    """最重的一点的标题；几点各是各的、又没有滞后的，用概括的。"""
    first = points[0]
    if len(points) > 1 and first.key.endswith(_NO_TITLE_FOR_ALL):
        return _general(material, kind)
    if kind == KINDS[0] or first.weight[0] < _NOT_SEVERE or len({p.titles for p in points}) == 1:
        return first.titles
    return _general(material, kind)


def _general(material: Material, kind: str) -> tuple[str, str]:
    title, measure_title = (
        material.speaker.say(f"几个问题点.{kind}{what}", {}) for what in ("标题", "措施标题")
    )
    return title, measure_title


def untitled(what: str) -> str:
    """人写的问题没有写标题时用的：“标题”或“措施标题”。"""
    return Speaker().say(f"没有标题.{what}", {})


def _advised(material: Material, measures: Sequence[str]) -> str:
    """几条措施都是一个单位的，单位（和共同的时候）只说一次。"""
    if not measures:
        return ""
    if len(measures) == 1:
        return "建议" + _enumerated(measures)
    unit = parties.unit(material)
    for head in (NEXT_YEAR, ""):
        if all(m.startswith(unit + head) for m in measures):
            bare = [m.removeprefix(unit + head).removeprefix(GIVEN) for m in measures]
            return f"建议{unit}{head.rstrip('，')}：" + _enumerated(bare)
    return "建议：" + _enumerated(measures)


def _merged(material: Material, points: Sequence[Point]) -> list[str]:
    """各点的措施；几个任务都要排月度计划的，并成一条。"""
    planned = [p for p in points if p.plan]
    if len(planned) < _SEVERAL:
        return [p.measure for p in points if p.measure]
    values = {
        "单位": parties.unit(material),
        "期限": parties.work_deadline(material) or parties.data_deadline(material),
        "名": quoted([p.names[0] for p in planned]),
    }
    together = material.speaker.say("几个问题点.分别排计划", values)
    return [together if p is planned[0] else p.measure for p in points if p.measure and p not in planned[1:]]


def _remaining_points(material: Material, rest: Sequence[Point]) -> str:
    """说不下的：列出名称；各类的说法不同。"""
    kind = rest[0].kind
    ahead = [p for p in rest if p.key.endswith("·预计达不到")]
    told = []
    for key, points in ((f"问题.另有{kind}", [p for p in rest if p not in ahead]), ("问题.另有预计", ahead)):
        names = list(dict.fromkeys(name for p in points for name in p.names))
        if names:
            told.append(material.speaker.say(key, {"名": "".join(quoted([n]) for n in names)}))
        elif points:
            told.append(material.speaker.say("问题.另有", {"几": str(len(points))}))
    return "。".join(told)


def _enumerated(sentences: Sequence[str]) -> str:
    """一是……。二是……。只有一句的不编号；都是短句的用分号隔开。"""
    bare = [s.strip().rstrip("。；") for s in sentences]
    if len(bare) == 1:
        return bare[0] + "。"
    between = "。" if any("；" in s or "。" in s for s in bare) else "；"
    return between.join(f"{ordinal(n)}是{s}" for n, s in enumerate(bare, 1)) + "。"
