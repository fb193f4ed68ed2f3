"""ZB104: the unit in the name is not the unit of the value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.target import base_unit
from perfmon_xl.domain.text_keys import bare_name, name_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import each_target
from perfmon_xl.rules.shared.units import canonical, is_unit

_LAST = re.compile(r"\(([^()]{1,6})\)$")
_SPOKEN = (("人次", "人"), ("人数", "人次"), ("户数", "人"), ("场次", "人"))
_COUNTED_BY = re.compile(r"(人|户|天|小时|课时|学时|亩|公里|吨|场次|场)数$")
_MEASURES = {  # what cannot stand for one another; a classifier (个、处、家) may stand for many
    **dict.fromkeys(("人", "名"), "人"),
    "人次": "人次",
    "户": "户",
    **dict.fromkeys(("天", "小时", "分钟", "月", "工作日", "课时", "学时"), "时间"),
    **dict.fromkeys(("亩", "公顷", "平方米", "平方公里"), "面积"),
    **dict.fromkeys(("公里", "米"), "长度"),
    **dict.fromkeys(("吨", "公斤"), "重量"),
    **dict.fromkeys(("场", "场次", "次", "期", "批次"), "次数"),
}


@rule("ZB104", title="名称里的单位与目标值不同", severity=Severity.WARNING, basis="表内勾稽", covers=("D04",))
def unit_differs_from_name(facts: Facts) -> Iterator[Problem]:
    """名称末尾括号里的单位，与目标值的单位应当一样；“人数”用人，“人次”用人次。

    万元和元、㎡和平方米这样换算得了的不算。括号里不是单位的（如“（教师）”）不看。

    为什么：人和人次不是一回事，1000人来三次就是3000人次；单位不定，完成率没有意义。

    不对：人和人次
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 门诊患者人数（人） | ≥1000人次 |

    不对：没有括号，人数写成人次
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 培训教师人数 | ≥300人次 |

    不对：名称数的是天，目标值是场
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 惠民演出天数 | ≥24场 |
    | 产出指标 | 数量指标 | 服务农户户数 | ≥300亩 |
    | 产出指标 | 数量指标 | 采样覆盖面积 | ≥300份 |
    共报 3 处

    对：一样；换算得了；括号里不是单位
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 门诊人次（人次） | ≥1000人次 |
    | 产出指标 | 数量指标 | 绿化面积（平方米） | ≥2万㎡ |
    | 产出指标 | 数量指标 | 培训人数（教师） | ≥300人 |
    | 产出指标 | 数量指标 | 培训天数 | ≥5天 |
    | 产出指标 | 数量指标 | 扶持商户户数 | ≥20家 |
    | 产出指标 | 数量指标 | 宣讲场数 | ≥12次 |
    """
    for line, also in each_target(facts):
        target = line.annual_target
        if not target.unit:
            continue
        unit = canonical(base_unit(target.unit))
        name = name_key(line.name)
        match = _LAST.search(name)
        named = match[1] if match and is_unit(match[1]) else ""
        if named:
            if canonical(base_unit(named)) == unit:
                continue
            said = f"名称里写（{named}）"
        else:
            ending = next(
                (end for end, other in _SPOKEN if bare_name(name).endswith(end) and unit == other), ""
            )
            ending = ending or _counted_otherwise(bare_name(name), unit)
            if not ending:
                continue
            said = f"名称说的是“{ending}”"
        yield Problem(
            line.target_field,
            f"{line.table}“{line.name}”{said}，目标值“{target.raw}”的单位是“{target.unit}”{also}。",
            "看数据按哪个单位统计，名称和目标值改成一样，表4的实际值也用它。",
            of=line,
            values={"名称里的单位": named, "目标值的单位": target.unit},
        )


_MEASURED_BY = re.compile(r"(面积|长度|里程|时长|人次)(?:数)?$")
_DIMENSION = {"面积": "面积", "长度": "长度", "里程": "长度", "时长": "时间", "人次": "人次"}


def _counted_otherwise(name: str, unit: str) -> str:
    """名称末尾说的是数什么（“天数”），目标值的单位量的是另一种东西；说不准的是空。"""
    measured = _MEASURED_BY.search(name)
    if measured is not None and is_unit(unit) and unit not in ("%", "元", "人"):
        return measured[1] if _MEASURES.get(unit, "") != _DIMENSION[measured[1]] else ""
    match = _COUNTED_BY.search(name)
    if match is None or unit not in _MEASURES:
        return ""
    return match[0] if _MEASURES[canonical(match[1])] != _MEASURES[unit] else ""
