"""The indicator lines of tables 1, 3 and 4 as one kind of line, and each indicator once."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from perfmon_xl.domain.category import Category, Level1, category, level1
from perfmon_xl.domain.model import Adjusted, Compared, Declared
from perfmon_xl.domain.names import name_key
from perfmon_xl.domain.target import TargetValue, normalise
from perfmon_xl.rules.facts import Facts, indicator_key, once_per_project

_BRACKETED = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """表1、表3、表4的一行；field 是目标值在记录里的属性名。"""

    table: str
    record: Declared | Adjusted | Compared
    target: TargetValue
    field: str

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def level1(self) -> str:
        return self.record.level1

    @property
    def level2(self) -> str:
        return self.record.level2

    @property
    def category(self) -> Category | None:
        return category(self.level2)

    @property
    def top(self) -> Level1 | None:
        """归哪一类：先看二级指标，认不出的看一级指标。"""
        found = self.category
        return found.level1 if found is not None else level1(self.level1)


@once_per_project
def declared(facts: Facts) -> tuple[Line, ...]:
    return tuple(
        Line(table="表1", record=r, target=r.target, field="target") for r in facts.monitoring.declared
    )


@once_per_project
def adjusted(facts: Facts) -> tuple[Line, ...]:
    """表3里没有删除的行。"""
    return tuple(
        Line(table="表3", record=r, target=r.target, field="target")
        for r in facts.monitoring.adjusted
        if r.change.strip() != "删除"
    )


@once_per_project
def compared(facts: Facts) -> tuple[Line, ...]:
    return tuple(
        Line(table="表4", record=r, target=r.annual, field="annual") for r in facts.monitoring.compared
    )


def final(facts: Facts) -> tuple[Line, ...]:
    """核对以后的指标：表3，没有表3的看表4，再没有的看表1。"""
    return adjusted(facts) or compared(facts) or declared(facts)


@once_per_project
def every(facts: Facts) -> tuple[Line, ...]:
    """全部行，先是核对以后的。"""
    return (*adjusted(facts), *compared(facts), *declared(facts))


def once(lines: Iterable[Line], key: Callable[[Line], Hashable]) -> Iterator[tuple[Line, str]]:
    """同样的毛病只说一次；第二项说还有哪些表也这样。"""
    groups: dict[Hashable, list[Line]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    for first, *others in groups.values():
        tables = dict.fromkeys(o.table for o in others if o.table != first.table)
        yield first, f"（{'、'.join(sorted(tables))}也是这样）" if tables else ""


@once_per_project
def each_target(facts: Facts) -> tuple[tuple[Line, str], ...]:
    """全部行，名称和目标值都一样的只留第一行，也写着它的表名在后；目标值的写法统一了再比。"""
    return tuple(once(every(facts), lambda r: (indicator_key(r.name), normalise(r.target.raw))))


@once_per_project
def each_wording(facts: Facts) -> tuple[tuple[Line, str], ...]:
    """同 each_target，目标值照原来的写法比。"""
    return tuple(once(every(facts), lambda r: (indicator_key(r.name), name_key(r.target.raw))))


@lru_cache(maxsize=16384)
def bare(name: str) -> str:
    """名称再去掉括号里的字。"""
    text = name_key(name)
    return _BRACKETED.sub("", text) or text
