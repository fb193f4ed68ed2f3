"""JG104: satisfaction is a level-1 of its own in one table and under another level-1 in the next."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import Level1, level1
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows


@rule("JG104", title="满意度在各表的级别不一样", severity=Severity.WARNING, basis="表间勾稽", covers=("C13",))
def satisfaction_level(facts: Facts) -> Iterator[Problem]:
    """满意度是单独一类，还是放在效益下面，各张表应当一样。

    为什么：同一份材料两种框架，效益指标有几个、满意度有没有都说不清。

    不对：表1放在效益下面，表3单独一类
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 满意度 | 患者满意度 | ≥90% |
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 满意度指标 | 服务对象满意度指标 | 患者满意度 | ≥90% | 原指标 |

    对：都单独一类
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 满意度指标 | 满意度 | 患者满意度 | ≥90% |
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 满意度 | 服务对象满意度指标 | 患者满意度 | ≥90% | 原指标 |
    """
    rows = [r for r in all_rows(facts) if r.top_level is Level1.SATISFACTION and level1(r.level1) is not None]
    right = [r for r in rows if level1(r.level1) is Level1.SATISFACTION]
    if not right:
        return
    wrong: dict[str, IndicatorRow] = {}
    for row in rows:
        if level1(row.level1) is not Level1.SATISFACTION:
            wrong.setdefault(row.table, row)
    for row in wrong.values():
        yield Problem(
            "level1",
            f"“{row.name}”在{row.table}放在“{row.level1}”下面，在{right[0].table}是“{right[0].level1}”。",
            f"满意度是单独的一级指标，{row.table}的一级指标改成“满意度指标”。",
            of=row,
            values={row.table: row.level1, right[0].table: right[0].level1},
        )
