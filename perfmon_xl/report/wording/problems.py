"""Problems and measures drafted from what the check and the figures show, in sentences a colleague would sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.model import Problem, Progress
from perfmon_xl.domain.target import Kind, TargetValue
from perfmon_xl.report.wording.chinese import ordinal, target_in_words

UNFINISHED = "尚未完成"
_TITLES: Mapping[str, tuple[str, str]] = {
    "目标设置": ("部分绩效指标设置不规范", "规范绩效指标设置"),
    "资金执行": ("预算执行存在偏差", "加快预算执行"),
    "项目实施": ("部分目标未按进度完成", "加快项目实施"),
}


def problem_drafts(
    figures: Figures, criticisms: Mapping[str, Sequence[tuple[str, str]]]
) -> tuple[Problem, ...]:
    """问题与措施的草稿，一类一条；criticisms 是检查结果里可以写进报告的事实和措施，按问题类别。没有的类别不写。"""
    points = {kind: list(criticisms.get(kind, ())) for kind in _TITLES}
    points["资金执行"] += _funds(figures)
    points["项目实施"] += _indicators(figures) + _progress(figures.monitoring.progress)
    return tuple(_problem(kind, points[kind]) for kind in _TITLES if points[kind])


def _problem(kind: str, points: Sequence[tuple[str, str]]) -> Problem:
    title, measure = _TITLES[kind]
    written = Problem(
        kind=kind,
        title=title,
        text=_enumerated([fact for fact, _ in points]),
        measure_title=measure,
        measure=_enumerated(list(dict.fromkeys(remedy for _, remedy in points if remedy))),
    )
    return replace(written, draft=written.wording)


def _enumerated(sentences: Sequence[str]) -> str:
    """一是……；二是……；只有一句的不编号。"""
    bare = [s.strip().rstrip("。；").replace("；", "，") for s in sentences]
    if len(bare) == 1:
        return bare[0] + "。"
    return "；".join(f"{ordinal(n)}是{s}" for n, s in enumerate(bare, 1)) + "。"


def _funds(figures: Figures) -> list[tuple[str, str]]:
    funds = figures.funds
    if not funds.is_behind or funds.light is None or funds.execution_rate is None or funds.pace is None:
        return []
    fact = f"预算执行率为{percent(funds.execution_rate)}，序时进度为{percent(funds.pace)}，资金亮{funds.light.value}灯"
    reasons = "；".join(f.reason.strip().rstrip("。") for f in figures.monitoring.funding if f.reason.strip())
    return [
        (fact + (f"，原因是{reasons}" if reasons else ""), "查明执行偏慢的环节，落实用款计划，按期完成支出")
    ]


def _indicators(figures: Figures) -> list[tuple[str, str]]:
    found = []
    for _, record, own in figures.named():
        if own.met is False:
            goal = record.stage if not record.stage.is_blank else record.annual
            reason = record.reason.strip().rstrip("。")
            fact = f"“{record.name}”应完成{_said(goal)}，实际完成{_said(record.actual)}"
            remedy = record.measure.strip().rstrip("。") or f"查明“{record.name}”未达到的原因，限期整改"
            found.append((fact + (f"，原因是{reason}" if reason else ""), remedy))
    return found


def _said(value: TargetValue) -> str:
    """填报的值放进句子：数照话说，文字加引号。"""
    text = target_in_words(value)
    return text if value.kind in (Kind.NUMBER, Kind.RANGE, Kind.DATE) else f"“{text}”"


def _progress(progress: Sequence[Progress]) -> list[tuple[str, str]]:
    return [
        (f"“{p.subject.strip()}”{UNFINISHED}", f"倒排“{p.subject.strip()}”的工期，明确责任人和完成时限")
        for p in progress
        if p.state.strip() == UNFINISHED and p.subject.strip()
    ]
