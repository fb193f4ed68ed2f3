"""PC118: every cause of the list is given at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Compared
from perfmon_xl.layout.monitoring import LISTS
from perfmon_xl.rules import Problem, Severity, rule

_CAUSES = LISTS["列表_偏差原因"]


@rule("PC118", title="偏差原因全都选了", severity=Severity.WARNING, basis="通行做法", covers=("I07",))
def every_cause(compared: Compared, *, cause: str) -> Iterator[Problem]:
    """偏差原因应当选主要的，不应把各项全选上。

    为什么：五项全选等于没有选，看不出问题出在哪里，也定不了措施。

    不对：五项全选
    目标对比表
    | 三级目标 | 偏差原因 |
    | 农田灌溉面积 | 经费保障、制度保障、人员保障、硬件条件保障、其他 |

    对：选了两项
    目标对比表
    | 三级目标 | 偏差原因 |
    | 农田灌溉面积 | 经费保障、人员保障 |
    """
    chosen = {word.strip() for word in re.split(r"[、，,；;/\s]+", cause) if word.strip()}
    if set(_CAUSES) <= chosen:
        yield Problem(
            "cause",
            f"“{compared.name}”的偏差原因把 {len(_CAUSES)} 项全选了，看不出主要原因。",
            "留下主要的一两项，在“原因说明”里写清是怎么回事。",
            values={"偏差原因": cause},
        )
