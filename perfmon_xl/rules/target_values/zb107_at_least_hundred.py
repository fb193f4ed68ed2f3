"""ZB107: ≥100% of something that cannot exceed 100%."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.target import Comparator
from perfmon_xl.domain.text_keys import bare_name
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.bounded import cannot_exceed
from perfmon_xl.rules.shared.rows import each_target


@rule("ZB107", title="占比写成大于等于百分之百", severity=Severity.WARNING, basis="通行做法", covers=("D06",))
def at_least_hundred(facts: Facts) -> Iterator[Problem]:
    """合格率、覆盖率这样的占比最多 100%，写“=100%”，不写“≥100%”。

    为什么：没有比 100% 更多的占比，“≥”是照抄别的行带下来的，看的人会怀疑数没有核过。

    不对：覆盖率 ≥100%
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 家庭医生签约率 | ≥100% |

    对：等于；完成率可以超过
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 家庭医生签约率 | =100% |
    | 产出指标 | 质量指标 | 年度任务完成率 | ≥100% |
    """
    for line, also in each_target(facts):
        target = line.annual_target
        if target.unit != "%" or target.number != 100 or target.comparator is not Comparator.AT_LEAST:
            continue
        if target.upper is None and cannot_exceed(bare_name(line.name)):
            yield Problem(
                line.target_field,
                f"{line.table}“{line.name}”的目标值“{target.raw}”{also}，占比最多 100%，没有“大于”可言。",
                "写成“=100%”。",
                of=line,
                values={"目标值": target.raw},
            )
