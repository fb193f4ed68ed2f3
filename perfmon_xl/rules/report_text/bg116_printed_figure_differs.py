"""BG116: a sum, a rate, points or a grade printed in a table that its own rows do not give."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.report_text import ReportText
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts


@rule("BG116", title="表里印的数与各行对不上", severity=Severity.ERROR, basis="勾稽关系")
def printed_figure_differs(report: ReportText, facts: Facts) -> Iterator[Problem]:
    """表里印的合计、执行率、占比、分值、得分、等级，应当与同一张表的各行对得上。

    为什么：这些数是别处抄来或者手填的，改了一行没有改合计，签字以后就是错的。

    不对：合计不是各行之和
    报告正文
    一、资金使用情况
    支出明细如下（单位：万元）：
    | 支出内容 | 金额 |
    | 设备购置 | 30 |
    | 人员培训 | 20 |
    | 合计 | 55 |

    对：合计正好
    报告正文
    一、资金使用情况
    支出明细如下（单位：万元）：
    | 支出内容 | 金额 |
    | 设备购置 | 30 |
    | 人员培训 | 20 |
    | 合计 | 50 |
    """
    for misfit in facts.misfits:
        place = misfit.place.labelled(misfit.label)
        yield Problem("", misfit.message, misfit.hint, at=place, values=dict(misfit.values))
