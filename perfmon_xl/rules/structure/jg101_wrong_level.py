"""JG101: a level-2 indicator filed under a level-1 it does not belong to."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.category import Level1, category, level1
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.text_keys import indicator_key, without_spaces
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows

_OLD_FORM = ("成本", "成本指标", "产出成本")


@rule(
    "JG101",
    title="二级指标归错了一级指标",
    severity=Severity.ERROR,
    basis="表内勾稽",
    covers=("C01",),
    criticism=("目标设置", "按规范的级别归类，二级指标放在所属的一级指标下面"),
)
def wrong_level(facts: Facts) -> Iterator[Problem]:
    """二级指标应当放在它所属的一级指标下面。

    2019年的表把“成本指标”放在产出下面，这样写的不算错；满意度放在效益下面的，由 JG104 看各表是否一致。
    表1放错、表3已经放对的，由 JG205 提示。

    为什么：归错了类，产出和效益的分析、汇总都会跟着错；多半是合并单元格或分页时挪了位置。

    不对：质量指标放在效益下面
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 质量指标 | 渠道验收合格率 | ≥95% |

    不对：经济成本放在产出下面
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 产出指标 | 经济成本指标 | 每公里造价 | ≤80万元 |

    对：各归各类
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 渠道验收合格率 | ≥95% |
    | 产出指标 | 成本指标 | 每公里造价 | ≤80万元 |
    """
    corrected = corrected_names(facts)
    for row in all_rows(facts):
        right = misplaced(row)
        if not right or (row.table == "表1" and indicator_key(row.name) in corrected):
            continue
        yield Problem(
            "level1",
            f"{row.table}“{row.name}”的二级指标是“{row.level2}”，却放在“{row.level1}”下面，应属于“{right}”。",
            f"一级指标改成“{right}”；如果是合并单元格分错了，把上一类的范围改对。"
            + ("申报表原件就是这样的，在表3改过来。" if row.table == "表1" else ""),
            of=row,
            values={"一级指标": row.level1, "二级指标": row.level2},
        )


def misplaced(row: IndicatorRow) -> str:
    """应当放在哪个一级指标下面；放对了、认不出的、旧表式许可的是空。"""
    found, top = category(row.level2), level1(row.level1)
    if found is None or top is None or found.level1 is top:
        return ""
    if top is Level1.OUTPUT and without_spaces(row.level2) in _OLD_FORM:
        return ""
    return "" if found.level1 is Level1.SATISFACTION and top is Level1.BENEFIT else found.level1.value


def corrected_names(facts: Facts) -> set[str]:
    """表3里已经放对了的、已经删除的指标。"""
    right = {indicator_key(row.name) for row in facts.monitoring.kept if not misplaced(row)}
    gone = {indicator_key(a.name) for a in facts.monitoring.adjusted if a.is_deleted}
    return right | gone
