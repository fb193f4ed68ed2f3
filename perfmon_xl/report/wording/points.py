"""One point of a problem: fact, consequence and cause in one sentence; the measure that answers it; its weight."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from perfmon_xl.report.wording.material import Material

GIVEN = "落实已定措施："


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """一个问题点：类别、哪一种情形、事实、措施；weight 小的在前；names 是说到的指标；titles 是问题和措施的标题。"""

    kind: str
    key: str
    fact: str
    measure: str
    titles: tuple[str, str]
    weight: tuple[int, Decimal] = (9, Decimal(0))
    names: tuple[str, ...] = ()
    measure_given: bool = False
    measure_alone: str = ""  # the measure where the point itself is not told
    plan: bool = False  # the measure is a plan for the rest of the year: several are told as one


def point(
    material: Material,
    kind: str,
    key: str,
    values: dict[str, str],
    *,
    weight: tuple[int, Decimal] = (9, Decimal(0)),
    names: tuple[str, ...] = (),
    measure: str = "",
    given: bool = False,
    plan: bool = False,
) -> Point:
    """照 problems.md 的一条写一个问题点：事实、措施、标题、措施标题各是一种情形。"""

    def say(what: str) -> str:
        return material.speaker.say(f"{key}.{what}", values)

    return Point(
        kind=kind,
        key=key,
        fact=say("事实"),
        measure=measure or say("措施"),
        titles=(say("标题"), say("措施标题")),
        weight=weight,
        names=names,
        measure_given=given,
        plan=plan,
    )
