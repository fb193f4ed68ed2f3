"""ZB215: a rate whose unit is not a percentage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.target import Kind
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.rows import first_with

_RATE = re.compile(
    r"(合格|达标|及时|准确|完成|覆盖|参与|知晓|合规|完好|就业|巩固|入学|接种|利用|使用|办结|成活|到位|执行|发放)率$|满意度$|占比$|比例$"
)
_UNITS = re.compile(r"^(人|人次|名|件|个|户|场|次|座|台|套|份|家|亩|公里|元|万元|吨|项)$")


@rule(
    "ZB215",
    title="比率指标的单位不是百分号",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("D04", "D05"),
)
def rate_with_other_unit(indicator: Indicator) -> Iterator[Problem]:
    """名称是率、占比、满意度的，单位应当是 %；写成人、件、元的，名称和数有一个错了。

    为什么：“参与率≥300人”说的是人数，不是率；按率去比、去汇总都不对。

    不对：参与率的单位是人
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 农户参与率 | ≥300人 |

    不对：区间也一样
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 床位使用率 | 80-90个 |

    对：百分数；满意度按分；周转率、频率有别的单位
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 |
    | 农户参与率（%） | ≥80% |
    | 患者满意度 | ≥90分 |
    | 病床周转率 | ≥3次 |
    | 人口出生率 | ≤12‰ |
    """
    found = first_with(indicator.current_rows, _other_unit)
    if found is None:
        return
    target, tables = found
    yield Problem(
        target.target_field,
        f"{tables}“{target.title}”是比率，目标值 {target.target_text} 的单位却是“{target.annual_target.unit}”。",
        f"考核的是多少{target.annual_target.unit}，名称去掉“率”；考核的是比率，目标值写成百分数。",
        of=target,
        values={"指标": target.title, "单位": target.annual_target.unit},
    )


def _other_unit(target: IndicatorRow) -> bool:
    if re.search(r"[（(][%％][)）]$", target.title):
        return False  # 名称里写了（%）的，由“名称和目标值单位不同”报
    known = target.annual_target.kind in (Kind.NUMBER, Kind.RANGE)
    return known and bool(
        _UNITS.match(target.annual_target.unit) and _RATE.search(indicator_key(target.title))
    )
