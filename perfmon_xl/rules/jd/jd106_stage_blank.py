"""JD106: no stage target."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.finding import Severity
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules.db.comparing import accumulates, shown
from perfmon_xl.rules.registry import Problem, rule


@rule("JD106", title="没有填本阶段应完成值", severity=Severity.WARNING, basis="通行做法", covers=("F03",))
def stage_blank(record: Compared, *, annual: TargetValue) -> Iterator[Problem]:
    """有全年目标的指标，要填到监控日应完成多少。

    为什么：没有阶段目标，只能拿七月的数和全年比，偏差和是否达成都没有依据。

    不对：空着
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 数量指标 | 图书采购 | ≥8000册 | |

    对：填了
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 数量指标 | 图书采购 | ≥8000册 | ≥4000册 |
    """
    if record.stage.is_blank and "stage" not in record.place.faults:
        same = not accumulates(annual, record.level2)
        yield Problem(
            "stage",
            f"“{record.name}”的全年目标是“{shown(annual)}”，本阶段应完成值空着。",
            "比率、质量、成本的阶段目标一般与全年相同。"
            if same
            else "按分月计划填，没有计划的用全年目标乘序时进度。",
            values={"全年目标": shown(annual), "本阶段应完成": "空"},
        )
