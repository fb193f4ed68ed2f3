"""ZB103: 以上, 余, 约 inside a target."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import plain
from perfmon_xl.domain.spelling import SUFFIXES
from perfmon_xl.domain.target import normalise
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import each_target


@rule("ZB103", title="目标值用了以上、余、约", severity=Severity.WARNING, basis="通行做法", covers=("D03",))
def vague_number(facts: Facts) -> Iterator[Problem]:
    """目标值写比较符和准数，不写“以上”“余”“约”“左右”。

    为什么：“70余件”到底要做到多少说不准；“91%以上”应写成“≥91%”，各表才好比。

    不对：以上和余
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 自来水水质达标率 | 91%以上 |
    | 产出指标 | 数量指标 | 更换水表数量 | 700余只 |

    对：比较符和准数
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 自来水水质达标率 | ≥91% |
    | 产出指标 | 数量指标 | 更换水表数量 | ≥700只 |
    """
    for line, also in each_target(facts):
        target = line.annual_target
        word = normalise(target.raw)[-2:]
        tail = word if target.is_number and word in SUFFIXES else ""
        if target.number is None or not (target.approximation or tail):
            continue
        exact = f"{target.comparator.value or '≥'}{plain(target.number)}{target.unit}"
        yield Problem(
            line.target_field,
            f"{line.table}“{line.name}”的目标值“{target.raw}”里有“{tail or target.approximation}”{also}。",
            f"写成准数，如“{exact}”。",
            of=line,
            values={"目标值": target.raw},
        )
