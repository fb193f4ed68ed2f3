"""XM115: work begun before the project, or a measure due after it has ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from perfmon_xl.domain.passage import Topic
from perfmon_xl.ledger.steps import steps
from perfmon_xl.ledger.when import When
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.claims import Statement, sentences_of_people
from perfmon_xl.rules.facts import Facts

_DUE = re.compile(
    "(?P<w>[\uf000-\uf7ff])(?:（含）)?(?:(?:之|以)?前|完成|落实|建成|做完|到位|[^，,。；]{0,12}(?:完成|补齐|支付完毕|建成|交付))"
)
_LATER_WORK = re.compile(
    r"下一?年|次年|明年|来年|下年度|跨年|长效|制度|办法|机制|总结|档案|归档|决算|审计|评价|结转|管护|延期|顺延|延长|运行|编报|编制"
)
_START = "开工"


@rule(
    "XM115",
    title="开工、措施的日期不在项目期内",
    severity=Severity.WARNING,
    basis="文内勾稽",
    covers=("A02",),
)
def day_outside_project(facts: Facts) -> Iterator[Problem]:
    """开工在项目开始之前，措施的期限在项目结束之后，要么日期写错，要么项目期要调整，都要写明。

    为什么：项目结束以后才做完的措施，当年考核不到；项目期以前的工作，不是这个项目的成绩。开工早于项目期的也可能是
    提前实施的，报无法判断；讲制度、管护、下一年的措施不比。

    不对：项目11月底结束，措施12月底才做完；开工在上一年
    项目开始日期：2024-02-01
    项目结束日期：2024-11-30
    监控截止日期：2024-09-30
    项目背景：工程于2023年8月6日开工。
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 坡改梯慢 | 完成220公顷。 | 加快施工 | 增加2台挖掘机，12月底前完成剩余80公顷。 |
    共报 2 处

    对：在项目期内；讲的是结束以后的管护、下一年
    项目开始日期：2024-02-01
    项目结束日期：2024-11-30
    监控截止日期：2024-09-30
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 坡改梯慢 | 完成220公顷。 | 加快施工 | 11月底前完成剩余80公顷，12月底前建立管护制度。 |
    """
    project = facts.monitoring.project
    for statement in sentences_of_people(facts):
        if statement.passage.topic is Topic.MEASURE:
            over = project.cutoff is not None and project.end is not None and project.cutoff >= project.end
            if project.end is not None and not over:  # a year that is over leaves only later days
                yield from _due_too_late(statement, project.end)
        elif project.start is not None:
            for step in steps([statement.sentence]):
                day = step.when
                if step.name == _START and day.last < project.start:
                    yield unsure(
                        statement.passage.field,
                        f"写的是“{step.quote.strip()}”，项目从 {project.start} 开始。",
                        "核对开工日期和项目起止日期；确实提前开工的，写明依据。",
                        at=statement.passage.origin,
                        values={"开工": day.text, "项目开始": str(project.start)},
                    )


def _due_too_late(statement: Statement, end: date) -> Iterator[Problem]:
    for match in _DUE.finditer(statement.sentence.skeleton):
        when: When = statement.sentence.when(match["w"])
        clause = re.split("[，,。；]", statement.sentence.skeleton[: match.start()])[-1]
        clause += re.split("[，,。；]", statement.sentence.skeleton[match.start() :])[0]
        if when.first <= end or _LATER_WORK.search(clause):
            continue
        yield Problem(
            statement.passage.field,
            f"措施的期限“{when.text}”在项目结束（{end}）以后。",
            "改成项目期内的时间；要延期的，写明批准的新期限。",
            at=statement.passage.origin,
            values={"期限": when.text, "项目结束": str(end)},
        )
