"""GS104: a computed cell overwritten or out of date."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.wording import FILL
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.totals import typed_totals


@rule(
    "GS104",
    title="计算栏与应有的结果不同",
    severity=Severity.WARNING,
    basis="表内勾稽",
    covers=("B05",),
    on_report=None,
)
def computed_differs(facts: Facts) -> Iterator[Problem]:
    """自动计算的栏目不要手工填，也不要带着旧结果；印出来的数要等于算出来的数。

    为什么：公式被盖掉以后，改了支出数，执行率不会跟着变，报告里就有两个执行率。

    不对：到位率是手填的
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） | 资金到位率 |
    | 教育专项 | 500 | 450 | 95% |

    对：计算栏不填
    资金表
    | 资金来源 | 年初预算数（万元） | 到位数（万元） |
    | 教育专项 | 500 | 450 |
    """
    told = {total.origin for total in typed_totals(facts.differences)}
    for difference in facts.differences:
        if difference.origin in told:
            continue  # ZJ122 says it with both sums
        label = difference.origin.label
        if difference.overwritten:
            text = f"“{label}”的公式被盖掉了，填的是“{difference.stored}”，应当是“{difference.expected}”。"
            hint: Wordable = "删去填的值，从同栏别的行把公式复制过来；没有的用新建的工作簿。"
        else:
            text = f"“{label}”存着的结果是“{difference.stored}”，应当是“{difference.expected}”。"
            hint = (
                "用 Excel 或 WPS 打开，重新计算（F9）后保存；还不一样的，多半是填的金额是文字（如“1,800元”）"
                "或公式改过，" + FILL + "，文字改成数，公式恢复。"
            )
        yield Problem(
            "",
            text,
            hint,
            at=difference.origin,
            values={"存着的": difference.stored, "应当是": difference.expected},
        )
