"""ZJ123: a line of spending above the limit that its own note gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.model import Spending
from perfmon_xl.domain.wording import REMARK
from perfmon_xl.ledger.reading import sentences
from perfmon_xl.rules import Problem, Severity, rule

_LIMIT = re.compile(
    r"(?:最高)?(?:限价|控制价|控制数|上限|限额|合同价款?|合同(?:总)?(?:金额|额|价)|中标价|成交价|批复(?:金额|数)|不超过|不得超过|最多)(?:为|是|共|：|:)*$"
)
_MORE = re.compile(r"另|增补|补充合同|变更|追加|含|加上|和.*合同|两份|等")


@rule(
    "ZJ123",
    title="支出超过备注里写的限价、合同价",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("B18",),
)
def over_the_limit_noted(spending: Spending, *, amount: Amount, note: str) -> Iterator[Problem]:
    """备注里写了限价、控制价、合同价的，这一笔的金额不应当比它大。

    为什么：超过限价、合同价付款，要么金额写错，要么超付，都要有说明。

    不对：限价18万元，支出20万元
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 备品备件 | 200000 | 采购限价18.00万元，据实结算 |

    对：没有超过；另有变更
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 备品备件 | 180000 | 采购限价18.00万元，据实结算 |
    | 管网维修 | 460000 | 合同价45万元，工程变更增加1万元 |
    """
    if _MORE.search(note):
        return
    for sentence in sentences(note, 2000):
        for n, limit in enumerate(sentence.quantities):
            if limit.unit != "元" or limit.per or limit.about or not _LIMIT.search(sentence.before(n)):
                continue
            if amount.yuan > limit.number:
                yield Problem(
                    "amount",
                    f"“{spending.item}”支出 {amount}，"
                    + REMARK
                    + f"写“{sentence.before(n)[-8:]}{limit.text}”，超过了。",
                    "核对金额和限价、合同价；有变更、增补的，在" + REMARK + "里写明。",
                    values={"金额": str(amount), "限价": limit.plainly},
                )
                return
