"""GS105: tables or columns that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "GS105",
    title="缺表格或栏目",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("I03",),
    on_report=None,
)
def parts_missing(facts: Facts) -> Iterator[Problem]:
    """工作簿的表格和栏目不能少；表头改了名、删了列的，这一栏就读不到。

    为什么：少了一栏，凡要用它的检查都没有做，没有报问题不等于没有问题。

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
        yield Problem(
            "",
            what if what.endswith("。") else f"没有找到{what}，要用到它的检查都没有做。",
            "照新建的工作簿把表头改回来；删掉的工作表、列从新建的工作簿复制过来，没有内容的空着。",
            values={"缺": what},
        )
