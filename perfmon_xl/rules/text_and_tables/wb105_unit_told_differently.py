"""WB105: the same number, in people here and in visits there."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Compared, Paragraph
from perfmon_xl.domain.prose import MentionRole, mentions
from perfmon_xl.rules import Problem, Severity, rule

_ALIKE = (
    {"人", "人次", "人天"},
    {"件", "件次"},
    {"场", "场次"},
    {"批", "批次"},
    {"米", "公里"},
    {"亩", "公顷"},
)


@rule(
    "WB105",
    title="同一个数，文字和表4的单位不一样",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("D04",),
    criticism=("其他", "按原始记录核对，统一为一个数"),
)
def unit_told_differently(
    indicator: Indicator, *, compared: Compared, paragraph: Paragraph
) -> Iterator[Problem]:
    """同一个数在文字和表里用同一个单位：5000人次不是5000人。

    为什么：一个人来五次是1人、5人次；单位混用，数量指标就没有了口径。

    不对：表里人次，文字里人
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 接种服务人次 | ≥1000人次 | 5000人次 |
    指标分析表
    | 事项 | 内容 |
    | 接种服务人次 | 截至9月30日，已接种5000余人。 |

    对：两处都是人次，另有一个人数
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 接种服务人次 | ≥1000人次 | 5000人次 |
    指标分析表
    | 事项 | 内容 |
    | 接种服务人次 | 截至9月30日，已接种5000人次，涉及2600人。 |
    """
    base = measures.measured(compared.actual)
    if base is None:
        return
    number, unit = base
    alike = next((group for group in _ALIKE if unit in group), None)
    found = mentions(paragraph.text)
    if alike is None or any(m.unit == unit and m.number == number for m in found):
        return
    for mention in found:
        if mention.number != number or mention.unit not in alike or mention.role is MentionRole.DERIVED:
            continue
        yield Problem(
            "text",
            f"文字写“{mention.text}”，表4是“{compared.actual.raw.strip()}”：数一样，单位不一样。",
            f"看“{indicator.name}”是按“{unit}”还是按“{mention.unit}”统计，名称、目标值、实际数和文字用同一个单位。",
            of=paragraph,
            values={
                "三级指标": indicator.name,
                "文字": mention.text,
                "表4": compared.actual.raw.strip(),
            },
        )
        return
