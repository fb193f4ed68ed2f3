"""DB108: in the comparison, and tracked nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "DB108", title="表4的指标不在跟踪的范围里", severity=Severity.WARNING, basis="表间勾稽", covers=("F06",)
)
def compared_not_tracked(indicator: Indicator, facts: Facts, *, compared: Compared) -> Iterator[Problem]:
    """表4的每个指标，表3都要有，而且选了跟踪。

    为什么：表4多出来的指标没有核对过，也没有申报过，来历说不清。

    不对：表3标的是删除
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 新增床位 | ≥50张 | 原指标 | 是 |
    | 床位使用率 | ≥80% | 删除 | |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 新增床位 | ≥50张 |
    | 床位使用率 | ≥80% |

    对：都在
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 是否跟踪 |
    | 新增床位 | ≥50张 | 原指标 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 新增床位 | ≥50张 |
    """
    if not facts.monitoring.adjusted:
        return
    adjusted = indicator.adjusted
    if adjusted is not None and adjusted.tracked.strip() in ("是", ""):
        return
    if adjusted is not None:
        why = f"表3里“是否跟踪”填的是“{adjusted.tracked.strip()}”"
    else:
        why = "表3里是“删除”的" if indicator.removed is not None else "表3里没有"
    yield Problem(
        "name",
        f"“{compared.name.strip()}”在表4有，{why}。",
        "要跟踪的，在表3补上或改成跟踪；不跟踪的，从表4去掉。",
        of=compared,
    )
