"""JD104: the comparator of the annual target is lost or changed at the stage."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import Comparator, TargetValue
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.comparing import display, pair


@rule("JD104", title="阶段目标的比较符丢了", severity=Severity.WARNING, basis="表内勾稽", covers=("F05",))
def comparator_lost(record: Compared, *, annual: TargetValue, stage: TargetValue) -> Iterator[Problem]:
    """全年目标是 ≤ 的，本阶段目标也要写 ≤；是 ≥ 的可以只写数，不能变成“=”。

    为什么：没有比较符，不知道是上限还是要花到这么多，达没达到就说不清。

    不对：上限没有了
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 单位造价 | ≤1600元 | 1600元 |

    对：都写了
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 单位造价 | ≤1600元 | ≤1600元 |
    """
    lost = stage.is_number and stage.comparator is Comparator.UNSTATED and measures.is_reverse(annual)
    equal_now = stage.comparator is Comparator.EQUAL and annual.comparator not in (
        Comparator.UNSTATED,
        Comparator.EQUAL,
    )
    both = pair(stage, annual)
    if equal_now and not measures.is_reverse(annual) and both is not None and both[0] > both[1]:
        return  # 变成“=”又高于全年的，先改数
    if not lost and not equal_now:
        return
    if not annual.comparator.value:
        return  # nothing was written that could be lost
    bare = stage.raw.strip().lstrip("=＝═ ")
    yield Problem(
        "stage",
        f"“{record.name}”的全年目标是“{display(annual)}”，本阶段应完成写成“{display(stage)}”，"
        f"“{annual.comparator}”{'没有了' if lost else '变成了“=”'}。",
        f"写成“{annual.comparator}{bare}”。",
        values={"全年目标": display(annual), "本阶段应完成": display(stage)},
    )
