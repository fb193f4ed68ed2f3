"""ZB204: the comparator points the wrong way for what the indicator measures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.target import Comparator
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.rows import first_with

_MORE = re.compile(
    r"(满意度|(?<!不)(合格|优良|达标|完好|及时|准确|覆盖|合规|知晓|结案|办结|验收通过|巩固)率)([（(][^（()）]*[)）])?$"
)
_LESS = re.compile(
    r"((投诉|差错|事故|死亡|发病|返工|违规|破损|误报|空置|失业|辍学|不合格)(发生)?(率|起数|次数|件数)"
    r"|(成本|费用|造价|经费|投资)控制(数|额)|(单位|总)成本|单价)([（(][^（()）]*[)）])?$"
)
_LOWERED = re.compile(r"下降|降低|减少|压减|节约|处理|处置|办结|回复|解决|查处|调解|整改|办理")


@rule("ZB204", title="目标值的比较符方向反了", severity=Severity.WARNING, basis="通行做法", covers=("D06",))
def wrong_direction(indicator: Indicator) -> Iterator[Problem]:
    """越高越好的（合格率、满意度）写 ≥，越低越好的（投诉率、成本控制数）写 ≤。

    为什么：方向反了，做得越差越算完成，完成率、偏差和预警灯全是反的。

    不对：合格率写成不超过
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 工程验收合格率 | ≤95% |

    不对：投诉率、成本控制数写成不低于
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 患者投诉率 | ≥2% |
    | 建设成本控制数 | ≥80万元 |

    对：各按各的方向；投诉处理率、成本降低率越高越好
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 工程验收合格率 | ≥95% |
    | 抽检不合格率 | ≤3% |
    | 患者投诉率 | ≤2% |
    | 投诉处理及时率 | ≥98% |
    | 病床单位成本降低率 | ≥3% |
    | 建设成本控制数 | 80万元 |
    """
    found = first_with(indicator.current_rows, _reversed)
    if found is None:
        return
    target, tables = found
    better, sign = ("越高越好", "≥") if _MORE.search(target.title) else ("越低越好", "≤")
    yield Problem(
        target.target_field,
        f"{tables}“{target.title}”应当{better}，目标值写成 {target.target_text}。",
        f"改为“{sign}{str(target.annual_target).lstrip('≥≤><=')}”；确实要这样写的，在指标解释里说明。",
        of=target,
        values={"目标值": target.target_text, "应当": better},
    )


def _reversed(target: IndicatorRow) -> bool:
    sign = target.annual_target.comparator
    if sign in (Comparator.AT_MOST, Comparator.LESS):
        return bool(_MORE.search(target.title))
    if sign in (Comparator.AT_LEAST, Comparator.MORE):
        return bool(_LESS.search(target.title)) and not _LOWERED.search(target.title)
    return False
