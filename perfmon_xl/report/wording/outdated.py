"""Drafts that nobody has touched and whose numbers the tables no longer show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.names import name_key
from perfmon_xl.domain.origin import Difference
from perfmon_xl.report.wording.criticised import Criticism
from perfmon_xl.report.wording.phrases import drafts
from perfmon_xl.report.wording.problems import problem_drafts

_NUMBER = re.compile(r"-?\d[\d,.]*%?")
_CLAUSE = re.compile(r"[^，。；\n]+")


def outdated(figures: Figures) -> tuple[Difference, ...]:
    """还是草稿、数却与现在填的不一样的各段：位置、写着的那一句、现在应是哪一句。

    只比数：程序换了说法的不算。
    """
    found = []
    for record, drafted in drafts(figures).items():
        texts = {name_key(subject): text for subject, text in drafted.items()}
        for paragraph in getattr(figures.monitoring, record):
            fresh = texts.get(name_key(paragraph.subject), "")
            if paragraph.is_draft and fresh and _NUMBER.findall(paragraph.text) != _NUMBER.findall(fresh):
                before, after = _first_change(paragraph.text, fresh)
                found.append(Difference(paragraph.place.at("text"), before, after, overwritten=False))
    return tuple(found)


def outdated_problems(figures: Figures, criticisms: Sequence[Criticism]) -> tuple[Difference, ...]:
    """还是草稿、数或条数却与现在查出来的不一样的问题；一类问题现在没有了的也算。"""
    problems = figures.monitoring.problems
    if not any(p.is_draft for p in problems):
        return ()
    now = {p.kind: p.text for p in problem_drafts(figures, criticisms)}
    return tuple(
        Difference(p.place.at("text"), *_first_change(p.text, now.get(p.kind, "")), overwritten=False)
        for p in problems
        if p.is_draft and _points(p.text) != _points(now.get(p.kind, ""))
    )


def _points(text: str) -> tuple[list[str], int]:
    return _NUMBER.findall(text), text.count("；")


def _first_change(before: str, after: str) -> tuple[str, str]:
    """带数的分句里，那边没有的第一句，两边各一句；没有的是空。

    >>> _first_change("全年70件，实际完成60件。", "全年70件，实际完成62件，达到目标。")
    ('实际完成60件', '实际完成62件')
    """
    old, new = ([c for c in _CLAUSE.findall(text) if _NUMBER.search(c)] for text in (before, after))
    return next((c for c in old if c not in new), ""), next((c for c in new if c not in old), "")
