"""JD109: a stage date after the annual one."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("JD109", title="阶段的日期晚于全年的日期", severity=Severity.ERROR, basis="表内勾稽", covers=("F01",))
def stage_date_late(
    record: Compared, facts: Facts, *, annual: TargetValue, stage: TargetValue
) -> Iterator[Problem]:
    """时效目标是日期的，本阶段应完成的日期不能晚于全年目标的日期。

    为什么：阶段在全年里面，阶段的期限不会更晚。

    不对：阶段比全年晚
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 招标完成时间 | 2024年5月31日前 | 2024年6月30日前 |

    不对：写到月底的
    预算年度：2024
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 招标完成时间 | 5月底前 | 2024年6月中旬 |

    对：阶段早一些
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 招标完成时间 | 2024年5月31日前 | 2024年4月30日前 |
    | 设备到货时间 | 年底前 | 2024年12月31日前 |
    """
    year = facts.monitoring.project.budget_year
    whole, part = annual.days(year), stage.days(year)
    if whole is not None and part is not None and part.last > whole.last:
        yield Problem(
            "stage",
            f"“{record.name}”本阶段应完成的日期“{stage.raw.strip()}”晚于全年目标的日期“{annual.raw.strip()}”。",
            "核对两个日期；已经批准延期的，全年目标也要按批准的改。",
            values={"本阶段应完成": stage.raw.strip(), "全年目标": annual.raw.strip()},
        )
