"""BG106: table numbers that skip, repeat or go back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.report_text import Line, LineKind, ReportText, ordinal
from perfmon_xl.rules import Problem, Severity, rule

_NUMBER = re.compile(r"^表\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})(?![-－—.．0-9])")


@rule("BG106", title="表号不连续", severity=Severity.WARNING, basis="通行做法", covers=("I04",))
def captions_broken(report: ReportText) -> Iterator[Problem]:
    """表1、表2……照出现的先后编号，不跳不重；“续表”不算，附表另编。

    监控报告的四张表（表1 申报、表2 总目标调整、表3 分解目标调整、表4 对比）各用自己的号的，少一张、换了次序都不算错。

    为什么：表号错了，“见表3”指的是哪一张，读者只能猜。

    不对：表1后面是表3
    报告正文
    一、绩效目标
    表1 绩效目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 维修里程 | ≥12公里 |
    表3 目标对比表
    | 三级指标 | 年度指标值 | 实际完成值 |
    | 维修里程 | ≥12公里 | 9公里 |

    对：四张表各用自己的号，没有表2、表3
    报告正文
    一、绩效目标
    表1 绩效目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 维修里程 | ≥12公里 |
    表4 目标对比表
    | 三级指标 | 年度指标值 | 实际完成值 |
    | 维修里程 | ≥12公里 | 9公里 |

    对：连续，有续表
    报告正文
    一、绩效目标
    表1 绩效目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 维修里程 | ≥12公里 |
    续表1
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 合格率 | 100% |
    表2 目标对比表
    | 三级指标 | 年度指标值 | 实际完成值 |
    | 维修里程 | ≥12公里 | 9公里 |
    """
    before = 0
    numbers = table_numbers(report)
    official = all(_keeps_its_number(line.text, number) for line, number in numbers) and len(
        {number for _, number in numbers}
    ) == len(numbers)
    for line, number in numbers:
        if number != before + 1 and not official:
            yield Problem(
                "",
                f"“{line.text[:24]}”前面一张是{f'表{before}' if before else '没有编号的'}，"
                f"照先后应是表{before + 1}。",
                "把表号顺下来，文中“见表几”一起改；缺了表的补上。",
                at=line.origin,
                values={"表号": str(number), "应为": str(before + 1)},
            )
        before = number


# 监控报告的四张表各有各的号，没有表2、次序换了，号也不变。
_OFFICIAL = (
    re.compile("申报|年度绩效目标表|绩效目标表?$"),
    re.compile("总目标|总体目标"),
    re.compile("分解|跟踪|指标(?:目标)?调整"),
    re.compile("对比|差异|完成情况|实现情况"),
)


def _keeps_its_number(caption: str, number: int) -> bool:
    return number <= len(_OFFICIAL) and _OFFICIAL[number - 1].search(caption.strip()) is not None


_CONTINUED = re.compile(r"[（(]\s*续\s*\d*\s*[)）]|续表|^续")


def table_numbers(report: ReportText) -> list[tuple[Line, int]]:
    """各表题和它的号。"""
    numbers: list[tuple[Line, int]] = []
    for line in report.of(LineKind.CAPTION):
        match = _NUMBER.match(line.text)
        number = ordinal(match[1]) if match and not _CONTINUED.search(line.text) else None
        if number is not None:
            numbers.append((line, number))
    return numbers
