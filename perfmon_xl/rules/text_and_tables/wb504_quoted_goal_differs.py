"""WB504: the goal quoted in a problem, not as the tables have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.text_keys import prose_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_QUOTED = re.compile(r"“([^“”]{12,300})”")
_ALIKE = 0.8
_WHERE = (Topic.PROBLEM, Topic.MEASURE, Topic.OVERALL, Topic.CONCLUSION)


@rule(
    "WB504",
    title="引用的绩效目标与表1原文不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H09",),
)
def quoted_goal_differs(facts: Facts) -> Iterator[Problem]:
    """加引号引用年度绩效目标的，一字不差。

    为什么：带引号就是原文；多一个“顺利”、少一个“确保”，读者不知道申报表上到底怎么写的。

    不对：引文多了“顺利”
    年度绩效目标：保障乡镇供水工程的维修养护工作进行，帮助偏远村组用上安全饮水。
    问题措施表
    | 问题 | 问题说明 | 措施 |
    | 目标宽泛 | 年度绩效目标“保障乡镇供水工程的维修养护工作顺利进行，帮助偏远村组用上安全饮水”过于宽泛。 | 细化目标 |

    对：引文相同；标点全角半角不同不算
    年度绩效目标：保障乡镇供水工程的维修养护工作进行,帮助偏远村组用上安全饮水。
    问题措施表
    | 问题 | 问题说明 | 措施 |
    | 目标宽泛 | 年度绩效目标“保障乡镇供水工程的维修养护工作进行，帮助偏远村组用上安全饮水”过于宽泛。 | 细化目标 |
    """
    goal = prose_key(facts.monitoring.goal.text).rstrip("。")
    if len(goal) < 12:
        return
    for passage in facts.passages:
        if passage.topic not in _WHERE:
            continue
        for match in _QUOTED.finditer(passage.text):
            quoted = prose_key(match[1]).rstrip("。，")
            if quoted in goal:
                continue
            matcher = SequenceMatcher(None, goal, quoted, autojunk=False)
            if matcher.ratio() < _ALIKE:
                continue
            changes = [
                f"“{goal[a:b]}”→“{quoted[c:d]}”"
                if b > a and d > c
                else f"{'少' if b > a else '多'}“{goal[a:b] or quoted[c:d]}”"
                for tag, a, b, c, d in matcher.get_opcodes()
                if tag != "equal"
            ]
            yield Problem(
                passage.field,
                f"引用的年度绩效目标与表1不一样：引文{'、'.join(changes[:3])}。",
                "照表1原文引用；表1写错的，改表1。",
                at=passage.origin,
                values={"引文": match[1][:30], "表1": facts.monitoring.goal.text.strip()[:30]},
            )
