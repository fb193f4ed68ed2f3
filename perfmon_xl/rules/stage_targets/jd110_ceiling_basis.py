"""JD110: a ceiling for the stage that is neither the year's ceiling nor pro rata, and nobody says why."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.measures import is_reverse
from perfmon_xl.domain.model import Compared
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import pair

_CLOSE = Decimal("0.01")


@rule("JD110", title="阶段的上限没有写依据", severity=Severity.INFO, basis="通行做法", covers=("F03",))
def ceiling_basis(indicator: Indicator, facts: Facts, *, compared: Compared) -> Iterator[Problem]:
    """≤ 的指标，本阶段的值既不是全年的上限、也不是按序时折算的，要写明怎么定的。

    写在指标解释、原因说明或指标分析里（“阶段”“序时”“计划”等字样）都算写明。

    为什么：不知道依据，超没超就没有意义。

    不对：四万从哪来的
    监控截止日期：2024-10-31
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 项目总成本 | ≤5万元 | ≤4万元 | 3.9万元 |

    对：用全年的上限
    监控截止日期：2024-10-31
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 项目总成本 | ≤5万元 | ≤5万元 | 3.9万元 |

    对：按序时折算
    监控截止日期：2024-06-30
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 项目总成本 | ≤5万元 | ≤2.5万元 | 2.4万元 |
    """
    both, elapsed = pair(compared.stage, compared.annual), facts.figures.funds.pace
    if both is None or elapsed is None or not is_reverse(compared.annual) or not 0 < both[0] < both[1]:
        return
    share = both[0] / both[1]
    if abs(share - elapsed) <= _CLOSE:
        return
    paragraph, adjusted = indicator.paragraph, indicator.adjusted
    written = compared.reason + (adjusted.explanation if adjusted is not None else "")
    written += paragraph.text if paragraph is not None and not paragraph.is_draft else ""
    if any(word in written for word in ("阶段", "序时", "计划", "分月", "季度")):
        return
    yield Problem(
        "stage",
        f"“{compared.name}”本阶段“{compared.stage.raw.strip()}”是全年“{compared.annual.raw.strip()}”的"
        f"{percent(share)}，序时进度是{percent(elapsed)}，没有写依据。",
        "在指标解释里写明怎么定的（按用款计划、按月份），或改用全年的上限。",
        of=compared,
        values={"占全年": percent(share), "序时进度": percent(elapsed)},
    )
