"""PC107: far over the year's target before the year is out, unexplained."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.category import Level1, level1
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule("PC107", title="远超全年目标没有说明", severity=Severity.WARNING, basis="通行做法", covers=("D10",))
def far_over(
    record: Compared, facts: Facts, *, annual: TargetValue, actual: TargetValue
) -> Iterator[Problem]:
    """不到年底，数量已经超过全年目标两成以上（规则集的蓝灯线）的，应说明原因。

    为什么：超得太多，多半是目标定低了；评价时会据此扣分，早说早调。

    不对：是目标的一倍半
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 数量指标 | 走访企业 | ≥70家 | 105家 | |

    对：刚好完成全年的
    监控截止日期：2024-07-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 数量指标 | 走访企业 | ≥70家 | 72家 | |
    """
    explain, line = facts.rules.explain, facts.rules.indicators.blue_from
    if line is None or explain.over_ratio is not None or explain.over_target_deviation is not None:
        return
    completion = facts.figures.of(record).completion
    if completion is None or annual.unit in ("%", "‰") or measures.is_reverse(annual):
        return
    if level1(record.level1) is Level1.COST or (annual.number is not None and annual.number <= 5):
        return
    if not record.accumulates or completion >= 2:
        return  # 提前多少分钟、面积多大，多了不用说明；两倍以上的，归目标定得太低的规则管
    if completion >= line and not record.reason.strip():
        yield Problem(
            "reason",
            f"“{record.name}”的全年目标是“{display(annual)}”，实际已完成“{display(actual)}”，"
            f"是全年目标的 {percent(completion)}，没有说明。",
            "写明是目标定低了，还是情况有变；目标定低的，写明是否调整、下年怎么定。",
            values={
                "全年目标": display(annual),
                "实际完成值": display(actual),
                "完成率": percent(completion),
            },
        )
