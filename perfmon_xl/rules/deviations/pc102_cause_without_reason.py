"""PC102: a cause is chosen and not explained."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.rules import Problem, Severity, rule


@rule(
    "PC102",
    title="选了偏差原因没有写原因说明",
    severity=Severity.ERROR,
    basis="预算管理一体化平台的校验规则",
    covers=("G02",),
)
def cause_without_reason(record: Compared, *, cause: str) -> Iterator[Problem]:
    """选了偏差原因的，要在原因说明里写具体情况。

    为什么：“人员保障”四个字说不清缺什么人、影响了什么，平台规定选了就要说明。

    不对：只选了原因
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 偏差原因 | 原因说明 |
    | 巡回医疗次数 | ≥24次 | 9次 | 人员保障 | |

    对：写了具体情况
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 偏差原因 | 原因说明 |
    | 巡回医疗次数 | ≥24次 | 9次 | 人员保障 | 3名医生5月起抽调，8月归队后补开展。 |
    """
    if not record.reason.strip() and "reason" not in record.place.faults:
        yield Problem(
            "reason",
            f"“{record.name}”的偏差原因选了“{cause.strip()}”，原因说明空着。",
            "写明具体是什么情况、影响多少、什么时候能解决。",
            values={"偏差原因": cause.strip()},
        )
