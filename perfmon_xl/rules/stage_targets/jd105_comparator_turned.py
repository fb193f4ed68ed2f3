"""JD105: the stage target turns the annual one round."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display, opposite


@rule("JD105", title="阶段目标和全年目标方向相反", severity=Severity.ERROR, basis="表内勾稽", covers=("F05",))
def comparator_turned(record: Compared, *, annual: TargetValue, stage: TargetValue) -> Iterator[Problem]:
    """全年目标是 ≥ 的，本阶段目标不能是 ≤；反过来也一样。

    为什么：同一个指标不会全年越多越好、阶段越少越好，必有一处写反了。

    不对：写反了
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 机井维修数量 | ≥40眼 | ≤24眼 |

    对：方向一样
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 机井维修数量 | ≥40眼 | >24眼 |
    """
    if opposite(annual, stage):
        yield Problem(
            "stage",
            f"“{record.name}”的全年目标是“{display(annual)}”，本阶段应完成却是“{display(stage)}”，方向相反。",
            "看清这个指标是越多越好还是越少越好，两栏用同一个方向。",
            values={"全年目标": display(annual), "本阶段应完成": display(stage)},
        )
