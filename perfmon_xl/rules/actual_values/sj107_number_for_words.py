"""SJ107: a number where the target is a word."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Kind, TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display


@rule("SJ107", title="定性目标填了数，没法比", severity=Severity.WARNING, basis="表内勾稽", covers=("E05",))
def number_for_words(record: Compared, *, annual: TargetValue, actual: TargetValue) -> Iterator[Problem]:
    """目标是文字、实际是数的，两边比不了；有数的，目标也应当定成数。

    为什么：“提升”对“92%”，不知道原来是多少，也就不知道提升了没有。

    不对：目标是“提高”，实际是 92%
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 学生体质健康水平 | 提高 | 92% |

    对：两边都是数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 学生体质健康合格率 | ≥90% | 92% |
    """
    if annual.kind is Kind.WORDS and actual.kind in (Kind.NUMBER, Kind.RANGE, Kind.UNREAD):
        yield Problem(
            "actual",
            f"“{record.name}”的目标是“{display(annual)}”，实际完成值是“{display(actual)}”，比不了。",
            "有数可查的，目标改成数（如比上年提高多少）；没有的，实际完成值写达成、部分达成或未达成。",
            values={"全年目标": display(annual), "实际完成值": display(actual)},
        )
