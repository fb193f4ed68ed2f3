"""SJ111: a share of more than the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.domain.text_keys import bare_name
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.bounded import cannot_exceed
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

    不对：下降超过了全部；小数点错了一位
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 单位能耗下降率 | ≥35% | 138.2% |
    | 路灯亮灯率 | ≥98% | 986% |
    共报 2 处

    对：增长率可以超过
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训人次增长率 | ≥50% | 103% |
    | 饮水水质合格率 | ≥95% | 100% |
    """
    if actual.unit != "%" or actual.number is None or not _is_share(record, name, actual.number):
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


_FALL = re.compile(r"(?:下降|降低|减少|缩减|压减|削减|缩短)(?:率|幅度|比例)$")
_MAY_EXCEED = re.compile(
    r"增|提高|提升|超|完成|执行|收益|回报|利用|使用|负债|带动|放大|产出|投入|倍|比重|周转"
)
_SLIPPED = Decimal(150)


def _is_share(record: Compared, name: str, actual: Decimal) -> bool:
    """占比，或者降幅；别的率，目标在五成到十成之间、实际超过一倍半的，是小数点错了。"""
    bare = bare_name(name)
    if re.search(_SHARES, bare) or cannot_exceed(bare) or _FALL.search(bare):
        return True
    wanted = record.annual.number if record.annual.unit == "%" else None
    ordinary = wanted is not None and 50 <= wanted <= 100
    return ordinary and bare.endswith("率") and actual > _SLIPPED and _MAY_EXCEED.search(bare) is None
