"""One indicator's few values held against the rules, without a workbook round them: what PM_CHECK shows in a cell.

The catalogue is run as always, on a project that has nothing but this row. Kept is what it says about the values that
were given: a rule that misses other rows, a reason or a blank cell speaks of what this row cannot show.
"""

from __future__ import annotations

from datetime import date

from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.finding import Finding
from perfmon_xl.domain.model import Compared, Monitoring, Project
from perfmon_xl.domain.origin import CellPlace, RowPlace
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.registry import catalogue

OF_ONE_VALUE = ("zb", "sj", "jd", "pc")  # the families about values; the others are about the project
_NAME = "这个指标"


def first_finding(
    *,
    annual: TargetValue,
    stage: TargetValue,
    actual: TargetValue,
    level2: str,
    cutoff: date | None,
    rules: RuleSet,
) -> Finding | None:
    """规则说到这几个值的第一个问题，先重后轻；没有的是 None。空着的不算问题：还没有填。"""
    given = {"annual": annual, "stage": stage, "actual": actual}
    places = {field: CellPlace(label=field) for field, value in given.items() if not value.is_blank}
    row = Compared(
        name=_NAME,
        level2=level2,
        annual=annual,
        stage=stage,
        actual=actual,
        place=RowPlace(cells=places),
    )
    facts = Facts(figures=figures_of(Monitoring(project=Project(cutoff=cutoff), compared=(row,)), rules))
    listed = (rule for rule in catalogue().values() if rule.code[:2].lower() in OF_ONE_VALUE)
    return next((f for f in check(facts, listed) if f.origin in places.values()), None)
