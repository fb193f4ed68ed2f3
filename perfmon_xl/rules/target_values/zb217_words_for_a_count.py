"""ZB217: the name is a count or a rate, the target is words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.target import Kind
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.rows import first_with

_COUNT = re.compile(
    r"(人数|人次|次数|户数|件数|个数|场次|数量|台数|套数|面积|里程|长度|吨数|金额)$"
    r"|(合格|达标|及时|准确|覆盖|完成|参与|知晓|办结|合规|完好|就业|入学|接种|成活|到位|使用|利用)率$|满意度$"
)


@rule(
    "ZB217",
    title="名称是数，目标值没有数",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("D08", "D09"),
)
def words_for_a_count(indicator: Indicator) -> Iterator[Problem]:
    """人数、面积、合格率这样的指标，目标值要是数，不能是“完成”“提升”“全覆盖”。

    为什么：没有数就没有完成率；做了一个人和做了一百个人都能写“完成”。

    不对：人数写成完成
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 教师培训人数 | 按计划完成 |

    不对：满意度写成满意
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 受益农户满意度 | 满意 |

    对：数；定性的指标写文字
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 教师培训人数 | ≥300人 |
    | 受益农户满意度 | ≥90% |
    | 管护机制 | 健全 |
    """
    found = first_with(indicator.current_rows, _words)
    if found is None:
        return
    target, tables = found
    rate = indicator_key(target.title).endswith(("率", "度"))
    yield Problem(
        target.target_field,
        f"{tables}“{target.title}”要用数来说，目标值却是“{target.target_text}”，算不了完成率。",
        f"写成{'百分数，如 ≥95%' if rate else '数和单位，如 ≥300人、≥20公里'}；说不出数的，换成定性的指标名称。",
        of=target,
        values={"指标": target.title, "目标值": target.target_text},
    )


def _words(target: IndicatorRow) -> bool:
    return target.annual_target.kind is Kind.WORDS and bool(_COUNT.search(indicator_key(target.title)))
