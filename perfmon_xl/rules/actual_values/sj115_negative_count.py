"""SJ115: a count below zero."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display


@rule("SJ115", title="数量的实际值是负数", severity=Severity.ERROR, basis="表内勾稽", covers=("E04",))
def negative_count(record: Compared, *, annual: TargetValue, actual: TargetValue) -> Iterator[Problem]:
    """逐月累加的数量，实际完成值不会小于零。

    为什么：负数多半是把偏差填进了实际完成。

    不对：填了差额
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 采购图书 | ≥8000册 | -1200册 |

    对：填实际完成的
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 采购图书 | ≥8000册 | 6800册 |
    """
    if record.accumulates and actual.number is not None and actual.number < 0:
        yield Problem(
            "actual",
            f"“{record.name}”的实际完成值是负数：“{display(actual)}”。",
            "填到监控截止日累计完成的数，不是与目标的差。",
            values={"实际完成值": display(actual), "全年目标": display(annual)},
        )
