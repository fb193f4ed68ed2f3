"""What a finding is about: the indicator of its record, of its place, or among its values; nothing for the book."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted, Compared, Declared, Paragraph
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.passage import Passage
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules.facts import Facts, once_per_project
from perfmon_xl.rules.registry import Problem

_NAMED = (Declared, Adjusted, Compared, Indicator)
_ROW = re.compile(r"[A-Z]{1,3}(\d+)")
_SHORT_BRACKETS = re.compile(r"[（(][^（()）]{0,8}[)）]$")


@dataclass(frozen=True, slots=True)
class _KnownSubjects:
    """各指标的名称：按名称的各种写法，按在哪张表哪一行。"""

    by_key: Mapping[str, str]
    by_row: Mapping[tuple[str, int], str]


@once_per_project
def _known(facts: Facts) -> _KnownSubjects:
    by_key: dict[str, str] = {}
    by_row: dict[tuple[str, int], str] = {}
    for indicator in facts.indicators:
        shown = _SHORT_BRACKETS.sub("", indicator.name).strip() or indicator.name
        for record in (
            indicator.compared,
            indicator.adjusted,
            indicator.declared,
            indicator.removed,
            indicator.paragraph,
        ):
            if record is None:
                continue
            name = record.subject if isinstance(record, Paragraph) else record.name
            by_key.setdefault(indicator_key(name), shown)
            if record.place.row:
                by_row.setdefault((record.place.sheet, record.place.row), shown)
    return _KnownSubjects(by_key, by_row)


def subject_of(facts: Facts, record: Any, problem: Problem) -> str:
    """这处问题说的是哪个指标；说的不是一个指标的，是空的。"""
    known = _known(facts)
    about = problem.of if problem.of is not None else record
    if isinstance(about, Passage):
        about = about.record
    if isinstance(about, Paragraph):
        return known.by_key.get(indicator_key(about.subject), "")
    if isinstance(about, _NAMED):
        return known.by_key.get(indicator_key(about.name), about.name.strip())
    if problem.at is not None and (found := _at(known, problem.at)):
        return found
    named = {known.by_key[key] for v in problem.values.values() if (key := indicator_key(v)) in known.by_key}
    return named.pop() if len(named) == 1 else ""


def _at(known: _KnownSubjects, origin: Origin) -> str:
    row = _ROW.fullmatch(origin.cell)
    return known.by_row.get((origin.sheet, int(row[1])), "") if row else ""
