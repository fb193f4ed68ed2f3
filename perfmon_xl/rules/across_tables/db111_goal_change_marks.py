"""DB111: the goal is marked as changed, and no new text given, or the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import GoalChange
from perfmon_xl.domain.target import normalise
from perfmon_xl.rules import Problem, Severity, rule

_UNCHANGED = (
    "",
    "—",
    "-",
    "--",
    "——",
    "/",
    "无",
    "未调整",
    "没有调整",
    "不调整",
    "不变",
    "同原目标",
    "同左",
    "同上",
    "与原目标一致",
    "与原目标相同",
    "无调整",
    "未作调整",
    "同原申报",
    "同原申报内容",
    "无变化",
)


@rule("DB111", title="总目标是否调整与内容不符", severity=Severity.ERROR, basis="表内勾稽", covers=("H09",))
def goal_change_marks(change: GoalChange, *, changed: str) -> Iterator[Problem]:
    """表2选“是”的要写调整后内容，而且与原文不同；选“否”的不写，或与原文相同。

    为什么：说调整了又没有新的内容，报告里的目标就不知道用哪个。

    不对：说调整了，没有写
    总目标调整表
    | 目标 | 原申报表内容 | 是否调整 | 调整后内容 |
    | 年度绩效目标 | 完成病险水库除险加固。 | 是 | |

    对：调整了
    总目标调整表
    | 目标 | 原申报表内容 | 是否调整 | 调整后内容 |
    | 年度绩效目标 | 完成病险水库除险加固。 | 是 | 完成3座病险水库除险加固，保护农田1.2万亩。 |
    """
    unchanged = re.sub(r"[\s。（）()]", "", change.revised) in _UNCHANGED
    same = unchanged or normalise(change.revised) == normalise(change.original)
    if changed.strip() == "是" and unchanged and change.revised.strip():
        text, hint = (
            f"选了“是”，调整后内容写的是“{change.revised.strip()}”。",
            "没有调整的选“否”；调整了的写上新的内容。",
        )
    elif changed.strip() == "是" and not change.revised.strip():
        text, hint = "选了“是”，没有写调整后内容。", "写上调整后的目标；没有调整的选“否”。"
    elif changed.strip() == "是" and same:
        text, hint = "选了“是”，调整后内容与原文一样。", "没有调整的选“否”；调整了的写上新的内容。"
    elif changed.strip() == "否" and change.revised.strip() and not same:
        text, hint = "选了“否”，调整后内容却与原文不同。", "调整了的选“是”；没有调整的把调整后内容空着。"
    else:
        return
    yield Problem("revised", f"总目标{text}", hint)
