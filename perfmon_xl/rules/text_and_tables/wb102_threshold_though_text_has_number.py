"""WB102: the table repeats the threshold as the actual, while the paragraph knows the number."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared, Paragraph
from perfmon_xl.domain.target import Comparator
from perfmon_xl.domain.wording import ANALYSES
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.mentions import results


@rule(
    "WB102",
    title="文字里有实际数，表4照抄目标值",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("E01", "E07"),
)
def threshold_though_text_has_number(
    indicator: Indicator, *, compared: Compared, written: Paragraph
) -> Iterator[Problem]:
    """指标分析里写了实际数的，表4不应当填“≥95%”一类的目标值。

    为什么：“≥95%”只是要求，不是结果；实际数就在文字里，填进表里才能算完成率和偏差。

    不对：文字里是99.9%，表里填≥95%
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 就诊患者满意度 | ≥95% | ≥95% |
    指标分析表
    | 事项 | 内容 |
    | 就诊患者满意度 | 截至6月30日，回收问卷500份，满意度达99.9%。 |

    对：表里填实际数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 就诊患者满意度 | ≥95% | 99.9% |
    指标分析表
    | 事项 | 内容 |
    | 就诊患者满意度 | 截至6月30日，回收问卷500份，满意度达99.9%。 |
    """
    actual = compared.actual
    if actual.comparator in (Comparator.UNSTATED, Comparator.EQUAL):
        return
    mentions = results(written.text, actual)
    numbers = list(dict.fromkeys(m.text for m in mentions if m.number != actual.number))
    if not numbers:
        return
    shown = "、".join(numbers)
    yield Problem(
        "actual",
        f"实际完成值填的是“{actual.raw.strip()}”，这是要求；"
        + ANALYSES
        + f"里写的是 {shown}（{mentions[0].said}）。",
        f"核对 {shown} 是不是“{indicator.name}”的实际数，是的就填进表4，不带比较符。"
        if len(numbers) == 1
        else f"看 {shown} 里哪一个是“{indicator.name}”的实际数，填进表4，不带比较符。",
        of=compared,
        values={"表4": actual.raw.strip(), "文字": shown},
    )
