"""DB110: the declared goal is not quoted word for word."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.target import normalise
from perfmon_xl.domain.text_keys import words_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("DB110", title="年度绩效目标前后文字不同", severity=Severity.WARNING, basis="表间勾稽", covers=("H09",))
def goal_text(facts: Facts) -> Iterator[Problem]:
    """表2“原申报表内容”要与表1的年度绩效目标一字不差（标点全角半角不算）。

    为什么：原文就是原文，差一个字，就不知道哪个是批复的。

    不对：少了两个字
    年度绩效目标：完成灌区节水改造，提高农业用水效率。
    总目标调整表
    | 目标 | 原申报表内容 | 是否调整 |
    | 年度绩效目标 | 完成灌区改造，提高农业用水效率。 | 否 |

    对：只是标点不同
    年度绩效目标：完成灌区节水改造，提高农业用水效率。
    总目标调整表
    | 目标 | 原申报表内容 | 是否调整 |
    | 年度绩效目标 | 完成灌区节水改造,提高农业用水效率 | 否 |
    """
    declared = words_key(normalise(facts.monitoring.goal.text))
    changes = [c for c in facts.monitoring.goal_changes if c.original.strip()]
    if not declared or len(changes) != 1:
        return
    quoted = words_key(normalise(changes[0].original))
    if quoted == declared:
        return
    start = next(
        (i for i, (a, b) in enumerate(zip(declared, quoted, strict=False)) if a != b),
        min(len(declared), len(quoted)),
    )
    here, there = declared[max(0, start - 6) : start + 8], quoted[max(0, start - 6) : start + 8]
    yield Problem(
        "original",
        f"表2引用的年度绩效目标与表1不同：表1是“…{here}…”，表2是“…{there}…”。",
        "照批复的申报表原文改成一样。",
        of=changes[0],
        values={"表1": facts.monitoring.goal.text.strip(), "表2": changes[0].original.strip()},
    )
