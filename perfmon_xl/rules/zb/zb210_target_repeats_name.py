"""ZB210: a qualitative target that only repeats the name of its indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.finding import Severity
from perfmon_xl.domain.target import Kind, normalise
from perfmon_xl.rules.facts import Indicator
from perfmon_xl.rules.registry import Problem, rule
from perfmon_xl.rules.zb.targets import Target, first_with, standing

GRADES = re.compile(r"分档|档次|等级|分为|优.{0,4}良|好.{0,6}差|达成.{0,12}未达成|基本.{1,8}不")


@rule(
    "ZB210",
    title="定性目标重复指标名称，没有分档",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("D08",),
)
def target_repeats_name(indicator: Indicator) -> Iterator[Problem]:
    """“水平提升”的目标又写“提升”，等于没有目标：要写提升到什么程度，或者分几档。

    为什么：没有起点、没有档次，做一点也是提升，怎么都算完成。

    不对：名称里已经有这个词
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 乡村医生服务能力提升 | 提升 | 原指标 |

    不对：原样抄了名称
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 促进农业增效 | 促进 | 原指标 |

    对：有程度、有档次，或者解释里写了分档
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 乡村医生服务能力提升 | 显著提升 | 原指标 | |
    | 基层医疗条件改善 | 改善 | 原指标 | 按好、一般、差三档评价 |
    | 管护机制 | 健全 | 原指标 | |
    """
    if indicator.adjusted is not None and GRADES.search(indicator.adjusted.explanation):
        return
    found = first_with(standing(indicator), _repeats)
    if found is None:
        return
    target, tables = found
    yield Problem(
        target.field,
        f"{tables}“{target.name}”的目标值“{target.raw}”只是重复名称，没有说到什么程度。",
        "改成能比的数（如等级、个数、比例），或者写明档次（好、一般、差）和怎么评。",
        of=target.record,
        values={"指标": target.name, "目标值": target.raw},
    )


def _repeats(target: Target) -> bool:
    text = normalise(target.raw)
    return target.value.kind is Kind.WORDS and len(text) >= 2 and text in normalise(target.name)
