"""What the problems of the report leave out, said for however many there are."""

from __future__ import annotations

from collections.abc import Sequence

from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.model import ProblemEntry
from perfmon_xl.domain.wording import PROBLEMS


def unmentioned(problems: Sequence[ProblemEntry]) -> Wordable:
    """“2 个问题里都没有提到”；一个问题也没有写的，照实说。

    >>> str(unmentioned(()))
    '“问题与措施”里一个问题也没有写'
    >>> unmentioned([ProblemEntry(title="进度落后")])
    '写了的问题里没有提到'
    """
    if not problems:
        return PROBLEMS + "里一个问题也没有写"
    return "写了的问题里没有提到" if len(problems) == 1 else f"{len(problems)} 个问题里都没有提到"
