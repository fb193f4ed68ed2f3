"""XM116: the text gives the project another period than its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, sentences_of_people
from perfmon_xl.rules.facts import Facts

_PERIOD = re.compile(
    r"(?:实施期限?|建设期限?|项目期限?|执行期限?|项目周期|实施周期|起止(?:时间|日期)|实施时间)[^，,。；\uf000-\uf7ff]{0,6}(?:自|从)?(?P<a>[\uf000-\uf7ff])[日]?(?:起)?(?:至|到|—|-|～|~)+(?P<b>[\uf000-\uf7ff])"
)
_PERIOD_TOPICS = (Topic.BACKGROUND, Topic.SCOPE, Topic.PROGRESS, Topic.OTHER)


@rule(
    "XM116",
    title="文字里的实施期与起止日期不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("A02", "A03"),
)
def period_told_differently(facts: Facts) -> Iterator[Problem]:
    """文字里写的实施期，应当与项目信息里的起止日期一样。

    为什么：期限有两个，进度和预警就有两种算法。

    不对：背景里写到下一年6月
    预算年度：2024
    项目开始日期：2024-03-01
    项目结束日期：2024-12-15
    项目背景：实施期为2024年3月至2025年6月。

    对：一样
    预算年度：2024
    项目开始日期：2024-03-01
    项目结束日期：2024-12-15
    项目背景：实施期为2024年3月至12月。
    """
    project = facts.monitoring.project
    if project.end is None:
        return
    for statement in sentences_of_people(facts):
        if statement.passage.topic in _PERIOD_TOPICS:
            yield from _told(statement, project.start, project.end)


def _told(statement: Statement, start: date | None, end: date) -> Iterator[Problem]:
    for match in _PERIOD.finditer(statement.sentence.skeleton):
        first, last = statement.sentence.when(match["a"]).first, statement.sentence.when(match["b"]).last
        ends = last == end or (last.year, last.month) == (end.year, end.month)
        starts = start is None or first == start or (first.year, first.month) == (start.year, start.month)
        if not (ends and starts):
            yield Problem(
                statement.passage.field,
                f"写的是“{statement.sentence.shown(match.start(), match.end())}”，项目信息的起止日期是 {start or '（空）'} 至 {end}。",
                "核对批复，两处改成一样；只讲其中一个阶段的，写明是哪个阶段。",
                at=statement.passage.origin,
                values={"文字": statement.sentence.shown(match.start(), match.end()), "结束日期": str(end)},
            )
            return
