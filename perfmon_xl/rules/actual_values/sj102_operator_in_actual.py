"""SJ102: a comparator in an actual value."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Comparator, TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display, equal


@rule("SJ102", title="实际值带着比较符", severity=Severity.WARNING, basis="通行做法", covers=("E02",))
def operator_in_actual(record: Compared, *, actual: TargetValue) -> Iterator[Problem]:
    """实际完成值是一个数，不带 =、≥、≤、>、<。

    为什么：“≥120人”看不出是 120 还是 200；“=”也是多余的，比较符只属于目标。

    不对：带等号
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训教师人数 | ≥120人 | =135人 |

    对：只写数和单位
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训教师人数 | ≥120人 | 135人 |
    """
    if actual.comparator is Comparator.UNSTATED:
        return
    copied = equal(actual, record.annual) or equal(actual, record.stage)
    if actual.comparator is not Comparator.EQUAL and copied:
        return  # 抄目标的另有规则管
    bare = actual.raw.strip().lstrip("≥≤><=＝═≧≦⩾⩽＞＜ ")
    yield Problem(
        "actual",
        f"“{record.name}”的实际完成值“{display(actual)}”带着比较符。",
        f"是准确的数就写“{bare}”；只知道大概的，查出准确的数再填。",
        values={"实际完成值": display(actual)},
    )
