"""JG115: the same indicator deleted and added again."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.rules import Problem, Severity, rule


@rule("JG115", title="同一个指标又删除又新增", severity=Severity.WARNING, basis="表内勾稽", covers=("C09",))
def deleted_and_added(indicator: Indicator) -> Iterator[Problem]:
    """表3里同一个名称不应既“删除”又“新增”（或“原指标”）；只是换了类别、改了目标值的，写“调整”。

    为什么：删一个加一个，看起来换了指标，其实没换；统计调整了几个时多算两次。

    不对：换了类别，写成一删一加
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 成本指标 | 经济成本指标 | 助学金发放合规率（%） | 100% | 删除 |
    | 产出指标 | 质量指标 | 助学金发放合规率(%) | 100% | 新增 |

    对：删的和加的不是一个；换类别的写“调整”
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 成本指标 | 经济成本指标 | 预算执行情况 | 100% | 删除 |
    | 成本指标 | 经济成本指标 | 助学金总成本 | ≤300万元 | 新增 |
    | 产出指标 | 质量指标 | 助学金发放合规率 | 100% | 调整 |
    """
    gone, there = indicator.removed, indicator.adjusted
    if gone is None or there is None:
        return
    changed = []
    if gone.level2.strip() != there.level2.strip():
        changed.append(f"二级指标从“{gone.level2}”变成“{there.level2}”")
    if gone.target.raw.strip() != there.target.raw.strip() and not gone.target.is_blank:
        changed.append(f"目标值从“{gone.target.raw}”变成“{there.target.raw}”")
    what = f"，只是{'、'.join(changed)}" if changed else "，类别和目标值都一样"
    yield Problem(
        "change",
        f"表3“{there.name}”一行写“删除”，一行写“{there.change.strip() or '（空）'}”{what}。",
        "留下一行，调整类型写“调整”，指标解释里写明改了什么；确实是两个指标的，把名称写得分得开。",
        of=there,
        values={"删除的": gone.level2, "新增的": there.level2},
    )
