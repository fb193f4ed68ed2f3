"""ZB114: the tracked target of a rate is stricter than its annual target."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import Level1, category
from perfmon_xl.domain.model import Adjusted
from perfmon_xl.domain.target import Comparator, TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import pair

_UP = (Comparator.AT_LEAST, Comparator.MORE)
_DOWN = (Comparator.AT_MOST, Comparator.LESS)


@rule("ZB114", title="跟踪目标值比全年目标还严", severity=Severity.WARNING, basis="表内勾稽", covers=("D13",))
def tracked_stricter_than_annual(
    adjusted: Adjusted, *, target: TargetValue, tracked_target: TargetValue
) -> Iterator[Problem]:
    """质量、时效、效益、满意度指标是比率的，跟踪目标值不应比同一行的指标目标值还严；数量和成本由阶段目标的规则查。

    为什么：全年只要 98%，跟踪却要 100%，同一行两个目标，按哪个判都有一个不对。

    不对：全年 98%，跟踪 100%
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 | 是否跟踪 |
    | 产出指标 | 时效指标 | 补助发放及时率 | ≥98% | 原指标 | 100% | 是 |

    对：一样；宽一些；单位换算
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 | 是否跟踪 |
    | 产出指标 | 时效指标 | 补助发放及时率 | ≥98% | 原指标 | ≥98% | 是 |
    | 产出指标 | 质量指标 | 苗木成活率 | ≥90% | 原指标 | ≥85% | 是 |
    | 成本指标 | 经济成本指标 | 亩均投入 | ≤0.3万元/亩 | 原指标 | ≤3000元/亩 | 是 |
    """
    found, both = category(adjusted.level2), pair(tracked_target, target)
    if found is None or found.level1 is Level1.COST or adjusted.is_deleted:
        return
    if both is None or target.unit != "%":
        return
    stricter = (target.comparator in _UP and both[0] > both[1]) or (
        target.comparator in _DOWN and both[0] < both[1]
    )
    if stricter:
        yield Problem(
            "tracked_target",
            f"“{adjusted.name}”的指标目标值是 {target.raw.strip()}，跟踪目标值是 {tracked_target.raw.strip()}，"
            "比全年的还严。",
            "两格改成一样；全年目标确实要提高的，改指标目标值，调整类型写“调整”。",
            of=adjusted,
            values={"指标目标值": target.raw.strip(), "跟踪目标值": tracked_target.raw.strip()},
        )
