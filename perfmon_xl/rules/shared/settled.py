"""The new target that an explanation of 表3 settles: “由20片调整为18片”."""

from __future__ import annotations

import re

from perfmon_xl.domain.model import Adjusted
from perfmon_xl.domain.target import TargetValue, read_target

_SETTLED = re.compile(
    r"(?:调整|调减|调增|核减|核增|下调|上调|变更|修改|压减|追加|降|增|调|改)(?:为|至|到|成)(?P<value>[≥≤=]?\d[\d.,]*\s*[^\d，,。；;、）)（(]{0,8})"
)


def settled_targets(row: Adjusted) -> tuple[TargetValue, ...]:
    """解释里写明调整成的目标值；没有写的是空的。

    >>> [t.raw for t in settled_targets(Adjusted(explanation="经批准由20片调整为18片；阶段值9片。"))]
    ['18片']
    """
    return tuple(read_target(match["value"].strip()) for match in _SETTLED.finditer(row.explanation))
