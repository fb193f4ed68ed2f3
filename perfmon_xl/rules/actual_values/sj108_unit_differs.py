"""SJ108: the unit of the actual value is not the target's."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import plain
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Kind, TargetValue, base_unit
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display


@rule("SJ108", title="实际值的单位与目标不同", severity=Severity.WARNING, basis="表内勾稽", covers=("D04",))
def unit_differs(record: Compared, *, annual: TargetValue, actual: TargetValue) -> Iterator[Problem]:
    """实际完成值的单位要与全年目标一样；万元和元可以换算，人和人次不能。

    为什么：单位不同不能比，完成率、偏差、预警都算不出来。

    不对：人和人次
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训农民 | ≥1000人次 | 860人 |

    不对：百分数写成了小数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 设备完好率 | ≥95% | 0.97 |

    对：万元和元是一回事
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 项目总成本 | ≤5万元 | 43816元 |
    """
    if annual.kind not in (Kind.NUMBER, Kind.RANGE) or actual.kind not in (Kind.NUMBER, Kind.RANGE):
        return
    here, there = base_unit(actual.unit), base_unit(annual.unit)
    if here == there:
        return
    hint = f"与目标一样，用“{annual.unit}”。"
    if not annual.unit:
        hint = f"全年目标没有写单位，补上（如“{display(annual)}{actual.unit}”），本阶段应完成也写上。"
    if annual.unit == "%" and not actual.unit and actual.number is not None:
        hint = f"是百分数的，写成“{plain(actual.number * 100)}%”。"
    yield Problem(
        "actual",
        f"“{record.name}”的目标是“{display(annual)}”，实际完成值“{display(actual)}”"
        f"{'没有写单位' if not here else '单位是“' + actual.unit + '”'}，比不了。",
        hint,
        values={"全年目标": display(annual), "实际完成值": display(actual)},
    )
