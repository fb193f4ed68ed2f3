"""ZB103: 余, 约, 左右 inside a target."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.amount import plain
from perfmon_xl.domain.target import normalise
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import each_target


@rule("ZB103", title="目标值用了余、约、左右", severity=Severity.WARNING, basis="通行做法", covers=("D03",))
def vague_number(facts: Facts) -> Iterator[Problem]:
    """目标值写比较符和准数，不写“余”“约”“左右”。“以内”“以上”看得明白，这里不查，见 ZB221。

    为什么：“70余件”到底要做到多少说不准，做到70件、79件都说得通。

    不对：左右和余
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 自来水水质达标率 | 91%左右 |
    | 产出指标 | 数量指标 | 更换水表数量 | 700余只 |

    对：比较符和准数
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 自来水水质达标率 | ≥91% |
    | 产出指标 | 数量指标 | 更换水表数量 | ≥700只 |
    | 产出指标 | 时效指标 | 报修处理时间 | 5天以内 |
    """
    for line, also in each_target(facts):
        target = line.annual_target
        word = normalise(target.raw)[-2:]
        tail = word if target.is_number and word == "左右" else ""
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
