"""SJ105: an actual value that is only about right."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display


@rule("SJ105", title="实际值是约数", severity=Severity.WARNING, basis="通行做法", covers=("E04",))
def about_actual(record: Compared, *, actual: TargetValue) -> Iterator[Problem]:
    """实际完成值要准确，不写“约”“近”“余”“多”。

    为什么：实际完成是统计出来的数，有凭证可查；约数核不了，也不能与目标比。

    不对：约数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 义诊服务人次 | ≥3000人次 | 5000余人次 |

    对：准确的数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 义诊服务人次 | ≥3000人次 | 5127人次 |
    """
    if actual.approximation:
        yield Problem(
            "actual",
            f"“{record.name}”的实际完成值“{display(actual)}”是约数。",
            "查台账，填准确的数；文字里可以写约数，表里不写。",
            values={"实际完成值": display(actual)},
        )
