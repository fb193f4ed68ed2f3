"""JG204: one indicator that counts two things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.rows import first_with

_MEASURE = r"(?:人数|人次|次数|场次|场数|户数|件数|个数|数量|台数|面积|长度|里程|金额|(?:合格|达标|及时|准确|覆盖|完成|合规|知晓|参与|完好)率|满意度)"
_TWO = re.compile(rf"({_MEASURE})(?:和|与|及|以及|、|/)(.*?{_MEASURE})$")


@rule("JG204", title="一个指标考核两件事", severity=Severity.WARNING, basis="通行做法", covers=("C08", "D14"))
def two_things_in_one(indicator: Indicator) -> Iterator[Problem]:
    """“培训人数和场次”是两个指标，一个目标值管不了两件事，要拆开。

    只报两个都是量（人数、场次、面积、合格率）的；“高血压和糖尿病患者人数”说的是一个数，不报。

    为什么：一件完成、一件没完成，这个指标算完成还是没完成说不清。

    不对：人数和场次
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 教师培训人数和场次 | ≥300人 |

    不对：两个率
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 设备验收合格率及交付及时率 | ≥95% |

    对：拆开；合起来数的
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 教师培训人数 | ≥300人 |
    | 高血压和糖尿病患者管理人数 | ≥2.1万人 |
    | 机关、学校满意度 | ≥90% |
    """
    found = first_with(indicator.current_rows, lambda t: bool(_parts(t)))
    if found is None:
        return
    target, tables = found
    parts = _parts(target)
    assert parts is not None
    yield Problem(
        "name",
        f"{tables}“{target.title}”里有“{parts[1]}”和“{parts[2]}”两件事，目标值只有一个 {target.target_text or '（空）'}。",
        "拆成两个指标，各写各的目标值。",
        of=target,
        values={"指标": target.title, "目标值": target.target_text},
    )


def _parts(target: IndicatorRow) -> re.Match[str] | None:
    return _TWO.search(indicator_key(target.title))
