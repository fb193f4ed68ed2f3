"""JG106: no output, or no benefit, among the indicators."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import Level1
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts


@rule("JG106", title="缺少产出或效益指标", severity=Severity.WARNING, basis="通行做法", covers=("C02",))
def class_missing(facts: Facts) -> Iterator[Problem]:
    """核对以后的指标里，产出和效益都要有。

    有的行认不出是哪一类，就不断定缺类。

    为什么：只有产出，说不清花钱换来了什么；只有效益，说不清做了什么。

    不对：没有效益
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 数量指标 | 购置诊疗设备数量 | ≥12台 | 原指标 |
    | 产出指标 | 质量指标 | 设备验收合格率 | =100% | 原指标 |

    不对：挂在效益下面的其实是质量
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 购置诊疗设备数量 | ≥12台 |
    | 效益指标 | 质量指标 | 设备验收合格率 | =100% |

    对：都有
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 购置诊疗设备数量 | ≥12台 |
    | 效益指标 | 社会效益指标 | 年服务患者人次 | ≥3万人次 |
    """
    rows = facts.monitoring.current_rows
    if not rows:
        return
    there = {row.top_level for row in rows}
    for level in (Level1.OUTPUT, Level1.BENEFIT):
        if level in there:
            continue
        what = level.value.removesuffix("指标")
        if None in there:
            unknown = next(r for r in rows if r.top_level is None)
            yield unsure(
                "level1",
                f"{rows[0].table}没有认出{what}指标，但“{unknown.name}”等行的类别认不出，不能断定缺{what}。",
                "先把一级、二级指标写成规范名称。",
                of=unknown,
            )
        else:
            yield Problem(
                "level1",
                f"{rows[0].table}的 {len(rows)} 个指标里没有{what}指标。",
                f"补上至少一个{what}指标和它的目标值，或者看是不是归错了类。",
                of=rows[0],
                values={"指标数": str(len(rows)), f"{what}指标数": "0"},
            )
