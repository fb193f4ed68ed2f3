"""ZJ115: a negative amount of money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.wording import REMARK
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_TAKEN_BACK = re.compile(r"退|冲|红字|收回|收缴|扣回|追回|抵|调减|核减|更正|返还|转回|缴回")


@rule("ZJ115", title="金额是负数", severity=Severity.WARNING, basis="表内勾稽", covers=("B01",))
def negative_amount(facts: Facts) -> Iterator[Problem]:
    """预算、到位、支出都不应是负数；退回、冲销要在备注或原因里写明。

    为什么：负数会抵掉别的行，合计看着对，明细其实错了。

    不对：到位数填了负数
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） |
    | 财政拨款 | 120 | -20 |

    不对：备注说的是别的
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 印制费 | -8600 | 按合同支付，430本×20元/本。 |

    对：退款写明了
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 设备购置 | 365000 | |
    | 设备退款 | -5000 | 一台退货，供应商退回货款。 |
    """
    labels = {"initial": "年初预算数", "adjusted": "调整后预算数", "arrived": "到位数", "spent": "支出数"}
    for row in facts.monitoring.funding:
        for field, label in {**labels, "forecast": "全年预计支出数"}.items():
            amount = getattr(row, field)
            if amount is not None and amount.yuan < 0 and not _TAKEN_BACK.search(row.reason):
                yield Problem(
                    field,
                    f"{label}是负数：{amount}。",
                    "调减的填调整后的余额，不填差额；收回的，在原因里写明。",
                    of=row,
                    values={label: str(amount)},
                )
    for line in facts.monitoring.spending:
        if line.amount is not None and line.amount.yuan < 0 and not _TAKEN_BACK.search(line.item + line.note):
            yield Problem(
                "amount",
                f"“{line.item}”的金额是负数：{line.amount}。",
                "退回、冲销的，在" + REMARK + "里写明是哪一笔；否则改成正数。",
                of=line,
                values={"金额": str(line.amount)},
            )
