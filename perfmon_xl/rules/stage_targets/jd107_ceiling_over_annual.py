"""JD107: a ceiling at this stage above that of the year."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue, base_unit
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display, pair


@rule("JD107", title="阶段的上限高于全年的上限", severity=Severity.ERROR, basis="表内勾稽", covers=("F01",))
def ceiling_over_annual(record: Compared, *, annual: TargetValue, stage: TargetValue) -> Iterator[Problem]:
    """全年目标是金额上限（≤）的，本阶段的上限不能更高。

    为什么：成本是累计的，阶段可以花到 6 万元，全年就不可能不超过 5 万元。

    不对：阶段比全年还宽
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 项目总成本 | ≤5万元 | ≤6万元 |

    对：阶段更严
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 项目总成本 | ≤5万元 | ≤3万元 |
    """
    both = pair(stage, annual)
    if both is None or not measures.is_reverse(annual) or base_unit(annual.unit) != "元":
        return
    if both[0] > both[1]:
        yield Problem(
            "stage",
            f"“{record.name}”本阶段的上限“{display(stage)}”高于全年的上限“{display(annual)}”。",
            "核对两栏的数和单位（元、万元）；阶段的上限不高于全年。",
            values={"本阶段应完成": display(stage), "全年目标": display(annual)},
        )
