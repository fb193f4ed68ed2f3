"""The states that a verdict in the text can be held against."""

from __future__ import annotations

from perfmon_xl.domain.model import Compared
from perfmon_xl.rules.facts import Facts


def split(facts: Facts) -> tuple[list[Compared], list[Compared], list[Compared]]:
    """表4的指标：达成的、未达成的、判断不了的。"""
    met: list[Compared] = []
    unmet: list[Compared] = []
    unknown: list[Compared] = []
    for record in facts.monitoring.compared:
        if not record.name.strip():
            continue
        state = facts.figures.of(record).met
        (met if state else unmet if state is False else unknown).append(record)
    return met, unmet, unknown


def names_and_actuals(records: list[Compared]) -> str:
    """几个指标的名称和实际值；多于三个的只举三个。"""
    shown = [f"“{r.name.strip()}”（实际 {r.actual.raw.strip()}，本阶段 {_goal(r)}）" for r in records[:3]]
    return "、".join(shown) + (f"等 {len(records)} 个" if len(records) > 3 else "")


def _goal(record: Compared) -> str:
    goal = record.stage if not record.stage.is_blank else record.annual
    return goal.raw.strip()
