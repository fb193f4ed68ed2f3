"""DB117: 是否调整 is left blank in table 2."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import GoalChange
from perfmon_xl.rules import Problem, Severity, rule


@rule("DB117", title="表2没有选是否调整", severity=Severity.WARNING, basis="通行做法", covers=("H09",))
def goal_change_blank(change: GoalChange) -> Iterator[Problem]:
    """表2有总目标的，要选是否调整。

    为什么：空着的看不出核对过没有；报告照“没有调整”写，可能写错。

    不对：空着
    总目标调整表
    | 目标 | 原申报表内容 | 是否调整 | 调整后内容 |
    | 年度绩效目标 | 完成病险水库除险加固。 | | |

    对：选了；整行都没有填
    总目标调整表
    | 目标 | 原申报表内容 | 是否调整 | 调整后内容 |
    | 年度绩效目标 | 完成病险水库除险加固。 | 否 | |
    | 年度绩效目标 | | | |
    """
    filled = change.original.strip() or change.revised.strip()
    if filled and not change.changed.strip() and "changed" not in change.place.faults:
        said = "写了调整后内容，" if change.revised.strip() else ""
        yield Problem(
            "changed",
            f"表2的总目标{said}没有选是否调整。",
            "核对以后选一项；改过的，还要写上调整后内容。",
        )
