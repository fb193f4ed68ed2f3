"""JG114: an indicator without a name, or with a number for a name."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.target import Kind, read_target
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows


@rule("JG114", title="指标没有名称或名称是数", severity=Severity.ERROR, basis="表内勾稽", covers=("C08",))
def name_missing(facts: Facts) -> Iterator[Problem]:
    """填了目标值的行，三级指标要有名称，不能只是一个数。

    为什么：各表按名称对指标，没有名称的对不上；名称是数的，多半是填错了一栏。

    不对：名称是一个数
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 88 | ≥88个 |

    不对：有目标值没有名称
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 |  | ≥88个 |

    对：有名称；名称里有数
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 设立村级站点数 | ≥88个 |
    | 产出指标 | 数量指标 | 15分钟生活圈站点数 | ≥20个 |
    """
    for line in all_rows(facts):
        name = line.name.strip()
        if "name" in line.place.faults:
            continue
        if not name and not line.annual_target.is_blank:
            yield Problem(
                "name",
                f"{line.table}有一行目标值是“{line.annual_target.raw}”，没有三级指标名称。",
                "补上名称；名称是和上一行合并的，拆开来各写各的。",
                of=line,
                values={"目标值": line.annual_target.raw},
            )
        elif name and read_target(name).kind in (Kind.NUMBER, Kind.RANGE) and len(name) <= 8:
            yield Problem(
                "name",
                f"{line.table}的三级指标是“{name}”，只是一个数，目标值是“{line.annual_target.raw}”。",
                "三级指标写考核什么，数写到目标值里；看是不是填错了一栏。",
                of=line,
                values={"三级指标": name, "目标值": line.annual_target.raw},
            )
