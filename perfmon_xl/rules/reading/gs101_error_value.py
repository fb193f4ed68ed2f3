"""GS101: an error value in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from perfmon_xl.domain.message import Message, Wordable
from perfmon_xl.domain.wording import CELL
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_ERRORS = r"#(?:DIV/0|REF|VALUE|N/A|NAME|NULL|NUM|SPILL|CALC)[!?]?"
_WHY: Mapping[str, Wordable] = {
    "#DIV/0!": "除数是空的或者是零",
    "#REF!": "引用的" + CELL + "被删掉了",
    "#VALUE!": "拿文字去算了",
    "#N/A": "没有查到",
    "#NAME?": "函数或名称写错了",
}


@rule("GS101", title="单元格是错误值", severity=Severity.ERROR, basis="表内勾稽", covers=("B07",))
def error_value(facts: Facts) -> Iterator[Problem]:
    """填写的单元格里不能有 #DIV/0!、#REF! 这样的错误值，也不能把错误值当文字粘贴进来。

    为什么：错误值不是零也不是空，凡用到它的计算和检查都做不了。

    不对：粘贴进来的错误值
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 渠道衬砌长度 | ≥12公里 | #REF! |

    对：填了数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 渠道衬砌长度 | ≥12公里 | 9.6公里 |
    """
    for record in facts.monitoring.records():
        faults = record.place.faults
        errors = {name: fault.text for name, fault in faults.items() if fault.kind == "错误值"}
        for name, text in record.place.raw.items():
            if "#" in text and re.fullmatch(_ERRORS, text.strip()):
                errors.setdefault(name, text.strip())
        for name, text in errors.items():
            label = record.place.at(name).label
            why = _WHY.get(text)
            yield Problem(
                name,
                f"“{label}”这一格是错误值 {text}" + ("（" + Message.of(why) + "）。" if why else "。"),
                "改好公式，或者直接填写数；没有数的清空，不要留错误值。",
                of=record,
                values={label: text},
            )
