"""GS105: tables, columns or cells that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.wording import BRING_BACK
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "GS105",
    title="缺表格或栏目",
    severity=Severity.ERROR,
    basis="通行做法",
    covers=("I03",),
    on_report=None,
)
def parts_missing(facts: Facts) -> Iterator[Problem]:
    """填报用的工作表、表格、栏目和单元格不能少；表头改了名、删了列的，这一栏就读不到。

    少的是“检查结果”“看板”的，只提醒。

    为什么：少了一处，凡要用它的数和检查都靠不住，所以别的检查不做：没有报问题不等于没有问题。

    不对：表头少了“金额”
    支出明细表
    | 支出内容 | 备注 |
    | 设备购置 | 购CT球管1只 |

    对：栏目齐全
    支出明细表
    | 支出内容 | 金额（元） | 备注 |
    | 设备购置 | 296000 | 购CT球管1只 |
    """
    for what in facts.missing:
        if what in facts.gone:
            yield Problem("", f"没有找到{what}，别的检查都没有做。", BRING_BACK, values={"缺": what})
        elif what.endswith("。"):
            yield Problem("", what, values={"缺": what}, severity=Severity.WARNING)
        else:
            yield Problem("", f"没有找到{what}。", BRING_BACK, values={"缺": what}, severity=Severity.WARNING)
