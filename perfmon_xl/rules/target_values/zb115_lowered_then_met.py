"""ZB115: a target lowered to what was then met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted, Compared, Declared
from perfmon_xl.domain.target import Comparator
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import pair

_APPROVED = re.compile(r"同意|批准|批复|核准|〔|﹝|\[20|号文|文件")
_DOWN = (Comparator.AT_MOST, Comparator.LESS)


@rule("ZB115", title="目标降低以后才达到", severity=Severity.WARNING, basis="表间勾稽", covers=("D10", "D13"))
def lowered_then_met(
    indicator: Indicator, facts: Facts, *, declared: Declared, adjusted: Adjusted, compared: Compared
) -> Iterator[Problem]:
    """表1申报的目标，核对时降低了，实际达到降低后的、没有达到原来的，要在问题里说明，不能只当作完成。

    为什么：照着实际情况改目标，监控就看不出偏差。指标解释里写明谁同意、哪份文件的不报。只看数量，越少越好的反过来。

    不对：申报100公里，改成60公里，完成62公里
    目标申报表
    | 三级指标 | 指标目标值 |
    | 管网延伸长度 | ≥100公里 |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 管网延伸长度 | ≥60公里 | 调整 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 管网延伸长度 | ≥60公里 | 62公里 |

    对：写明经过批准
    目标申报表
    | 三级指标 | 指标目标值 |
    | 管网延伸长度 | ≥100公里 |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 管网延伸长度 | ≥60公里 | 调整 | 预算压减40%，经县财政局同意调减。 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 管网延伸长度 | ≥60公里 | 62公里 |

    对：提高了；没有改
    目标申报表
    | 三级指标 | 指标目标值 |
    | 管网延伸长度 | ≥50公里 |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 管网延伸长度 | ≥60公里 | 调整 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 管网延伸长度 | ≥60公里 | 62公里 |
    """
    if not adjusted.is_changed or _APPROVED.search(adjusted.explanation):
        return
    new = adjusted.target if pair(adjusted.target, declared.target) else adjusted.tracked_target
    targets, done = pair(declared.target, new), pair(compared.actual, new)
    if targets is None or done is None:
        return
    old, lowered = targets
    if declared.target.comparator in _DOWN:
        eased, met = lowered > old, old < done[0] <= lowered
    else:
        share = _due(facts, compared)
        eased, met = lowered < old, lowered * share <= done[0] < old * share
    if eased and met:
        yield Problem(
            "target",
            f"“{adjusted.name.strip()}”申报的目标是 {declared.target.raw.strip()}，核对时降为 {new.raw.strip()}，"
            f"实际 {compared.actual.raw.strip()} 只达到降低后的。",
            "写明为什么降、依据哪份文件；不该降的，恢复申报的目标，写进问题和措施。",
            of=adjusted,
            values={
                "表1": declared.target.raw.strip(),
                "表3": new.raw.strip(),
                "实际": compared.actual.raw.strip(),
            },
        )


def _due(facts: Facts, compared: Compared) -> Decimal:
    """到监控日应当完成几成：逐月累加的数量按时间进度，别的按全年。"""
    pace = facts.figures.funds.pace
    return pace if pace is not None and compared.accumulates else Decimal(1)
