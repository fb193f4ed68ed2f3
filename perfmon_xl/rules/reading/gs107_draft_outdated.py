"""GS107: a draft nobody has touched, written from numbers that have changed since."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.wording import FILL
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("GS107", title="草稿照的是以前的数", severity=Severity.ERROR, basis="文表勾稽", on_report=None)
def draft_outdated(facts: Facts) -> Iterator[Problem]:
    """还没有人改过的草稿，里面的数要与表里现在填的一样。

    为什么：起草以后又改了数、没有再填充，报告里表是新数、文字是旧数。人改过的段落由“文字与表”的规则检查。

    不对：实际完成值改过，草稿还是旧的
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 办理案件数 | ≥70件 | ≥58件 | 62件 |
    指标分析表
    | 事项 | 内容 | 草稿原文 |
    | 办理案件数 | 全年目标值不少于70件，本阶段应完成不少于58件，实际完成60件。 | 全年目标值不少于70件，本阶段应完成不少于58件，实际完成60件。 |

    对：人改过的段落，不再是草稿
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 办理案件数 | ≥70件 | ≥58件 | 62件 |
    指标分析表
    | 事项 | 内容 | 草稿原文 |
    | 办理案件数 | 截至7月底办结62件，达到阶段目标。 | 实际完成60件。 |
    """
    for difference in facts.outdated:
        if difference.stored and difference.expected:
            change = f"写着“{difference.stored}”，照现在填的应是“{difference.expected}”"
        else:
            change = f"照现在填的，{'不再有' if difference.stored else '还应有'}“{difference.stored or difference.expected}”"
        yield Problem(
            "",
            f"这一段是照以前的数起草的：{change}。",
            FILL + "，没有人改过的草稿会照现在的数重写。",
            at=difference.origin,
            values={"草稿写的": difference.stored, "现在应是": difference.expected},
        )
