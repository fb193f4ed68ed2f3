"""WB106: a tracked indicator of which the text says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.wording import ANALYSES
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule(
    "WB106",
    title="表4的指标没有分析段",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H01",),
)
def indicator_without_paragraph(
    indicator: Indicator, facts: Facts, *, compared: Compared
) -> Iterator[Problem]:
    """表4的指标每个一段分析；别的指标都写了，唯独这个没有，就是漏了。

    为什么：没有分析的指标，完成没有、为什么，报告里无从知道；漏掉的常常是有偏差的那个。

    不对：成本指标没有写
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 改造校舍面积 | ≥900平方米 | 700平方米 |
    | 工程成本控制数 | ≤50万元 | 51万元 |
    指标分析表
    | 事项 | 内容 |
    | 改造校舍面积 | 已改造校舍700平方米。 |

    对：都写了
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 改造校舍面积 | ≥900平方米 | 700平方米 |
    | 工程成本控制数 | ≤50万元 | 51万元 |
    指标分析表
    | 事项 | 内容 |
    | 改造校舍面积 | 已改造校舍700平方米。 |
    | 工程成本控制数 | 实际支出51万元，超出控制数1万元。 |

    对：都还没有写，由程序起草
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 改造校舍面积 | ≥900平方米 | 700平方米 |
    """
    if indicator.paragraph is not None and indicator.paragraph.text.strip():
        return
    written = [p for p in facts.monitoring.analyses if p.text.strip()]
    if not written:
        return
    yield Problem(
        "name",
        f"“{indicator.name}”在表4里，" + ANALYSES + f"里没有它的段落（已写 {len(written)} 段）。",
        "补一段：目标多少、实际多少、有没有偏差、为什么。事项名称要与表4的指标名称一致。",
        of=compared,
        values={"指标": indicator.name, "已写段数": str(len(written))},
    )
