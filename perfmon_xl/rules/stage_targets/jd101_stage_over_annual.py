"""JD101: more due at this stage than in the whole year."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display, equal, pair


@rule("JD101", title="阶段目标高于全年目标", severity=Severity.ERROR, basis="表内勾稽", covers=("F01", "F02"))
def stage_over_annual(record: Compared, *, annual: TargetValue, stage: TargetValue) -> Iterator[Problem]:
    """越多越好的指标，本阶段应完成的不能多于全年目标。

    为什么：一年里的一段不会比全年还多；多半是把实际完成数填进了阶段目标。

    不对：阶段比全年还多
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 培训乡村医生 | ≥70人 | 158人 |

    对：阶段等于全年
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 培训乡村医生 | ≥70人 | 70人 |
    """
    both = pair(stage, annual)
    if both is not None and both[0] > both[1] and not measures.is_reverse(annual):
        copied = equal(stage, record.actual)
        yield Problem(
            "stage",
            f"“{record.name}”本阶段应完成“{display(stage)}”，高于全年目标“{display(annual)}”"
            + ("，而且与实际完成值一样。" if copied else "。"),
            "阶段目标是年初定的、到监控日应完成多少，不是实际完成多少；数量按全年目标乘序时进度填。",
            values={"本阶段应完成": display(stage), "全年目标": display(annual)},
        )
