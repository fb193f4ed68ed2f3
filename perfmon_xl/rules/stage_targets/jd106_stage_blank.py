"""JD106: no stage target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.proposals import is_proposal
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display

_SEVERAL = 3  # proposals up to which each is told by itself
_NOT_DUE = re.compile("尚未|未到|尚不|暂未|暂不|还未|本阶段不|年底|年终|年末")


@rule(
    "JD106",
    title="没有填本阶段应完成值",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("F03",),
    criticism=("目标设置", "按月分解全年目标"),
)
def stage_blank(facts: Facts) -> Iterator[Problem]:
    """有全年目标的指标，要填到监控日应完成多少；整栏都空着的只提一次。

    为什么：没有阶段目标，只能拿七月的数和全年比，偏差和是否达成都没有依据。

    不对：空着
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 数量指标 | 图书采购 | ≥8000册 | |

    对：写明了还没有到时候
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 经济效益指标 | 亩均增产 | ≥80公斤 | / | 尚未测产 |

    对：期限还没有到的日期
    监控截止日期：2024-08-31
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 时效指标 | 补助发放完成时间 | 2024年12月底前 | |
    | 数量指标 | 图书采购 | ≥8000册 | ≥4000册 |

    对：填了
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 数量指标 | 图书采购 | ≥8000册 | ≥4000册 |
    """
    rows = [c for c in facts.monitoring.compared if not c.annual.is_blank]
    blank = [c for c in rows if c.stage.is_blank and "stage" not in c.place.faults]
    proposed = [c for c in blank if is_proposal(c.place.raw.get("stage", ""))]
    if len(proposed) > _SEVERAL:
        yield Problem(
            "stage",
            f"{len(proposed)} 个指标的本阶段应完成值还是按序时算的建议，没有人核定，不算数。",
            "认可的在“核定”选“是”，或者打上自己的数。",
            of=proposed[0],
            values={"没有核定的": str(len(proposed))},
        )
        blank = [c for c in blank if c not in proposed]
    if len(blank) == len(rows) > 1:
        yield Problem(
            "stage",
            f"{len(rows)} 个指标的本阶段应完成值都空着，是否达成只能与全年目标比。",
            "数量按分月计划填，没有计划的用全年目标乘序时进度；比率、质量、成本一般与全年相同。",
            of=rows[0],
            values={"空着的": str(len(rows))},
        )
        return
    for record in blank:
        if facts.figures.of(record).is_not_due:
            continue  # “2024年12月底前”: a day that is still to come asks for nothing now
        if not record.actual.is_number and _NOT_DUE.match(record.actual.raw.strip()):
            continue  # “尚未测产”: nothing is to be done in this stage, and the row says so
        same = not record.accumulates
        if is_proposal(proposal := record.place.raw.get("stage", "")):
            yield Problem(
                "stage",
                f"“{record.name}”的本阶段应完成值还是按序时算的“{proposal}”，没有人核定，不算数。",
                "认可的在“核定”选“是”，或者打上自己的数。",
                of=record,
                values={"全年目标": display(record.annual), "建议": proposal},
            )
            continue
        yield Problem(
            "stage",
            f"“{record.name}”的全年目标是“{display(record.annual)}”，本阶段应完成值空着。",
            "比率、质量、成本的阶段目标一般与全年相同。"
            if same
            else "按分月计划填，没有计划的用全年目标乘序时进度。",
            of=record,
            values={"全年目标": display(record.annual), "本阶段应完成": "空"},
        )
