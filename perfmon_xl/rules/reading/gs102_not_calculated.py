"""GS102: a formula without a result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_FORMULA = re.compile(r"=\s*(?:[A-Z][A-Z.]+\(|\$?[A-Z]{1,3}\$?\d+\s*(?:[-+*/]|$))")


@rule("GS102", title="公式没有算出结果", severity=Severity.ERROR, basis="表内勾稽", on_report=None)
def not_calculated(facts: Facts) -> Iterator[Problem]:
    """填写的单元格里用了公式的，要有算好的结果；公式不能当文字存着。

    为什么：别的程序生成的表往往只有公式没有结果，读进来是空的，却不等于没有填。

    不对：公式成了文字
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | =SUM(D2:D5) |

    对：有结果
    资金表
    | 资金来源 | 年初预算数（万元） | 支出数（万元） |
    | 财政拨款 | 120 | 86.5 |
    """
    for record in facts.monitoring.records():
        unfinished = {n: f.text for n, f in record.place.faults.items() if f.kind == "公式未计算"}
        formulas = dict(unfinished)
        for name, text in record.place.raw.items():
            if "=" in text and _FORMULA.match(text.strip()):
                formulas.setdefault(name, text.strip())
        for name, text in formulas.items():
            label = record.place.at(name).label
            stored = name in unfinished
            yield Problem(
                name,
                f"“{label}”这一格的公式 {text[:60]} {'没有结果' if stored else '是当文字存着的，没有计算'}。",
                "用 Excel 或 WPS 打开，重新计算后保存。"
                if stored
                else "把单元格格式改成常规，双击后按回车；或者直接填结果。",
                of=record,
                values={label: text},
            )
