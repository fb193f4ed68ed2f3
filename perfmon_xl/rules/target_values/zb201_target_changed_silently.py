"""ZB201: the declared target and the checked one differ, yet the row says nothing was changed."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted, Declared
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.targets import difference


@rule(
    "ZB201",
    title="目标值改了，调整类型还是原指标",
    severity=Severity.ERROR,
    basis="表间勾稽",
    covers=("D13",),
)
def target_changed_silently(
    indicator: Indicator, *, declared: Declared, adjusted: Adjusted
) -> Iterator[Problem]:
    """表3写“原指标”的，目标值应与表1一样；改了的，调整类型写“调整”。

    为什么：目标值悄悄改了，看的人不知道哪个算数；改目标要有依据，也要在调整表里看得出来。

    不对：98% 变成 95%，还写原指标
    目标申报表
    | 三级指标 | 指标目标值 |
    | 种子抽检合格率 | ≥98% |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 种子抽检合格率 | ≥95% | 原指标 |

    不对：单位变了
    目标申报表
    | 三级指标 | 指标目标值 |
    | 义诊服务（人次） | ≥500人次 |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 义诊服务 | ≥500人 | 原指标 |

    对：写法不同，数是一样的；改了的写调整
    目标申报表
    | 三级指标 | 指标目标值 |
    | 渠道衬砌长度 | >= 20 公里 |
    | 设备采购成本 | ≤5万元 |
    | 种子抽检合格率 | ≥98% |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 |
    | 渠道衬砌长度 | 不低于20公里 | 原指标 |
    | 设备采购成本 | ≤50000元 | 原指标 |
    | 种子抽检合格率 | ≥95% | 调整 |
    """
    before, after = declared, adjusted
    if not after.is_original:
        return
    what = difference(before.target, after.target)
    if what:
        yield Problem(
            "target",
            f"“{after.name}”表1的目标值是 {before.target.raw.strip()}，表3是 {after.target.raw.strip()}"
            f"（{what}不同），调整类型却是“原指标”。",
            "核对时改的，调整类型选“调整”并在指标解释里写依据；没有改的，照表1写回来。",
            of=after,
            values={"表1": before.target.raw.strip(), "表3": after.target.raw.strip()},
        )
