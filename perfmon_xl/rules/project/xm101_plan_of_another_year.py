"""XM101: the plan, or the state, of a year that is not the budget year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.ledger.reading import Role
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import indicators, sentences_of_people
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.years import budget_year, earlier_years

_BACKGROUND = re.compile(r"安装的|建成的|购置的|修建的|竣工的|投用的|老旧|原有|历史|底数|存量|以来|遗留")
_WHERE = (Topic.INDICATOR, Topic.FUND_NOTE, Topic.OVERALL, Topic.CONCLUSION, Topic.PROGRESS)


@rule(
    "XM101",
    title="文字里写的是另一年",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("A01",),
)
def plan_of_another_year(facts: Facts) -> Iterator[Problem]:
    """分析、资金说明、进展和结论里讲本年计划和完成情况的年份，应当是预算年度（跨年项目在起止年份之内）。

    为什么：多半是从上一年的报告抄来没有改；年份错了，数是哪一年的也说不清。

    不对：2024年的监控写2023年初计划
    预算年度：2024
    指标分析表
    | 事项 | 内容 |
    | 渠道衬砌长度 | 2023年初计划衬砌渠道20公里，截至2024年8月31日已衬砌15公里。 |

    不对：年度目标、进展里的数写成上一年的
    预算年度：2024
    年度绩效目标：2023年建成书屋8个。

    对：与上年比、文件年号、起止年份不算
    预算年度：2024
    指标分析表
    | 事项 | 内容 |
    | 渠道衬砌长度 | 按水农〔2022〕4号文件，2024年计划衬砌20公里，比2023年多5公里；2021年至2025年共100公里。 |

    对：跨年项目
    预算年度：2024
    项目开始日期：2023-03-01
    项目结束日期：2025-12-31
    指标分析表
    | 事项 | 内容 |
    | 渠道衬砌长度 | 2023年已衬砌8公里。 |
    """
    own = {id(statement.passage): statement for statement in sentences_of_people(facts)}
    for passage, stated, words, planning, year in earlier_years(facts, _WHERE):
        planning = planning or (id(passage) in own and _tells_the_result(facts, passage, stated))
        # 下一年的打算可以写；上一年的，没有“计划”“截至”“完成”这样的话，也可能是背景。
        if planning:
            yield Problem(
                passage.field,
                f"写的是{stated}年（“{words}”），预算年度是{year}年。",
                f"是笔误就改成{year}年；确实讲{stated}年的，写明是对比，如“比{stated}年”。",
                at=passage.origin,
                values={"文字": f"{stated}年", "预算年度": str(year)},
            )
    yield from _goals(facts)


_GOAL_YEAR = re.compile(
    r"(?<!比)(?<!较)(?<!至)(?<!从)(?<!自)((?:19|20)\d{2})年(?!以来|至|[-—~～]|底前)[^，。；\n]{0,16}?\d"
)


def _goals(facts: Facts) -> Iterator[Problem]:
    """年度目标里带数的一句，写的是以前的年份。"""
    project = facts.monitoring.project
    year = budget_year(project.year)
    for passage in facts.about(Topic.GOAL) if year is not None else ():
        for match in _GOAL_YEAR.finditer(passage.text):
            stated, first = int(match[1]), min(year or 0, project.start.year if project.start else 9999)
            if stated < first and not _BACKGROUND.search(match[0]):
                yield Problem(
                    passage.field,
                    f"年度目标写的是{stated}年（“{match[0]}…”），预算年度是{year}年。",
                    f"是笔误就改成{year}年；确实讲{stated}年的，写明是对比。",
                    at=passage.origin,
                    values={"文字": f"{stated}年", "预算年度": str(year)},
                )
                break


_SINCE = re.compile(r"今年|本年|当年|(?:19|20)\d{2}年")


def _goes_on_in(before: str, stated: int) -> bool:
    """这个数前面最后写明的年份就是那一年：“2023年4月签订合同，6月到货60套”。"""
    years = _SINCE.findall(before)
    return (
        bool(years)
        and years[-1] == f"{stated}年"
        and len(re.split("[，、]", before[before.rindex(years[-1]) :])) <= 3
    )


def _tells_the_result(facts: Facts, passage: Passage, stated: int) -> bool:
    """写着那一年的分句里，数正是某个指标本年的实际数或目标：是本年的事，年份没有改。"""
    values = [
        v
        for i in indicators(facts)
        for v in (i.subject.actual, i.subject.annual, i.subject.stage)
        if v is not None
    ]
    for statement in sentences_of_people(facts):
        if (
            statement.passage is not passage
            or str(stated) not in statement.sentence.text
            or _BACKGROUND.search(statement.sentence.text)
        ):
            continue
        for n, quantity in enumerate(statement.sentence.quantities):
            clause = statement.sentence.text[: quantity.start]
            if not _goes_on_in(clause, stated) or statement.sentence.roles[n] not in (
                Role.ACTUAL,
                Role.PREVIOUS,
                Role.PLAN,
            ):
                continue
            if quantity.unit not in ("", "%") and any(
                v.kind == quantity.kind and v.number == quantity.number for v in values
            ):
                return True
    return False
