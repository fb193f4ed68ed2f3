"""JG205: the declared form has a level-2 under the wrong level-1, and the check already put it right."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.structure.jg101_wrong_level import corrected_names, misplaced


@rule(
    "JG205",
    title="申报时归错了一级指标，核对时已改",
    severity=Severity.WARNING,
    basis="表间勾稽",
    covers=("C01",),
    criticism=("目标设置", "按规范的级别归类，二级指标放在所属的一级指标下面"),
)
def declared_under_wrong_level(facts: Facts) -> Iterator[Problem]:
    """表1照申报原文填写，归错了的不用改；但要看是不是抄错了，是原文就错的，在目标设置的问题里写明。

    表3也没有放对的，由 JG101 报。

    为什么：表1放错多半是合并单元格拆开时挪了行；真是申报时就错的，监控报告应当指出来。

    不对：表1放在效益下面，表3放对了
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 质量指标 | 渠道验收合格率 | ≥95% |
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 质量指标 | 渠道验收合格率 | ≥95% | 原指标 |

    对：表1就放对了
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 渠道验收合格率 | ≥95% |
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 产出指标 | 质量指标 | 渠道验收合格率 | ≥95% | 原指标 |
    """
    corrected = corrected_names(facts)
    for row in facts.monitoring.declared:
        right = misplaced(row)
        if right and indicator_key(row.name) in corrected:
            yield Problem(
                "level1",
                f"表1“{row.name}”的二级指标是“{row.level2}”，却放在“{row.level1}”下面，表3已经归到“{right}”或删除。",
                "对一下申报表原件：抄错了的改过来；原件就是这样的不用改，在目标设置的问题里写明。",
                of=row,
                values={"一级指标": row.level1, "二级指标": row.level2, "应属于": right},
            )
