"""SJ114: a rate, and nowhere what is divided by what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.wording import ANALYSES
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.shared.comparing import display

_TOLD = (
    r"[÷／/]|分子|分母|除以|比例|比重|之比|占.{1,20}的|与.{1,20}的比|\d[^。；]{0,20}(?<!其)中[^。；]{0,12}\d"
)


@rule("SJ114", title="比率看不出分子分母", severity=Severity.INFO, basis="通行做法", covers=("E08",))
def rate_without_parts(indicator: Indicator, *, compared: Compared) -> Iterator[Problem]:
    """比率指标的实际值，要能在指标解释、原因说明或指标分析里找到分子和分母是什么。

    为什么：“98.6%”不知道是哪两个数除出来的，没有办法核。

    不对：只说考察什么
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 | 是否跟踪 |
    | 管网漏损率 | ≤9% | 原指标 | 考察管网漏损情况 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 管网漏损率 | ≤9% | 8.6% |

    对：写了怎么算
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 | 是否跟踪 |
    | 管网漏损率 | ≤9% | 原指标 | 漏损水量÷供水总量 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 管网漏损率 | ≤9% | 8.6% |
    """
    name = re.sub(r"[（(][^（()）]*[)）]\s*$", "", compared.name.strip())
    if compared.actual.unit != "%" or not name.endswith("率"):
        return
    adjusted, paragraph = indicator.adjusted, indicator.paragraph
    texts = [
        adjusted.explanation if adjusted is not None else "",
        paragraph.text if paragraph is not None else "",
        compared.reason,
    ]
    if not any(re.search(_TOLD, text) for text in texts):
        yield unsure(
            "actual",
            f"“{compared.name.strip()}”的实际完成值是“{display(compared.actual)}”，解释和分析里都没有说怎么算的。",
            "在指标解释里写公式（如：合格数÷抽检数），在" + ANALYSES + "里写两个数。",
            of=compared,
            values={"实际完成值": display(compared.actual)},
        )
