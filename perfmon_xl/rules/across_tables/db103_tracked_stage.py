"""DB103: the tracked target is neither the stage target nor the annual one."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted, Compared
from perfmon_xl.domain.target import Comparator
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display, equal, pair


@rule(
    "DB103",
    title="跟踪目标值与表4的目标不同",
    severity=Severity.ERROR,
    basis="表间勾稽",
    covers=("F06", "D13"),
)
def tracked_stage(indicator: Indicator, *, adjusted: Adjusted, compared: Compared) -> Iterator[Problem]:
    """表3的跟踪目标值应与表4本阶段应完成值一样；按全年填的，应与全年目标一样，阶段目标又不高于它。

    为什么：跟踪目标是监控时拿来比的数，表4换了一个数，偏差就没有依据。

    不对：跟踪目标 1000，阶段目标 5000
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 | 是否跟踪 |
    | 健康讲座人次 | ≥1000人次 | 原指标 | ≥1000人次 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 健康讲座人次 | ≥1000人次 | 5000人次 |

    对：跟踪目标按全年填，阶段按序时折算
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 | 是否跟踪 |
    | 健康讲座人次 | ≥1000人次 | 原指标 | ≥1000人次 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 健康讲座人次 | ≥1000人次 | ≥600人次 |

    对：跟踪目标就是阶段目标
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 跟踪目标值 | 是否跟踪 |
    | 健康讲座人次 | ≥1000人次 | 原指标 | ≥600人次 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 健康讲座人次 | ≥1000人次 | 600人次 |
    """
    track, stage, annual = adjusted.tracked_target, compared.stage, compared.annual
    if not adjusted.is_tracked or equal(track, stage) is not False:
        return
    both = pair(stage, annual)
    over = both is not None and both[0] > both[1]
    # 一个“≤5万元”，一个“4万元”：上限不该自己变，除非阶段也写明是上限。
    vague = measures.is_reverse(annual) and stage.comparator is Comparator.UNSTATED
    if equal(track, annual) and not over and not vague:
        return
    yield Problem(
        "stage",
        f"“{indicator.name}”的跟踪目标值（表3）是“{display(track)}”，"
        f"表4的本阶段应完成值是“{display(stage)}”，全年目标是“{display(annual)}”。",
        "先定本阶段应完成多少，两张表填同一个数；不要把实际完成数填进目标栏。",
        of=compared,
        values={"跟踪目标值": display(track), "本阶段应完成": display(stage), "全年目标": display(annual)},
    )
