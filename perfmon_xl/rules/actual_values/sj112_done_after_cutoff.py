"""SJ112: an actual date after the day of monitoring."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("SJ112", title="实际完成日期晚于监控截止日", severity=Severity.ERROR, basis="表内勾稽", covers=("A02",))
def done_after_cutoff(record: Compared, facts: Facts, *, actual: TargetValue) -> Iterator[Problem]:
    """实际完成值是日期的，不能晚于监控截止日期。

    为什么：监控只写到截止日为止的事实，还没到的日期是计划，不是实际完成。

    不对：填了计划日期
    监控截止日期：2024-07-31
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 主体工程完工时间 | 2024年10月31日前 | 2024年9月30日 |

    不对：没有写年、没有写日
    监控截止日期：2024-07-31
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 主体工程完工时间 | 10月底前 | 9月15日 |
    | 设备到货时间 | 2024年11月底前 | 2024年10月 |
    共报 2 处

    对：已经完工
    监控截止日期：2024-07-31
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 主体工程完工时间 | 2024年10月31日前 | 2024年7月20日 |
    | 设备到货时间 | 7月底前 | 7月 |
    """
    cutoff = facts.monitoring.project.cutoff
    days = actual.days(facts.monitoring.project.budget_year)
    if cutoff is not None and days is not None and (days.first or days.last) > cutoff:
        yield Problem(
            "actual",
            f"“{record.name}”的实际完成日期“{actual.raw.strip()}”晚于监控截止日期 {cutoff}。",
            "还没有完成的写“未完成”，预计日期填到“全年预计”一栏。",
            values={"实际完成日期": actual.raw.strip(), "监控截止日期": str(cutoff)},
        )
