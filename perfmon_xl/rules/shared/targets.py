"""One target in one table, the same shape for tables 1, 3 and 4: what the rules on targets look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from perfmon_xl.domain.category import Category, category
from perfmon_xl.domain.model import Adjusted, Compared, Declared, Monitoring
from perfmon_xl.domain.target import Comparator, Kind, TargetValue, normalise
from perfmon_xl.rules.facts import Indicator
from perfmon_xl.rules.shared.units import canonical


@dataclass(frozen=True, slots=True)
class Target:
    """一个指标在一张表里的目标值：表名、记录、目标值那一栏的属性名。"""

    table: str
    record: Declared | Adjusted | Compared
    field: str
    value: TargetValue

    @property
    def name(self) -> str:
        return self.record.name.strip()

    @property
    def category(self) -> Category | None:
        return category(self.record.level2)

    @property
    def raw(self) -> str:
        return self.value.raw.strip()


def all_of(indicator: Indicator) -> tuple[Target, ...]:
    """一个指标在表1、表3、表4的全年目标，没有这一行的不在里面；表3里删除的不算。"""
    found: list[Target] = []
    if indicator.declared:
        found.append(Target("表1", indicator.declared, "target", indicator.declared.target))
    if indicator.adjusted:
        found.append(Target("表3", indicator.adjusted, "target", indicator.adjusted.target))
    if indicator.compared:
        found.append(Target("表4", indicator.compared, "annual", indicator.compared.annual))
    return tuple(found)


def standing(indicator: Indicator) -> tuple[Target, ...]:
    """还管用的目标：到了表3、表4的，表1只是申报时的样子，不再要它改。"""
    found = all_of(indicator)
    later = tuple(t for t in found if t.table != "表1")
    return later if later or indicator.removed else found


def first_with(targets: Sequence[Target], wrong: Callable[[Target], bool]) -> tuple[Target, str] | None:
    """有毛病的第一处，和有毛病的全部表名（“表3、表4”）；没有毛病的返回 None。"""
    found = [target for target in targets if wrong(target)]
    return (found[0], "、".join(target.table for target in found)) if found else None


def difference(before: TargetValue, after: TargetValue) -> str:
    """两个目标值哪里不一样：数值、单位、比较符、文字；一样的、比不了的返回空。

    没写比较符、没写单位的不算不一样；5万元和50000元一样，“余”“约”不比。
    """
    if Kind.UNREAD in (before.kind, after.kind) or before.is_blank or after.is_blank:
        return ""
    if before.kind is not after.kind:
        return "一个是" + before.kind.value + "、一个是" + after.kind.value
    if before.kind in (Kind.WORDS, Kind.DATE):
        return "文字" if normalise(before.raw) != normalise(after.raw) else ""
    here, there = before.base(), after.base()
    if here is None or there is None:
        return ""
    if here[1] and there[1] and canonical(here[1]) != canonical(there[1]):
        return "单位"
    same = (here[0], before.base_upper()) == (there[0], after.base_upper())
    if not (here[1] and there[1]):
        same = same or (before.number, before.upper) == (after.number, after.upper)
    if not same:
        return "数值"
    signs = {before.comparator, after.comparator}
    return "比较符" if len(signs) == 2 and Comparator.UNSTATED not in signs else ""


def tables_of(monitoring: Monitoring) -> tuple[tuple[Target, ...], ...]:
    """表1、表3（删除的不算）、表4各自有名称的行。"""
    kept = [a for a in monitoring.adjusted if a.change.strip() != "删除"]
    tables = (
        [Target("表1", d, "target", d.target) for d in monitoring.declared],
        [Target("表3", a, "target", a.target) for a in kept],
        [Target("表4", c, "annual", c.annual) for c in monitoring.compared],
    )
    return tuple(tuple(t for t in table if t.name) for table in tables)


def settled(monitoring: Monitoring) -> tuple[Target, ...]:
    """最后定下来的一套指标：有表3的是表3，没有的是表4，再没有是表1。"""
    declared, adjusted, compared = tables_of(monitoring)
    return adjusted or compared or declared
