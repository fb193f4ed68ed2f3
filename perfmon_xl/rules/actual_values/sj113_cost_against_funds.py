"""SJ113: the cost is not the money spent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.category import Level1, level1
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.domain.text_keys import bare_name
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.comparing import display, number

_WHOLE = re.compile(
    r"^(?:本?项目)?(?:实施|执行)?(?:总(?:成本|投资|支出|费用|经费)|成本控制|(?:资金|经费)总额)(?:总额|数|额|控制数|控制额|控制)?$"
)


@rule("SJ113", title="总成本与支出数不一致", severity=Severity.WARNING, basis="表间勾稽", covers=("E10",))
def cost_against_funds(
    record: Compared, facts: Facts, *, annual: TargetValue, actual: TargetValue
) -> Iterator[Problem]:
    """成本指标的全年目标就是预算总额的，它管的是总成本，实际值应等于支出数（四舍五入的不算）。

    名称写明是项目总成本、成本控制数的，目标不是预算总额也查：实际值不能比已经支出的少。

    为什么：总成本就是这个项目花的钱，和资金表说的是同一件事，两个数不会不同。

    不对：成本比支出多
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 100 | 89.974 |
    目标对比表
    | 一级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 成本指标 | 项目总成本 | ≤100万元 | 93万元 |

    不对：上限另定，实际值比支出少
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 100 | 89.974 |
    目标对比表
    | 一级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 成本指标 | 项目成本控制数 | ≤80万元 | 79万元 |

    对：四舍五入后一样
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 100 | 89.974 |
    目标对比表
    | 一级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 成本指标 | 项目总成本 | ≤100万元 | 89.97万元 |
    | 成本指标 | 设备购置总成本 | ≤60万元 | 52万元 |

    对：上限另定，含没有付的
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 100 | 80 |
    目标对比表
    | 一级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 成本指标 | 项目总成本 | ≤95万元 | 90万元 |
    """
    spent, budget = facts.figures.funds.spent, facts.figures.funds.adjusted
    both = measures.same_unit(actual, annual)
    if level1(record.level1) is not Level1.COST or spent is None or budget is None or both is None:
        return
    whole = number(annual)
    named = _WHOLE.match(bare_name(record.name)) is not None and whole is not None and whole[1] == "元"
    if (whole == (budget.yuan, "元") and abs(both[0] - spent.yuan) > 50) or (
        named and spent.yuan - both[0] > 50
    ):
        yield Problem(
            "actual",
            f"“{record.name}”的实际完成值是 {display(actual)}，资金表的支出数是 {spent.in_wan}，"
            f"差 {Amount(abs(both[0] - spent.yuan))}。",
            "总成本按支出数填，至少保留到百元；含未付款的，在原因说明里写明。",
            values={"实际完成值": display(actual), "支出数": spent.in_wan},
        )
