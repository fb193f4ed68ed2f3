"""SJ103: no actual value and no reason."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display


@rule("SJ103", title="没有填实际完成值", severity=Severity.WARNING, basis="通行做法", covers=("E03",))
def actual_blank(record: Compared, facts: Facts, *, annual: TargetValue) -> Iterator[Problem]:
    """有目标值的指标要填实际完成值；到监控日还没有数的，在原因说明里写明。

    为什么：空着看不出是零、没有开展还是没有统计，三种情况的办法不一样。

    不对：空着
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 疫苗接种率 | ≥90% | | |

    对：期限还没有到的日期
    监控截止日期：2024-08-31
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 补助发放完成时间 | 2024年12月底前 | | |

    对：年底才调查，写明了
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 群众满意度 | ≥90% | | 满意度12月统一调查，监控时还没有数。 |
    """
    if facts.figures.of(record).is_not_due:
        return  # 期限还没有到
    if record.actual.is_blank and "actual" not in record.place.faults and not record.reason.strip():
        yield Problem(
            "actual",
            f"“{record.name}”的全年目标是“{display(annual)}”，实际完成值空着，也没有写原因。",
            "没有完成的填 0；还没有开展或者没有统计的，在原因说明里写什么时候能取到。",
            values={"全年目标": display(annual), "实际完成值": "空"},
        )
