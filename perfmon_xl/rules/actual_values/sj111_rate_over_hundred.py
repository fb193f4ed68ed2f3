"""SJ111: a share of more than the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display

_SHARES = r"及时率|合格率|达标率|满意(?:度|率)|覆盖率|合规率|准确率|优良率|普及率|入学率|巩固率|完好率|验收率"


@rule("SJ111", title="比率的实际值不可能", severity=Severity.ERROR, basis="表内勾稽", covers=("D06",))
def rate_over_hundred(record: Compared, *, name: str, actual: TargetValue) -> Iterator[Problem]:
    """合格率、及时率、覆盖率、满意度这些占比，实际值在 0 到 100% 之间。

    为什么：分子是分母的一部分，不会多于分母；超过的，是分子分母取错了。

    不对：超过百分之百
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 饮水水质合格率 | ≥95% | 103% |

    对：增长率可以超过
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训人次增长率 | ≥50% | 103% |
    | 饮水水质合格率 | ≥95% | 100% |
    """
    if actual.unit != "%" or actual.number is None or not re.search(_SHARES, name):
        return
    if "增" in name or "提高" in name or "提升" in name:
        return
    if actual.number < 0:
        wrong = "小于 0"
    elif actual.number > 100:
        wrong = "大于 100%"
    else:
        return
    yield Problem(
        "actual",
        f"“{name.strip()}”的实际完成值是“{display(actual)}”，占比不会{wrong}。",
        "核对分子和分母；如果是完成计划的百分比，改名称或者改填完成的数量。",
        values={"实际完成值": display(actual)},
    )
