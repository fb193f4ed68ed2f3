"""What 项目进展 says about an indicator: quoted as it is written there, never invented."""

from __future__ import annotations

import re
from dataclasses import dataclass

from perfmon_xl.domain.model import Progress
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording.grammar import words
from perfmon_xl.report.wording.material import DraftIndicator, Material
from perfmon_xl.report.wording.naming import pieces_shared

UNFINISHED = "尚未完成"
_SENTENCE = re.compile(r"[^。；;\n]+")
_LEAD = re.compile(r"^\s*(?:截至[^，,]{1,16}[，,]|目前[，,]?)")
_YEAR = re.compile(r"(20\d\d)年")
_NOT_DONE = re.compile(r"尚未|未完成|没有完成|未开工|未启动")
_BEGUN = re.compile(
    r"(?<!未)已(?:经)?(?:全部)?(?:开工|动工|进场|启动|开始)|在建|正在(?:施工|建设|安装|实施)|施工中"
)
_LONGEST = 60
_MOST = 2


@dataclass(frozen=True, slots=True)
class Fact:
    """可以引用的一两句话，带记号；finished：说的事没有写着尚未完成。"""

    text: str
    finished: bool


def evidence(material: Material, indicator: DraftIndicator) -> Fact | None:
    """支撑定性指标的事实：与名称、指标解释讲同一件事的进展，有数的在前；没有的返回 None。"""
    found = _best(material, indicator)
    if found is None:
        return None
    at, progress = found
    text = _quoted(material, at, progress, _MOST)
    if not text:
        return None
    return Fact(text, finished=progress.state.strip() != UNFINISHED and not _NOT_DONE.search(text))


def progress_told(material: Material, indicator: DraftIndicator) -> str:
    """还没有到期的事，现在做到哪里：一句，讲的是已经做了的。"""
    found = _best(material, indicator)
    if found is None or found[1].state.strip() == UNFINISHED or _NOT_DONE.search(found[1].text):
        return ""
    return _quoted(material, *found, 1)


def is_underway(material: Material, indicator: DraftIndicator) -> bool:
    """数还是零，进展里却写着已经动工、正在做：不是“尚未开始”。"""
    found = _best(material, indicator)
    return found is not None and bool(_BEGUN.search(found[1].subject + found[1].text))


def _best(material: Material, indicator: DraftIndicator) -> tuple[int, Progress] | None:
    about = indicator.record.name + _explanation_of(material, indicator)
    best: tuple[int, bool, int] | None = None
    for at, progress in enumerate(material.monitoring.progress):
        shared = len(pieces_shared(about, progress.subject + progress.text, words()["泛泛的词"]))
        if not shared or not _sentences(material, progress):
            continue
        rank = shared, any(c.isdigit() for c in progress.text), -at
        if best is None or rank > best:
            best = rank
    return None if best is None else (-best[2], material.monitoring.progress[-best[2]])


def _explanation_of(material: Material, indicator: DraftIndicator) -> str:
    wanted = name_key(indicator.record.name)
    return next((a.explanation for a in material.monitoring.adjusted if name_key(a.name) == wanted), "")


def _sentences(material: Material, progress: Progress) -> list[tuple[int, str]]:
    """可以引用的各句：不是目标的原话，不是别的年度的事，不太长；有数的在前。"""
    goal = name_key(material.monitoring.current_goal)
    year = material.monitoring.project.year[:4]
    sentences = []
    for n, sentence in enumerate(_SENTENCE.findall(progress.text)):
        text = _LEAD.sub("", sentence).strip(" ，,")
        other_year = any(found != year for found in _YEAR.findall(text)) if year else False
        if text and len(text) <= _LONGEST and not other_year and name_key(text) not in goal:
            sentences.append((n, text))
    return sorted(sentences, key=lambda pair: (not any(c.isdigit() for c in pair[1]), pair[0]))


def _quoted(material: Material, at: int, progress: Progress, most: int) -> str:
    chosen = sorted(_sentences(material, progress)[:most])
    return "，".join(material.mark(text, Ref("progress", at, "text", f"第{n + 1}句")) for n, text in chosen)
