"""ZB101: a numeric target without an operator."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import Level1
from perfmon_xl.domain.target import Comparator
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import each_target


@rule("ZB101", title="目标值没有比较符", severity=Severity.WARNING, basis="通行做法", covers=("D01",))
def no_operator(facts: Facts) -> Iterator[Problem]:
    """定量的目标值要写比较符：≥、≤ 或 =；“100%”和“0起”不写也明白，不查；区间、日期不用写。

    为什么：没有比较符的，程序只能按指标的类别和名称猜：数量当作 ≥，成本当作 ≤；别的系统一律当作 ≥，成本“5万元”就判反了。

    不对：单价没有比较符
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 成本指标 | 经济成本指标 | 高标准农田亩均投入 | 1600元/亩 |

    对：有比较符；百分之百；区间；日期
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 成本指标 | 经济成本指标 | 高标准农田亩均投入 | ≤1600元/亩 |
    | 产出指标 | 质量指标 | 农田验收合格率 | 100% |
    | 效益指标 | 社会效益指标 | 施工安全事故 | 0起 |
    | 产出指标 | 数量指标 | 田间管护次数 | 3-5次 |
    | 产出指标 | 时效指标 | 完工时间 | 2024年11月底 |
    """
    for line, also in each_target(facts):
        target = line.annual_target
        if not target.is_number or target.comparator is not Comparator.UNSTATED or target.approximation:
            continue
        if target.number == 0 or (target.number == 100 and target.unit == "%"):
            continue  # none at all, and every one: nothing else can be meant
        likely = "≤" if line.top_level is Level1.COST or target.ruling is Comparator.AT_MOST else "≥"
        bare = target.raw.strip()
        yield Problem(
            line.target_field,
            f"{line.table}“{line.name}”的目标值“{bare}”没有比较符{also}，程序当作 {target.ruling}。",
            f"写明是 ≥、≤ 还是 =，多半是“{likely}{bare}”。",
            of=line,
            values={"目标值": bare},
        )
