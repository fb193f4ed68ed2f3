"""JG118: an indicator whose level is left blank, as below a merged cell."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import category
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.wording import FILL_LEVELS
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows

_NAMED = 3  # 列出几个名称


@rule("JG118", title="一级、二级指标空着", severity=Severity.WARNING, basis="表内勾稽", covers=("C12",))
def level_blank(facts: Facts) -> Iterator[Problem]:
    """每个指标都要有一级指标和二级指标，同上一行一样的也要写。

    为什么：排序、筛选、汇总和报告里的分类都照这两栏；空着的归到“其他指标”，官方表里合并单元格的意思就丢了。

    不对：只填了一组的第一行
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 建设高标准农田面积 | ≥1200亩 |
    |  |  | 灌溉渠道长度 | ≥8公里 |

    对：每行都填
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 建设高标准农田面积 | ≥1200亩 |
    | 产出指标 | 数量指标 | 灌溉渠道长度 | ≥8公里 |
    """
    groups: dict[tuple[str, str], list[IndicatorRow]] = {}
    for line in all_rows(facts):
        for field in ("level1", "level2"):
            if line.name.strip() and not getattr(line, field).strip() and _has(line, field):
                groups.setdefault((line.table, field), []).append(line)
    for (table, field), lines in groups.items():
        label = "一级指标" if field == "level1" else "二级指标"
        names = "、".join(f"“{line.name}”" for line in lines[:_NAMED]) + ("等" if len(lines) > _NAMED else "")
        known = {
            c.name: c.level1.value for line in lines if field == "level1" and (c := category(line.level2))
        }
        fits = "、".join(f"“{name}”填“{top}”" for name, top in known.items())
        yield Problem(
            field,
            f"{table}有 {len(lines)} 个指标没有填{label}：{names}。",
            f"补上{label}{f'：{fits}' if fits else ''}" + FILL_LEVELS + "。",
            of=lines[0],
            values={"个数": str(len(lines)), "指标": "、".join(line.name for line in lines)},
        )


def _has(line: IndicatorRow, field: str) -> bool:
    """有这一栏，读得懂；没有这一栏的由 GS105 提示。"""
    place = line.place
    return field not in place.faults and (not place.cells or field in place.cells)
