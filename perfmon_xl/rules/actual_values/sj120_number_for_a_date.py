"""SJ120: a number where the target is a date."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Kind, TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display


@rule("SJ120", title="时间目标的实际值不是日期", severity=Severity.WARNING, basis="表内勾稽", covers=("E04",))
def number_for_a_date(record: Compared, *, annual: TargetValue, actual: TargetValue) -> Iterator[Problem]:
    """目标是哪一天以前完成的，实际完成值写哪一天完成；没有完成的写“未完成”。

    为什么：目标是日期，实际写“100%”，是早是晚看不出来，也判断不了是否达成。

    不对：写了百分数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 设备到货时间 | 2024年5月底前 | 100% |

    对：写日期；没有完成的
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 设备到货时间 | 2024年5月底前 | 5月12日 |
    | 竣工验收时间 | 2024年11月底前 | 未完成 |
    """
    if annual.kind is Kind.DATE and actual.kind in (Kind.NUMBER, Kind.RANGE):
        yield Problem(
            "actual",
            f"“{record.title}”的目标是“{display(annual)}”，实际完成值“{display(actual)}”不是日期，比不了早晚。",
            "写实际完成的日期；没有完成的写“未完成”。",
            values={"全年目标": display(annual), "实际完成值": display(actual)},
        )
