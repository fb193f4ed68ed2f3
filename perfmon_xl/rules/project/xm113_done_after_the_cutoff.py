"""XM113: what was done after the day to which the report counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.passage import Topic
from perfmon_xl.ledger.when import When
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import sentences_of_people
from perfmon_xl.rules.facts import Facts

_WHERE = (Topic.PROGRESS, Topic.INDICATOR, Topic.FUND_NOTE, Topic.OVERALL, Topic.CONCLUSION)
_DONE = re.compile(
    r"已|完成了|(?<!待)(?<!未)完成(?!时间|目标|任务|全年|年度)|举办|召开|组织|安装|验收|到货|发放|支付|到位|开展|建成|竣工|印发|通过"
)
_MONITORS = re.compile(r"监控组|项目组|评价组|工作组|监控人员|查阅|核查|现场|调研|本报告|问卷")
_AHEAD = re.compile(
    r"计划|拟|将|需|预计|力争|确保|争取|准备|安排|应|建议|要|再|届时|可|继续|抓紧|务必|待|补|剩余|其余|下一步|目标|前|以内"
)


@rule(
    "XM113",
    title="写了监控截止日以后的事",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("A02", "A03"),
)
def done_after_the_cutoff(facts: Facts) -> Iterator[Problem]:
    """进展、分析和结论里写成已经做了的事，日期应当不晚于监控截止日。

    为什么：数截到9月30日，10月的事就不在里面；多半是日期写错，或者年度写错。计划以后做的不算。

    不对：截止日是9月30日，10月28日已经安装
    监控截止日期：2025-09-30
    进展表
    | 事项 | 进展情况 |
    | 设备 | 购置设备37台，已于2025年10月28日安装使用。 |

    不对：四季度还没有到
    监控截止日期：2025-09-30
    进展表
    | 事项 | 进展情况 |
    | 培训 | 四季度举办培训班3期，已培训110人次。 |

    对：以前的事，以后的计划
    监控截止日期：2025-09-30
    进展表
    | 事项 | 进展情况 |
    | 设备 | 9月28日已安装设备37台，剩余11台计划10月28日安装，四季度再培训50人次。 |
    """
    cutoff = facts.monitoring.project.cutoff
    if cutoff is None:
        return
    for statement in sentences_of_people(facts):
        if statement.passage.topic not in _WHERE:
            continue
        for when in statement.sentence.whens:
            clause = re.split(r"[，,；;]", statement.sentence.text[max(0, when.start - 200) : when.start])[-1]
            after = re.split(r"[，,；;。]", statement.sentence.text[when.end : when.end + 200])[0]
            following = statement.sentence.text[when.end : when.end + 24]
            if (
                _MONITORS.search(statement.sentence.text)
                or (when.first <= cutoff and not _not_over(when, cutoff))
                or when.last.year > cutoff.year + 1
                or _AHEAD.search(statement.sentence.text[max(0, when.start - 30) : when.start] + after)
            ):
                continue
            counted = _not_over(when, cutoff) and re.search(r"\d", after)
            if not counted and (
                not _DONE.search(clause[-4:] + after) or (not when.is_day and "已" not in clause + following)
            ):
                continue
            yield Problem(
                statement.passage.field,
                f"写的是“{clause[-10:].strip()}{when.text}{after[:12]}”，监控截止日期是 {cutoff.year}年{cutoff.month}月{cutoff.day}日，还没有到。",
                "核对日期；截止日以后才做的，写成计划，数不要算进本期。",
                at=statement.passage.origin,
                values={"文字": when.text, "监控截止日期": str(cutoff)},
            )
            break


def _not_over(when: When, cutoff: date) -> bool:
    """“前三季度”“1-9月”：从年初起的一段，到截止日还没有过完。"""
    return (
        not when.is_day
        and (when.first.month, when.first.day) == (1, 1)
        and when.first.year == cutoff.year
        and when.last.month > cutoff.month
        and when.last.month < 12
    )
