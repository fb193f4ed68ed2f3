"""Drafts that nobody has touched and whose numbers the tables no longer show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.origin import StoredDifference
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.report.wording.grammar import Speaker
from perfmon_xl.report.wording.indicators import retold
from perfmon_xl.report.wording.material import Material, same_name
from perfmon_xl.report.wording.phrases import WRITERS, drafts
from perfmon_xl.report.wording.problems import problem_drafts
from perfmon_xl.report.wording.target_criticism import Criticism

_NUMBER = re.compile(r"-?\d[\d,.]*%?")
_AS_OF = re.compile(r"截至\d+年\d+月\d+日")
_TURNS = 9  # as many as the patterns of the longest list
_CLAUSE = re.compile(r"[^，。；\n]+")


def outdated(figures: Figures) -> tuple[StoredDifference, ...]:
    """还是草稿、数却与现在填的不一样的各段：位置、写着的那一句、现在应是哪一句。

    只比数：程序换了说法的不算。同样的数有几种说法，写着的是哪一种都行：一个指标改了，别的指标会轮到别的说法。
    """
    differences = []
    others: dict[
        tuple[str, int], Mapping[str, str]
    ] = {}  # drafts of a record in another turn, once it is asked for

    def told_otherwise(record: str, subject: str) -> Iterator[str]:
        """一段话的各种说法，要一种做一种。"""
        for turn in range(_TURNS):
            if record == "analyses":
                yield from retold(figures, subject, turn)
                continue
            if (record, turn) not in others:
                others[record, turn] = WRITERS[record](Material(figures=figures, speaker=Speaker(turn)))
            yield from (text for other, text in others[record, turn].items() if same_name(other, subject))

    for record, drafted in drafts(figures).items():
        texts = {name_key(subject): text for subject, text in drafted.items()}
        for paragraph in getattr(figures.monitoring, record):
            fresh = texts.get(name_key(paragraph.subject), "")
            numbers = _numbers(paragraph.text)
            if not paragraph.is_draft or not fresh or numbers == _numbers(fresh):
                continue
            if numbers not in map(_numbers, told_otherwise(record, paragraph.subject)):
                before, after = _first_change(paragraph.text, fresh)
                differences.append(
                    StoredDifference(paragraph.place.at("text"), before, after, overwritten=False)
                )
    return tuple(differences)


def _numbers(text: str) -> list[str]:
    """文字里的数，先后不论；“截至”哪天只有一类的第一段说，不算。"""
    return sorted(_NUMBER.findall(_AS_OF.sub("", text)))


def outdated_problems(figures: Figures, criticisms: Sequence[Criticism]) -> tuple[StoredDifference, ...]:
    """还是草稿、数或条数却与现在查出来的不一样的问题；一类问题现在没有了的也算。"""
    problems = figures.monitoring.problems
    if not any(p.is_draft for p in problems):
        return ()
    now = {p.kind: p.text for p in problem_drafts(figures, criticisms)}
    return tuple(
        StoredDifference(p.place.at("text"), *_first_change(p.text, now.get(p.kind, "")), overwritten=False)
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
