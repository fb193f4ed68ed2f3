"""PC115: a cause that is none of the fixed ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.rules import Problem, Severity, rule

_CAUSES = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "硬件保障", "其他", "其他保障", "其他原因")
_LOCAL = ("规划和目标设计", "投入保障", "项目管理")


@rule(
    "PC115",
    title="偏差原因不在规定的几项里",
    severity=Severity.WARNING,
    basis="项目支出绩效目标执行监控表",
    covers=("G02",),
)
def cause_not_listed(record: Compared, *, cause: str) -> Iterator[Problem]:
    """偏差原因从经费保障、制度保障、人员保障、硬件条件保障、其他里选，几项的用顿号隔开；具体情况写到原因说明里。

    为什么：原因要能汇总；写成一句话，平台导不进去，也统计不了。

    不对：写了一句话
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 偏差原因 |
    | 清淤河道 | ≥12公里 | 汛期长，施工慢 |

    对：选了两项
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 偏差原因 |
    | 清淤河道 | ≥12公里 | 经费保障、其他 |
    """
    parts = [p for p in re.split(r"[、，,；;/\s]+", cause.strip()) if p]
    unknown = [p for p in parts if p not in _CAUSES and p not in _LOCAL and p not in ("无", "-", "--", "---")]
    if unknown:
        yield Problem(
            "cause",
            f"“{record.name}”的偏差原因写的是“{cause.strip()}”，“{unknown[0]}”不是规定的原因。",
            "从经费保障、制度保障、人员保障、硬件条件保障、其他里选，这句话移到原因说明。",
            values={"偏差原因": cause.strip()},
        )
