"""WB508: an indicator is behind and no problem speaks of it."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.domain.wording import PROBLEMS
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.problems import unmentioned


@rule(
    "WB508",
    title="没有达到的指标，问题里没有",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H03", "H06"),
)
def unmet_not_a_problem(facts: Facts) -> Iterator[Problem]:
    """本阶段没有达到的指标，“问题与措施”里应当有交代。

    为什么：监控就是为了发现偏差、纠正偏差；偏差在表里，问题里不提，等于没有监控。

    不对：问题里没有提
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 整修渠道长度 | ≥12公里 | ≥7公里 | 4公里 |
    问题措施表
    | 问题 | 问题说明 | 措施说明 |
    | 档案不全 | 验收资料缺页。 | 补齐资料。 |

    对：问题里写了
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 整修渠道长度 | ≥12公里 | ≥7公里 | 4公里 |
    问题措施表
    | 问题 | 问题说明 | 措施说明 |
    | 进度落后 | 整修渠道长度只完成4公里。 | 增加施工队。 |
    """
    problems = facts.monitoring.problems
    told = indicator_key("".join(p.title + p.text for p in problems))
    for record in facts.monitoring.compared:
        if not record.name.strip() or facts.figures.of(record).met is not False:
            continue
        if indicator_key(record.name) in told or record.measure.strip():
            continue
        goal = record.stage if not record.stage.is_blank else record.annual
        yield Problem(
            "name",
            f"“{record.name}”应完成“{goal.raw.strip()}”，实际“{record.actual.raw.strip()}”，没有达到，"
            + unmentioned(problems)
            + "。",
            "在" + PROBLEMS + "里写明情况、原因和措施；问题里提到的，用指标的全名。",
            of=record,
            values={"应完成": goal.raw, "实际": record.actual.raw},
        )
