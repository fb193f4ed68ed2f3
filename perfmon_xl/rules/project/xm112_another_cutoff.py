"""XM112: the text states another cutoff than the project's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import sentences_of_people
from perfmon_xl.rules.facts import Facts

_UNTIL = re.compile(
    r"(?:截[至止]|监控(?:时间)?节点(?:为|是|：|:)?|监控截止日(?:期)?(?:为|是|：|:)?|统计截止(?:日期|时间)?(?:为|至|到)?|跟踪节点(?:[（(]|为)?)\s*$"
)
_OTHER_MATTER = re.compile(
    r"上年|去年|以前|历年|又|此后|之后|随后|当时|报名|有效期|合同|公示|招标|投标|申报|受理"
)


@rule("XM112", title="文字里是另一个截止日期", severity=Severity.WARNING, basis="文表勾稽", covers=("A02",))
def another_cutoff(facts: Facts) -> Iterator[Problem]:
    """“截至某日”、“监控时间节点为某日”，应当是项目信息里的监控截止日期。

    为什么：一份报告的数要截到同一天；多半是从上一期抄来没有改，那么后面的数是哪一天的也说不清。
    同一段里另外写了监控截止日期的，说的是过程，不算。

    不对：截止日是9月30日，文字里8月31日
    监控截止日期：2025-09-30
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 截至2025年8月31日，实际支出369万元。 |

    不对：监控期到8月底，截止日是9月30日
    监控截止日期：2025-09-30
    项目背景：监控期为2025年1月至8月。

    对：同一天；另写了过程；上年的
    监控截止日期：2025-09-30
    资金说明表
    | 事项 | 内容 |
    | 资金使用情况 | 截至9月底，实际支出369万元。 |
    | 资金到位率 | 截至2025年8月31日到位450万元，截至2025年9月30日到位470万元。 |
    | 资金投入情况 | 截至2024年底，历年结转20万元。 |
    """
    cutoff = facts.monitoring.project.cutoff
    if cutoff is None:
        return
    yield from _other_period(facts, cutoff)
    seen: set[object] = set()
    own = {id(one.passage): False for one in sentences_of_people(facts)}
    for statement in sentences_of_people(facts):
        for when in statement.sentence.whens:
            if when.first <= cutoff <= when.last:
                own[id(statement.passage)] = True
    for statement in sentences_of_people(facts):
        if (
            own[id(statement.passage)]
            or statement.passage.topic in (Topic.MEASURE, Topic.EXPLANATION)
            or id(statement.passage) in seen
        ):
            continue
        for when in statement.sentence.whens:
            before, after = (
                statement.sentence.text[max(0, when.start - 200) : when.start],
                statement.sentence.text[when.end : when.end + 200],
            )
            if not _UNTIL.search(before) or when.last.year != cutoff.year or when.last == cutoff:
                continue
            if _OTHER_MATTER.search(before[-20:] + after[:16]):
                continue
            seen.add(id(statement.passage))
            yield Problem(
                statement.passage.field,
                f"写的是“{before[-8:].strip()}{when.text}”，监控截止日期是 {cutoff.year}年{cutoff.month}月{cutoff.day}日。",
                "数截到监控截止日的，改日期；确实是另一天的数，更新成监控截止日的，或者写明为什么。",
                at=statement.passage.origin,
                values={"文字": when.text, "监控截止日期": str(cutoff)},
            )
            break


_PERIOD = re.compile(r"监控(?:时?期|时段|区间|期间|时间段?|范围)(?:为|是|自|从|：|:)?$")


def _other_period(facts: Facts, cutoff: date) -> Iterator[Problem]:
    """“监控期为1月至9月”，截止日期却不在9月底。"""
    for statement in sentences_of_people(facts):
        for when in statement.sentence.whens:
            before = statement.sentence.text[max(0, when.start - 12) : when.start]
            if when.is_day or not _PERIOD.search(before.strip()) or when.last.year != cutoff.year:
                continue
            after = statement.sentence.text[when.end : when.end + 2]
            if when.last == cutoff or after[:1] in ("至", "到", "-", "—"):
                continue
            yield Problem(
                statement.passage.field,
                f"写的是“{before[-8:].strip()}{when.text}”，监控截止日期是 {cutoff.year}年{cutoff.month}月{cutoff.day}日。",
                "监控期和截止日期改成一致。",
                at=statement.passage.origin,
                values={"文字": when.text, "监控截止日期": str(cutoff)},
            )
