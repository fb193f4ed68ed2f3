"""GS103: a cell that cannot be read as what it should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.origin import NOT_FILLED
from perfmon_xl.domain.target import Kind, read_target
from perfmon_xl.domain.wording import FILL, REMARK
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "GS103",
    title="单元格读不懂",
    severity=Severity.ERROR,
    basis="表内勾稽",
    covers=("B04", "B11"),
)
def unreadable(facts: Facts) -> Iterator[Problem]:
    """金额栏要填数，日期栏要填日期；“待支付”“约20万”读不成数，不猜。指标值里公式读不了的写法，填充一次就读得出来。

    为什么：读不懂的当成空的，合计就少了；当成零，比率就错了。

    不对：金额栏写了状态
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 水利发展资金 | 300 | 待支付 |

    不对：日期不存在
    监控截止日期：2024年6月31日

    对：带着单位也认得
    监控截止日期：2024年6月30日
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 水利发展资金 | 300 | 86.5万元 |
    """
    for record in facts.monitoring.records():
        for name, fault in record.place.faults.items():
            if fault.kind == NOT_FILLED:
                yield _not_filled(record, name, fault.text)
                continue
            if fault.kind != "读不懂" or re.match(r"\s*(?:#[A-Z]|=\s*[A-Z$])", fault.text):
                continue
            label = record.place.at(name).label
            money = "元）" in label
            if not money:
                hint: Wordable = "填年月日，如 2024-07-31。"
            elif re.search(r"\d", fault.text):
                hint = "这一格只填一个数，单位照表头；约数、说明写到原因或" + REMARK + "里。"
            else:
                hint = "没有支出的填 0，没有这一项的空着；状态写到原因或" + REMARK + "里。"
            yield Problem(
                name,
                f"“{label}”填的是“{fault.text.strip()[:40]}”，读不成{'金额' if money else '日期'}。",
                hint,
                of=record,
                values={label: fault.text},
            )


def _not_filled(record: Any, name: str, text: str) -> Problem:
    """公式读不了、程序的读法还没有写进工作簿的值：单元格里是“未识别”，报告也不用它。"""
    label, meant = record.place.at(name).label, read_target(text)
    told = "文字" if meant.kind is Kind.WORDS else "没有填" if meant.is_blank else f"“{meant.spelling}”"
    return Problem(
        name,
        f"“{label}”填的是“{text.strip()[:40]}”，公式读不了这样写的；程序读成{told}，旁边还没有写上这个读法。",
        FILL + "一次，旁边就读得出来。",
        of=record,
        values={label: text},
    )
