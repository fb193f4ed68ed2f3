"""ZB211: a cost cap that is the whole budget, or more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.category import Level1, category, level1
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.target import Comparator
from perfmon_xl.domain.wording import OPINION
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_WHOLE = re.compile(
    r"^(项目)?(总|建设|实施)?(成本|投资|经费|费用|支出|资金)(总额|控制数|控制额|控制|总成本)?$|总成本|总投资|成本控制"
)


@rule("ZB211", title="成本上限等于或超过全部预算", severity=Severity.INFO, basis="表间勾稽", covers=("D12",))
def cost_cap_is_budget(indicator: Indicator, facts: Facts) -> Iterator[Problem]:
    """成本控制数等于预算总额，只要不超预算就算达到，起不到控制成本的作用；比预算还大的，更不对。

    为什么：不超预算本来就是必须的，成本指标要说的是同样的事能不能少花，如单位成本、节约率。

    不对：上限就是预算
    资金表
    | 资金来源 | 年初预算数（万元） |
    | 财政拨款 | 80 |
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 成本指标 | 经济成本指标 | 项目成本控制数 | ≤80万元 |

    不对：分项的上限比全部预算还大
    资金表
    | 资金来源 | 年初预算数（万元） |
    | 财政拨款 | 80 |
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 成本指标 | 经济成本指标 | 设备购置费 | ≤900000元 |

    对：分项上限、单位成本
    资金表
    | 资金来源 | 年初预算数（万元） |
    | 财政拨款 | 80 |
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 |
    | 成本指标 | 经济成本指标 | 设备购置费 | ≤60万元 |
    | 成本指标 | 经济成本指标 | 亩均建设成本 | ≤1600元/亩 |
    """
    budget = facts.figures.funds.adjusted
    row = next((t for t in indicator.current_rows if _cap(t) is not None), None)
    if budget is None or row is None or budget.yuan <= 0:
        return
    cap = _cap(row)
    assert cap is not None
    total = Amount(budget.yuan)
    if cap < total.yuan or (cap == total.yuan and not _WHOLE.search(indicator.name)):
        return
    relation = "等于" if cap == total.yuan else "大于"
    yield Problem(
        row.target_field,
        f"{row.table}“{row.title}”的上限 {row.target_text}，{relation}全部预算 {total}。",
        "换成单位成本（如每人、每亩多少元）或分项控制数；只能控制总额的，在" + OPINION + "里写明。",
        of=row,
        values={"成本上限": row.target_text, "预算数": str(total)},
    )


def _cap(target: IndicatorRow) -> Decimal | None:
    kind = category(target.level2)
    level = kind.level1 if kind else level1(target.level1)
    base = target.annual_target.base()
    if level is not Level1.COST or base is None or base[1] != "元" or target.annual_target.upper is not None:
        return None
    return (
        base[0]
        if target.annual_target.comparator in (Comparator.AT_MOST, Comparator.EQUAL, Comparator.UNSTATED)
        else None
    )
