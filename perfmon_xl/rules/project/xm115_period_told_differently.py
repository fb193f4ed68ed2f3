"""XM115: the text gives the project another period, or plans its work for after its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.passage import Topic
from perfmon_xl.ledger.reading import Sentence
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Said, said
from perfmon_xl.rules.facts import Facts

_PERIOD = re.compile(
    r"(?:实施期限?|建设期限?|项目期限?|执行期限?|项目周期|实施周期|起止(?:时间|日期)|实施时间)[^，,。；\uf000-\uf7ff]{0,6}(?:自|从)?(?P<a>[\uf000-\uf7ff])[日]?(?:起)?(?:至|到|—|-|～|~)+(?P<b>[\uf000-\uf7ff])"
)
_PERIOD_TOPICS = (Topic.BACKGROUND, Topic.SCOPE, Topic.PROGRESS, Topic.OTHER)
_ITS_WORK = re.compile(r"完成|建成|补齐|剩余|其余|安装|改造|购置|采购|培训|支付|拨付|到位|开工|验收")
_NEXT = re.compile(r"下一?年|次年|明年|跨年|结转|续建|二期|质保|管护|运维|长效|申报|编制|预算|制度|办法|机制")


@rule(
    "XM115",
    title="文字里的时间超出项目的起止日期",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("A02", "A03"),
)
def period_told_differently(facts: Facts) -> Iterator[Problem]:
    """文字里写的实施期，应当与项目信息里的起止日期一样；本项目的事，不能安排到项目结束以后。

    为什么：期限有两个，进度和预警就有两种算法；安排到结束以后的事，今年的资金和目标都管不着。

    不对：背景里写到下一年6月
    预算年度：2024
    项目开始日期：2024-03-01
    项目结束日期：2024-12-15
    项目背景：实施期为2024年3月至2025年6月。

    不对：措施安排在项目结束以后
    预算年度：2024
    项目开始日期：2024-03-01
    项目结束日期：2024-12-15
    问题措施表
    | 问题 | 措施 | 措施说明 |
    | 改造慢 | 增加班组 | 2025年3月底前完成剩余13处改造。 |

    对：一样；结束以后的是管护、下一年的预算
    预算年度：2024
    项目开始日期：2024-03-01
    项目结束日期：2024-12-15
    项目背景：实施期为2024年3月至12月。
    问题措施表
    | 问题 | 措施 | 措施说明 |
    | 改造慢 | 增加班组 | 11月底前完成剩余13处改造，2025年3月底前建立长效管护制度。 |
    """
    project = facts.monitoring.project
    if project.end is None:
        return
    for one in said(facts):
        if one.passage.topic in _PERIOD_TOPICS:
            yield from _told(one, project.start, project.end)
        elif one.passage.topic is Topic.MEASURE:
            yield from _planned(one, project.end)


def _told(one: Said, start: date | None, end: date) -> Iterator[Problem]:
    for found in _PERIOD.finditer(one.sentence.skeleton):
        first, last = one.sentence.when(found["a"]).first, one.sentence.when(found["b"]).last
        ends = last == end or (last.year, last.month) == (end.year, end.month)
        starts = start is None or first == start or (first.year, first.month) == (start.year, start.month)
        if not (ends and starts):
            yield Problem(
                one.passage.field,
                f"写的是“{one.sentence.shown(found.start(), found.end())}”，项目信息的起止日期是 {start or '（空）'} 至 {end}。",
                "核对批复，两处改成一样；只讲其中一个阶段的，写明是哪个阶段。",
                at=one.passage.origin,
                values={"文字": one.sentence.shown(found.start(), found.end()), "结束日期": str(end)},
            )
            return


def _planned(one: Said, end: date) -> Iterator[Problem]:
    for found in re.finditer(r"[\uf000-\uf7ff]", one.sentence.skeleton):
        when = one.sentence.when(found[0])
        clause = _clause(one.sentence, found.start())
        if when.first <= end or not when.stated or _NEXT.search(clause) or not _ITS_WORK.search(clause):
            continue
        yield Problem(
            one.passage.field,
            f"措施安排在“{when.text}”，项目结束日期是 {end}，那时项目已经结束。",
            "改到项目结束以前；要延期的，先办延期手续并改项目结束日期。",
            at=one.passage.origin,
            values={"文字": when.text, "结束日期": str(end)},
        )
        return


def _clause(sentence: Sentence, place: int) -> str:
    before = re.split(r"[，,；;]", sentence.skeleton[:place])[-1]
    after = re.split(r"[，,；;。]", sentence.skeleton[place:])[0]
    return before + after
