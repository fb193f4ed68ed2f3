"""WB115: a problem, a conclusion or an analysis names an indicator's target, and not as the tables have it."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.ledger.reading import Role
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import Statement, sentences_of_people
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.restated_targets import wrong_targets

_WHERE = (Topic.PROBLEM, Topic.CONCLUSION, Topic.OVERALL, Topic.PROGRESS)


@rule(
    "WB115",
    title="别处文字里的目标与表里的目标值不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("D13",),
)
def target_told_elsewhere(facts: Facts) -> Iterator[Problem]:
    """问题、结论、进展和综合分析里写到一个指标的目标，要是各表里的一个目标值。

    为什么：目标调整以后，表改了，问题里的“低于阶段目标150户”最容易忘改。
    一句话里说的是哪个指标看不出来的、同单位的目标有两个的，不比。

    不对：问题里的阶段目标不是表4的
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 适老化改造户数 | ≥210户 | ≥150户 | 136户 |
    | 助餐服务人次 | ≥180000人次 | ≥135000人次 | 142860人次 |
    问题措施表
    | 问题 | 问题说明 |
    | 改造进度滞后 | 施工队伍少，累计完成适老化改造136户，低于阶段目标166户。 |

    对：是表4的；差多少另有规则看
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 适老化改造户数 | ≥210户 | ≥150户 | 136户 |
    | 助餐服务人次 | ≥180000人次 | ≥135000人次 | 142860人次 |
    问题措施表
    | 问题 | 问题说明 |
    | 改造进度滞后 | 累计完成适老化改造136户，低于阶段目标150户，比全年目标210户少74户。 |
    """
    by_name = {i.name: i for i in facts.indicators}
    for statement in sentences_of_people(facts):
        if (
            statement.own
            or statement.indicator is None
            or statement.passage.topic not in _WHERE
            or _two_targets(statement)
        ):
            continue
        indicator = by_name.get(statement.indicator.record.name)
        if indicator is None:
            continue
        for wrong in wrong_targets(indicator, (statement,), planned=False):
            yield Problem(
                statement.passage.field,
                f"“{statement.indicator.name}”：{wrong.message}",
                "照表里的目标值改；目标调整过的，写明原来是多少、为什么调整。",
                at=statement.passage.origin,
                values={"文字": wrong.text, "表": wrong.shown},
            )
            break


def _two_targets(statement: Statement) -> bool:
    """同单位的目标写了两个：可能一个是别的指标的。"""
    units = [
        q.kind
        for q, role in zip(statement.sentence.quantities, statement.sentence.roles, strict=True)
        if role in (Role.TARGET, Role.STAGE)
    ]
    return len(units) != len(set(units))
