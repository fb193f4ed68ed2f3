"""JD108: the stage target is of another kind or unit than the annual one."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Kind, TargetValue, base_unit
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display


@rule(
    "JD108",
    title="阶段目标和全年目标不是一种值",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("D04",),
)
def stage_unit(record: Compared, *, annual: TargetValue, stage: TargetValue) -> Iterator[Problem]:
    """本阶段目标要和全年目标是一种值：都是数、单位一样，或者都是文字。

    为什么：一个是数、一个是“完成”，或者单位不同，偏差和是否达成都判断不了。

    不对：数变成了文字
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 维修教室 | ≥36间 | 按计划推进 |

    不对：读不懂
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 维修教室 | ≥36间 | 10间+12间 |

    对：单位可以换算
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 发放补贴 | ≥20万元 | ≥120000元 |
    """
    numeric = (Kind.NUMBER, Kind.RANGE)
    if annual.kind is Kind.UNREAD or Kind.DATE in (annual.kind, stage.kind):
        return
    if stage.kind is Kind.UNREAD:
        what = "读不出是数还是文字"
    elif (annual.kind in numeric) != (stage.kind in numeric):
        what = "一个是数，一个是文字" if annual.kind in numeric else "一个是文字，一个是数"
    elif annual.kind in numeric and base_unit(annual.unit) != base_unit(stage.unit):
        what = f"单位不同（{annual.unit or '没有写'}、{stage.unit or '没有写'}）"
    else:
        return
    yield Problem(
        "stage",
        f"“{record.name}”的全年目标是“{display(annual)}”，本阶段应完成是“{display(stage)}”，{what}。",
        _remedy(annual, stage),
        values={"全年目标": display(annual), "本阶段应完成": display(stage)},
    )


def _remedy(annual: TargetValue, stage: TargetValue) -> str:
    if annual.kind not in (Kind.NUMBER, Kind.RANGE):
        return "两栏用同一种写法。"
    if annual.unit:
        return f"本阶段应完成也用“{annual.unit}”填一个数。"
    if stage.unit:
        return f"全年目标没有写单位，补上（如“{display(annual)}{stage.unit}”）。"
    return "本阶段应完成也填一个数，两栏都写上单位。"
