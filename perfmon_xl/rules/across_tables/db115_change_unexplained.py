"""DB115: an indicator changed or dropped, and no word why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Adjusted
from perfmon_xl.rules import Problem, Severity, rule

_WHY_DELETED = re.compile(
    r"因|由于|不再|不宜|不属|不符|取消|合并|并入|移|划|重复|重叠|调整|批准|批复|同意|压减|核减|停|经|改|无法|难以|没有|未|变更|重新|推迟|延|退出|撤|另|删|属于|归|〔"
)


@rule(
    "DB115",
    title="删除、调整、新增的指标没有写理由",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("D13",),
)
def change_unexplained(adjusted: Adjusted, *, name: str, change: str) -> Iterator[Problem]:
    """表3标“删除”“调整”“新增”的，要在指标解释里写理由。

    为什么：批复过的指标动了，要说得出为什么，否则像是完不成才改的。

    不对：删了没有说
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 床位使用率 | ≥80% | 删除 | --- |
    | 夜间急诊人次 | ≥800人次 | 新增 | |
    共报 2 处

    不对：只有算法，没有说为什么删
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 床位使用率 | ≥80% | 删除 | 实际占用床日数÷开放床日数×100%。 |

    对：写了理由
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 床位使用率 | ≥80% | 删除 | 病区改造停用，本年不再考核。 |
    """
    said = adjusted.explanation.strip(" -—–/无\n")
    unexplained = adjusted.is_deleted and not _WHY_DELETED.search(said)
    moved = adjusted.is_deleted or adjusted.is_changed or adjusted.is_new
    if moved and (not said or unexplained):
        yield Problem(
            "explanation",
            f"“{name.strip()}”标的是“{change.strip()}”，指标解释里没有写理由。",
            "写明为什么删除、新增，或者调整成什么，依据是什么。",
            values={"调整类型": change.strip()},
        )
