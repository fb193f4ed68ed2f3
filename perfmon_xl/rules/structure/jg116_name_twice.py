"""JG116: two indicators of one table under one name."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("JG116", title="同一张表里指标重名", severity=Severity.ERROR, basis="表内勾稽", covers=("C09",))
def name_twice(facts: Facts) -> Iterator[Problem]:
    """一张表里三级指标的名称不能重复；表3里删除的行不算。

    名称后面括号里的字不同，就不算重名。类别一样、目标值不一样的，由 ZB205 报。

    为什么：表1、表3、表4按名称对，重名的第二个会对到第一个上。

    不对：填了两行
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 培训人数 | ≥300人 |
    | 产出指标 | 数量指标 | 培训人 数 | ≥300人 |

    对：括号里说明了
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 培训人数（教师） | ≥300人 |
    | 产出指标 | 数量指标 | 培训人数（校长） | ≥200人 |
    """
    for lines in (facts.monitoring.declared, facts.monitoring.kept, facts.monitoring.compared):
        seen: dict[str, IndicatorRow] = {}
        for line in lines:
            name = name_key(line.name)
            if not name:
                continue
            first = seen.setdefault(name, line)
            if first is line:
                continue
            if first.category is line.category and _two_targets(first, line):
                continue
            same = (
                name_key(first.annual_target.raw) == name_key(line.annual_target.raw)
                and first.level2 == line.level2
            )
            yield Problem(
                "name",
                f"{line.table}有两个“{line.name}”：一个{first.level2.strip() or '没有写二级指标'}，目标值“{first.annual_target.raw}”；"
                f"一个{line.level2.strip() or '没有写二级指标'}，目标值“{line.annual_target.raw}”。",
                "重复填的，删掉一行。" if same else "是两个指标的，名称写得分得开；是一个的，留下对的一行。",
                of=line,
                values={"前一个": first.annual_target.raw, "后一个": line.annual_target.raw},
            )


def _two_targets(first: IndicatorRow, line: IndicatorRow) -> bool:
    values = [name_key(row.annual_target.raw) for row in (first, line)]
    return all(values) and values[0] != values[1]
