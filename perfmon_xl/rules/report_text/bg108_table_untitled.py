"""BG108: a table without a caption among captioned ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.report_text import Line, LineKind, ReportText
from perfmon_xl.rules import Problem, Severity, rule


@rule("BG108", title="表格没有表题", severity=Severity.INFO, basis="通行做法", covers=("I03",))
def table_untitled(report: ReportText) -> Iterator[Problem]:
    """别的表有“表1 ……”这样的题目，唯独这一张没有；接着上一张表的、标题下面紧跟着的不算。

    为什么：没有题目，文中没法引用，读者也不知道这张表是什么时候、什么口径的。

    不对：第二张没有
    报告正文
    一、绩效目标
    表1 绩效目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 维修里程 | ≥12公里 |
    到七月底完成情况如下，均按台账统计。
    | 三级指标 | 年度指标值 | 实际完成值 |
    | 维修里程 | ≥12公里 | 9公里 |

    对：都有；表题下面写着单位
    报告正文
    一、资金
    表1 资金情况表
    （单位：万元）
    | 资金来源 | 年初预算数 | 到位数 | 支出数 |
    | 财政拨款 | 60 | 60 | 40 |
    """
    captions = [c for c in report.of(LineKind.CAPTION) if c.text.startswith("表")]
    if not captions:
        return
    for index, line in enumerate(report.lines):
        if line.kind is LineKind.TABLE and index and not _titled(report.lines[index - 1]):
            header = line.text.splitlines()[0] if line.text else ""
            yield Problem(
                "",
                f"{line.origin.cell}（“{header[:20]}…”）没有表题，别的表有。",
                "加上“表几 题目”，后面的表号顺下去。",
                at=line.origin,
                values={"有表题的": str(len(captions))},
            )


def _titled(before: Line) -> bool:
    if before.kind in (LineKind.CAPTION, LineKind.TABLE, LineKind.HEADING):
        return True
    return bool(re.search(r"表(?:[（(].*[)）])?$", before.text)) and len(before.text) <= 40
