"""ZB218: a target nobody can miss."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.target import Comparator
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.rows import first_with


@rule(
    "ZB218", title="怎么做都能达到的目标", severity=Severity.WARNING, basis="表内勾稽", covers=("D06", "D10")
)
def always_met(indicator: Indicator) -> Iterator[Problem]:
    """“≥0”什么都不做也达到；事故、投诉要控制在零的，写“=0”或“≤0”。

    为什么：比较符或者数填错了，这个指标就起不到作用。

    不对：事故起数不低于零
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 安全事故起数 | ≥0起 |

    不对：忘了填数，默认成了零
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 教师培训人数 | ≥0人 |

    对：等于零、不超过零、大于零；增长率不低于零是不下降
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 安全事故起数 | =0起 |
    | 患者投诉件数 | ≤0件 |
    | 新增就业人数 | >0人 |
    | 粮食产量增长率 | ≥0% |
    """
    found = first_with(indicator.current_rows, _met)
    if found is None:
        return
    target, tables = found
    yield Problem(
        target.target_field,
        f"{tables}“{target.title}”的目标值是 {target.target_text}，什么都不做也能达到。",
        f"要控制在零的，写“=0{target.annual_target.unit}”；要做出数量的，把目标数填上。",
        of=target,
        values={"目标值": target.target_text},
    )


def _met(target: IndicatorRow) -> bool:
    value = target.annual_target
    grows = any(
        word in target.title for word in ("增长", "增幅", "增速", "变化", "净增", "差额", "结余", "利润")
    )
    return value.comparator is Comparator.AT_LEAST and value.number == 0 and value.upper is None and not grows
