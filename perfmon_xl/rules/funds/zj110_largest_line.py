"""ZJ110: the largest line of spending has no note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.wording import REMARK
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_VAGUE = re.compile(
    r"各项|其他|其它|等(?:费用|支出|经费)?$|综合|经费$|相关|杂费|(?:^|工作|业务|项目)(?:费用|支出|资金|费)$|^(?:补助|专项|项目)(?:资金|款)?$"
)


@rule(
    "ZJ110",
    title="占比最大的支出没有说明",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("B15",),
    criticism=("资金执行", "列出大额支出的明细和凭证"),
    on_report="在这句话后面写明具体买了什么、办了什么，或者拆成几笔列出。",
)
def largest_line(facts: Facts) -> Iterator[Problem]:
    """一笔支出超过明细合计一半、名称又笼统（各项经费、其他、工作费用）的，备注里要写具体用途。

    为什么：大头说不清，其余列得再细也看不出钱花在哪里。

    不对：大头只写“各项经费”
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 各项经费 | 296000 | |
    | 印刷费 | 18000 | |
    | 培训费 | 124000 | |

    对：备注写了用途
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 工作经费 | 296000 | 购CT球管1只29.6万元 |
    | 培训费 | 124000 | |

    对：名称就是用途
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 文物建筑本体修缮 | 296000 | |
    | 培训费 | 124000 | |
    """
    total = facts.figures.funds.detail
    lines = [(s, s.amount) for s in facts.monitoring.spending if s.amount is not None and s.amount.yuan > 0]
    if total is None or total.yuan <= 0 or len(lines) < 2:
        return
    for line, amount in lines:
        if not _VAGUE.search(line.item):
            continue  # a plain name says what it is
        if amount.yuan * 2 > total.yuan and not line.note.strip():
            share = percent(amount.yuan / total.yuan)
            yield Problem(
                "note",
                f"“{line.item}”{amount}，占支出的 {share}，没有写具体用途。",
                "在" + REMARK + "里写明具体买了什么、办了什么，或者拆成几行。",
                of=line,
                values={"金额": str(amount), "占比": share},
            )
