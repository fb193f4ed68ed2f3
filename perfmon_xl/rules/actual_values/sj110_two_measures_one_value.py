"""SJ110: two measures with one value."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import plain
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import base_unit
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display, equal


@rule("SJ110", title="两个指标的实际值是同一个数", severity=Severity.INFO, basis="通行做法", covers=("E09",))
def two_measures_one_value(facts: Facts) -> Iterator[Problem]:
    """两个单位不同的指标，目标不同而实际完成正好是同一个数的，请核对。

    为什么：件数和人次这样的两个数很少正好相等，多半是把一个抄到了另一个。

    不对：两个都是 1583
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 巡诊次数 | ≥800次 | 1583次 |
    | 巡诊服务群众 | ≥2000人次 | 1583人次 |

    对：不一样
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 巡诊次数 | ≥800次 | 1583次 |
    | 巡诊服务群众 | ≥2000人次 | 4120人次 |
    """
    seen: dict[Decimal, Compared] = {}
    for row in facts.monitoring.compared:
        value = measures.measured(row.actual)
        if value is None or value[0] <= 99 or value[0] % 10 == 0 or value[1] in ("", "%"):
            continue
        other = seen.setdefault(value[0], row)
        if base_unit(other.actual.unit) != value[1] and not equal(other.annual, row.annual):
            yield Problem(
                "actual",
                f"“{row.name}”和“{other.name}”的实际完成值都是 {plain(value[0])}"
                f"（{display(row.actual)}、{display(other.actual)}）。",
                "核对两个数的台账；确实相等的不用改。",
                of=row,
                values={other.name: display(other.actual), row.name: display(row.actual)},
            )
