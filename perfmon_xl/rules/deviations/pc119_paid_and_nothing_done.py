"""PC119: the money is spent, the thing is not done at all; or all is done and nothing paid."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.text_keys import subject_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_MOST = Decimal("0.5")


@rule(
    "PC119",
    title="钱花了大半，事一件没有做",
    severity=Severity.WARNING,
    basis="表间勾稽",
    covers=("G06", "E10"),
)
def paid_and_nothing_done(facts: Facts) -> Iterator[Problem]:
    """支出过半的项目（或者写着这件事的那一笔支出），数量指标不应当一件也没有完成。

    为什么：钱付出去了没有成果，要么是预付、要么是数没有更新，都要说明；写了原因说明的不提。

    不对：100万元花了90万元，一个也没有建
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 100 | 90 |
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 书屋建设数 | ≥8个 | 0个 |

    对：写了原因；花得不多
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 100 | 90 |
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 | 原因说明 |
    | 数量指标 | 书屋建设数 | ≥8个 | 0个 | 按合同预付设备款，11月安装。 |

    对：阶段目标就是零
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 100 | 90 |
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 数量指标 | 冬季义诊场次 | ≥8场 | 0场 | 0场 |
    """
    funds = facts.figures.funds
    rate = funds.execution_rate
    for record in facts.monitoring.compared:
        if record.actual.number != 0 or not record.accumulates or record.reason.strip():
            continue
        if record.stage.number == 0:
            continue  # nothing was planned by now
        own = pieces(subject_key(record.name))
        paid = next(
            (
                s
                for s in facts.monitoring.spending
                if s.amount is not None
                and s.amount.yuan > 0
                and own
                and len(own & pieces(s.item)) * 2 > len(own)
            ),
            None,
        )
        if paid is None and (rate is None or rate < _MOST):
            continue
        spent = (
            f"“{paid.item.strip()}”已支出 {paid.amount}"
            if paid is not None
            else f"预算已执行 {percent(rate or Decimal(0))}"
        )
        yield Problem(
            "actual",
            f"{spent}，“{record.name.strip()}”的实际完成值是“{record.actual.raw.strip()}”，钱花了、事没有做。",
            "数没有更新的更新；是预付款的，在原因说明里写明什么时候完成。",
            of=record,
            values={"支出": spent, "实际完成值": record.actual.raw.strip()},
        )
