"""PC108: the goals and the money are far apart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import percent, plain
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts


@rule("PC108", title="目标完成和预算执行相差大", severity=Severity.WARNING, basis="规则集", covers=("G06",))
def goal_funds_gap(facts: Facts) -> Iterator[Problem]:
    """规则集规定了目标实现程度与执行率之差的（四川 10 个百分点），超过了要说明。

    为什么：钱花了事没办，或者事办完了钱没付，两种都要查。目标实现程度取数量指标完成率（每个最多算 100%）的
    平均，文件没有规定算法，这是本程序的取法。

    不对：执行率九成，数量只完成一半
    规则集：四川2025
    监控截止日期：2024-10-31
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） | 调整或执行偏差的原因 |
    | 财政拨款 | 100 | 90 | |
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 改造管网 | ≥20公里 | 10公里 |

    对：差不多
    规则集：四川2025
    监控截止日期：2024-10-31
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） | 调整或执行偏差的原因 |
    | 财政拨款 | 100 | 90 | |
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 改造管网 | ≥20公里 | 17公里 |
    """
    limit, rate = facts.rules.explain.goal_funds_gap, facts.figures.funds.execution_rate
    rows = [c for c in facts.monitoring.compared if c.accumulates]
    if limit is None or rate is None or not rows:
        return
    funding = facts.monitoring.funding[0]
    if any(f.reason.strip() for f in facts.monitoring.funding):
        return
    done = [facts.figures.of(c).completion for c in rows]
    known = [min(Decimal(1), d) for d in done if d is not None]
    if len(known) < len(rows):
        yield unsure(
            "spent",
            f"“{facts.rules.name}”要比目标实现程度和执行率（{percent(rate)}），"
            f"{len(rows)} 个数量指标里有 {len(rows) - len(known)} 个算不出完成率。",
            "把表4这些指标的实际完成值填成可比的数。",
            of=funding,
        )
        return
    goal = sum(known, Decimal(0)) / len(known)
    if abs(measures.rounded(goal - rate)) > limit:
        yield Problem(
            "reason",
            f"数量指标平均完成 {percent(goal)}，预算执行率 {percent(rate)}，"
            f"相差超过“{facts.rules.name}”的 {plain(limit * 100)} 个百分点，没有说明。",
            "在资金表的原因一栏写明："
            + ("工作完成了，钱为什么没有支出。" if goal > rate else "钱支出了，工作为什么没有跟上。"),
            of=funding,
            values={"目标实现程度": percent(goal), "预算执行率": percent(rate)},
        )
