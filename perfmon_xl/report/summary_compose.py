"""From the summary of a batch to the names of the summary report's template."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, percent
from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.summary import Summary, Totals
from perfmon_xl.report import summary_context as names
from perfmon_xl.report import summary_phrases as phrases
from perfmon_xl.report.chinese import ordinal
from perfmon_xl.report.compose import DASH, unprintable

_UNLIT, _BLOT = "未亮灯", "□"


def compose_summary(summary: Summary, *, name: str) -> names.汇总报告:
    """汇总报告要用的全部内容；name 是这一批的范围。"""
    return names.汇总报告(
        范围=printable(name),
        期间=phrases.period((x.year for x in summary.lines), (x.period for x in summary.lines)),
        截至=phrases.until(summary),
        总体=_all(phrases.overall(summary)),
        资金=_all(phrases.funds(summary)),
        目标=_all(phrases.goals(summary)),
        部门=tuple(_department(group.name, group.totals) for group in summary.departments),
        合计=_department("合计", summary.totals),
        问题=tuple(names.问题类(title, _all(texts)) for title, texts in phrases.problems(summary)),
        关注=tuple(
            names.关注项(
                序号=str(number),
                项目=printable(line.name),
                部门=printable(line.department),
                预算=_wan(line.budget),
                执行率=_rate(line.execution),
                预警=line.light.value if line.light else _UNLIT,
                原因=why,
            )
            for number, (line, why) in enumerate(phrases.attention(summary), 1)
        ),
        措施=tuple(
            names.措施项(f"（{ordinal(number)}）{title}", printable(text))
            for number, (title, text) in enumerate(phrases.measures(summary), 1)
        ),
        未处理=tuple(
            names.未处理项(printable(one.path), printable(one.reason), printable(one.hint))
            for one in summary.unprocessed
        ),
    )


def printable(text: str) -> str:
    """汇总里的文字是从各个工作簿来的：Word 里放不下的字写成 □，换行连成一段，不因为一个项目停下。"""
    return "".join(_BLOT if unprintable(c) else " " if c in "\n\r\t" else c for c in text).strip()


def _all(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(printable(text) for text in texts)


def _department(name: str, totals: Totals) -> names.部门行:
    gap = phrases.gap_of(totals)
    lights = totals.lights
    return names.部门行(
        部门=printable(name),
        项目数=str(totals.projects),
        预算=_wan(totals.budget),
        到位=_wan(totals.arrived),
        支出=_wan(totals.spent),
        执行率=_rate(totals.execution),
        序时进度=_rate(totals.pace),
        差=DASH if gap is None else str(half_up(gap * 100, 2)),
        指标数=str(totals.indicators),
        已达成=str(totals.met),
        未达成=str(totals.unmet),
        无法判断=str(totals.unknown),
        红灯=str(lights[Light.RED]),
        黄灯=str(lights[Light.YELLOW]),
        绿灯=str(lights[Light.GREEN]),
        蓝灯=str(lights[Light.BLUE]),
        未亮灯=str(lights[None]),
    )


def _wan(amount: Decimal | None) -> str:
    return DASH if amount is None else str(half_up(amount, 2))


def _rate(rate: Decimal | None) -> str:
    return DASH if rate is None else percent(rate)
