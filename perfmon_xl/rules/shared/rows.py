"""The rows of 表1, 表3 and 表4 as the rules look at them: every row, and each fault said once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.target import normalise
from perfmon_xl.domain.text_keys import indicator_key, name_key
from perfmon_xl.rules.facts import Facts, once_per_project


@once_per_project
def all_rows(facts: Facts) -> tuple[IndicatorRow, ...]:
    """全部行，先是核对以后的；表3里删去的不算。"""
    monitoring = facts.monitoring
    return (*monitoring.kept, *monitoring.compared, *monitoring.declared)


def named_rows(rows: Iterable[IndicatorRow]) -> tuple[IndicatorRow, ...]:
    """写了名称的行。"""
    return tuple(row for row in rows if row.is_named)


def tables_of(monitoring: Monitoring) -> tuple[tuple[IndicatorRow, ...], ...]:
    """表1、表3（删去的不算）、表4各自写了名称的行。"""
    return tuple(map(named_rows, (monitoring.declared, monitoring.kept, monitoring.compared)))


def once(
    rows: Iterable[IndicatorRow], key: Callable[[IndicatorRow], Hashable]
) -> Iterator[tuple[IndicatorRow, str]]:
    """同样的毛病只说一次；第二项说还有哪些表也这样。"""
    groups: dict[Hashable, list[IndicatorRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    for first, *others in groups.values():
        tables = dict.fromkeys(o.table for o in others if o.table != first.table)
        yield first, f"（{'、'.join(sorted(tables))}也是这样）" if tables else ""


@once_per_project
def each_target(facts: Facts) -> tuple[tuple[IndicatorRow, str], ...]:
    """全部行，名称和目标值都一样的只留第一行，也写着它的表名在后；目标值的写法统一了再比。"""
    return tuple(once(all_rows(facts), lambda r: (indicator_key(r.name), normalise(r.annual_target.raw))))


@once_per_project
def each_wording(facts: Facts) -> tuple[tuple[IndicatorRow, str], ...]:
    """同 each_target，目标值照原来的写法比。"""
    return tuple(once(all_rows(facts), lambda r: (indicator_key(r.name), name_key(r.annual_target.raw))))


def first_with(
    rows: Sequence[IndicatorRow], wrong: Callable[[IndicatorRow], bool]
) -> tuple[IndicatorRow, str] | None:
    """有毛病的第一行，和有毛病的全部表名（“表3、表4”）；没有毛病的返回 None。"""
    found = [row for row in rows if wrong(row)]
    return (found[0], "、".join(row.table for row in found)) if found else None
