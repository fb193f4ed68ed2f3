"""ZB202: the annual target of table 4 is not the one settled in table 3."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.settled import settled_targets
from perfmon_xl.rules.shared.targets import difference


@rule(
    "ZB202",
    title="表4的全年目标与定下来的目标不一样",
    severity=Severity.ERROR,
    basis="表间勾稽",
    covers=("D13",),
)
def target_differs_in_table4(indicator: Indicator, *, compared: Compared) -> Iterator[Problem]:
    """表4“项目完成时绩效目标值”应与表3的指标目标值一样；没有表3的，与表1一样。

    为什么：完成率按表4算，表3、表4不一样，算出来的完成率就对不上核定的目标。

    不对：表3是 300 人，表4是 200 人
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 教师培训人数 | ≥300人 | 原指标 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 教师培训人数 | ≥200人 |

    不对：比较符反了
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 设备单价 | ≤2万元/台 | 原指标 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 设备单价 | ≥2万元/台 |

    对：解释里写明调成多少
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 | 跟踪目标值 |
    | 教师培训人数 | ≥300人 | 调整 | 经批准由300人调整为240人，阶段值按调整后折算。 | ≥140人 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 教师培训人数 | ≥240人 |

    对：写法不同，意思一样
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 教师培训人数 | ≥300人 | 原指标 |
    | 设备单价 | ≤2万元/台 | 原指标 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 教师培训人数（人） | 300人以上 |
    | 设备单价 | ≤20000元/台 |
    """
    before, after = indicator.adjusted or indicator.declared, compared
    if before is None:
        return
    table = "表3" if indicator.adjusted else "表1"
    if indicator.adjusted is not None and indicator.adjusted.is_changed:
        # “目标调为≥8个”: the tracked value is the new target
        tracked = indicator.adjusted.tracked_target
        if not tracked.is_blank and not difference(tracked, after.annual):
            return
        if any(_settled(target, after.annual) for target in settled_targets(indicator.adjusted)):
            return
    what = difference(before.target, after.annual)
    if what:
        yield Problem(
            "annual",
            f"“{after.name}”{table}的目标值是 {before.target.raw.strip()}，表4的全年目标是 "
            f"{after.annual.raw.strip()}（{what}不同）。",
            f"以{table}为准改表4；确实调整过目标的，先把表3改好。",
            of=after,
            values={table: before.target.raw.strip(), "表4": after.annual.raw.strip()},
        )


def _settled(target: TargetValue, annual: TargetValue) -> bool:
    return target.base() is not None and target.base() == annual.base()
