"""JG113: only one benefit indicator."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import Level1
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "JG113",
    title="效益指标只有一个",
    severity=Severity.INFO,
    basis="通行做法",
    covers=("C07",),
    criticism=("目标设置", "效益指标从多个方面设置，能反映项目的主要效果"),
)
def single_benefit(facts: Facts) -> Iterator[Problem]:
    """效益指标只有一个的，看一看是不是太单一；质量、时效、满意度不算效益。

    表1只有一个、核对后补了的，也提示，因为报告要写明原申报的问题。不足三个指标的表不提示，多半没有填完。

    为什么：一个指标说不全项目的效果，这一个没达到，就等于没有效益。

    不对：四个指标一个效益
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 新建标准化厂房面积 | ≥6000平方米 |
    | 产出指标 | 质量指标 | 厂房验收合格率 | =100% |
    | 效益指标 | 社会效益指标 | 新增就业人数 | ≥150人 |
    | 满意度指标 | 服务对象满意度指标 | 入驻企业满意度 | ≥90% |

    对：两个
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 新建标准化厂房面积 | ≥6000平方米 |
    | 产出指标 | 质量指标 | 厂房验收合格率 | =100% |
    | 效益指标 | 社会效益指标 | 新增就业人数 | ≥150人 |
    | 效益指标 | 经济效益指标 | 新增年产值 | ≥2000万元 |
    """
    after = facts.monitoring.kept or facts.monitoring.compared
    first = _single(facts.monitoring.declared)
    then = _single(after)
    if then is not None:
        yield Problem(
            "level2",
            f"{then.table}的 {len(after)} 个指标里，效益只有“{then.name}”一个。",
            "看项目还有没有别的效果（经济、社会、生态、可持续影响）可以考核，有就补上。",
            of=then,
            values={"效益指标数": "1"},
        )
    elif first is not None:
        count = sum(line.top_level is Level1.BENEFIT for line in after)
        yield Problem(
            "level2",
            f"表1的 {len(facts.monitoring.declared)} 个指标里，效益只有“{first.name}”一个"
            + (f"；核对后有 {count} 个。" if count else "。"),
            "核对时已经补了，在问题里写明原申报单一即可。"
            if count
            else "看还有没有别的效果可以考核，有就补上。",
            of=first,
            values={"表1效益指标数": "1"},
        )


def _single(lines: tuple[IndicatorRow, ...]) -> IndicatorRow | None:
    benefits = [line for line in lines if line.top_level is Level1.BENEFIT]
    if len(lines) < 3 or len(benefits) != 1 or any(line.top_level is None for line in lines):
        return None
    return benefits[0]
