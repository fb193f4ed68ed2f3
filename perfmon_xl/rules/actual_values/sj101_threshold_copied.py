"""SJ101: the target copied into the column of actual values."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Comparator, TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display, equal


@rule("SJ101", title="把目标值抄成了实际值", severity=Severity.ERROR, basis="表内勾稽", covers=("E01",))
def threshold_copied(record: Compared, *, actual: TargetValue) -> Iterator[Problem]:
    """实际完成值带着 ≥、≤、>、<，数又与目标一样的，是把目标抄了一遍，不是实际完成。

    为什么：“≥90%”说的是要求，不是做到了多少；没有实际的数，完成没完成无从判断。

    不对：实际值照抄目标
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 工程验收合格率 | ≥95% | ≥95% | >=95% |

    对：填实际的数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 工程验收合格率 | ≥95% | ≥95% | 97.4% |
    """
    if actual.comparator in (Comparator.UNSTATED, Comparator.EQUAL):
        return
    for target in (record.annual, record.stage):
        if equal(actual, target):
            yield Problem(
                "actual",
                f"“{record.name}”的实际完成值填的是“{display(actual)}”，与目标值“{display(target)}”是同一个数，"
                "是要求，不是实际完成的数。",
                "填到监控截止日实际做到的数，如“96.2%”；还没有统计的空着，在原因说明里写什么时候能取到。",
                values={"实际完成值": display(actual), "目标值": display(target)},
            )
            return
