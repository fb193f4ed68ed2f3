"""JG119: works and purchases without a cost indicator, services to the public without satisfaction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.category import Level1
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows

_WORKS = re.compile(
    r"建设工程|工程建设|修缮|改造工程|新建工程|设备购置|设备采购|购置项目|采购项目|基建|维修改造|除险加固|扩建|改扩建"
)
_PUBLIC = re.compile(
    r"服务|救助|补贴|补助|养老|就业|培训|医疗|卫生|教育|文化|惠民|便民|救济|资助|帮扶|供水|供热|公交"
)


@rule(
    "JG119",
    title="缺少这类项目必须有的指标",
    severity=Severity.WARNING,
    basis="财政部门的核心指标指引",
    covers=("C02",),
)
def class_required(facts: Facts) -> Iterator[Problem]:
    """建设工程、大型修缮、设备购置的项目要有成本指标；直接服务群众的项目要有满意度指标。

    为什么：工程和购置花钱最多的就是单价，没有成本指标看不出贵贱；为群众做的事，好不好要问群众。
    看项目名称和指标，说不准的不提。

    不对：设备购置，没有成本指标
    项目名称：2024年乡镇卫生院设备购置项目
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 产出指标 | 数量指标 | 购置设备台数 | ≥12台 |
    | 产出指标 | 质量指标 | 验收合格率 | =100% |
    | 效益指标 | 社会效益指标 | 受益卫生院数 | ≥6个 |
    | 满意度指标 | 服务对象满意度指标 | 患者满意度 | ≥90% |

    对：都有
    项目名称：2024年乡镇卫生院设备购置项目
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 成本指标 | 经济成本指标 | 设备单台成本 | ≤10万元/台 |
    | 产出指标 | 数量指标 | 购置设备台数 | ≥12台 |
    | 产出指标 | 质量指标 | 验收合格率 | =100% |
    | 效益指标 | 社会效益指标 | 受益卫生院数 | ≥6个 |
    | 满意度指标 | 服务对象满意度指标 | 患者满意度 | ≥90% |
    """
    rows = [r for r in facts.monitoring.current_rows if r.is_named]
    if len(rows) < 4:
        return  # 只有几个指标的，是摘要，不是全部
    tops = {r.top_level for r in rows}
    if None in tops or not {Level1.OUTPUT, Level1.BENEFIT} & tops:
        return
    name = facts.monitoring.project.name
    missing = []
    if (
        _WORKS.search(name)
        and Level1.COST not in tops
        and not any("成本" in f"{r.level2}{r.name}" for r in all_rows(facts))
    ):
        missing.append(("成本指标", "工程、购置类"))
    if (
        _PUBLIC.search(name)
        and Level1.SATISFACTION not in tops
        and not any("满意" in f"{r.level2}{r.name}" for r in all_rows(facts))
    ):
        missing.append(("满意度指标", "直接服务群众"))
    for what, kind in missing:
        yield Problem(
            "level1",
            f"“{name.strip()}”是{kind}的项目，{rows[0].table}的 {len(rows)} 个指标里没有{what}。",
            f"补一个{what}；不适用的，在表3的指标解释里写明。",
            of=rows[0],
            values={"缺少": what},
        )
