"""One project in the words of the summary: its name, its money, its pace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.summary import NO_DEPARTMENT, Group, ProjectLine, Summary, Totals, points_ahead
from perfmon_xl.domain.summary_cells import PROJECTS, row_keys
from perfmon_xl.report.summary.sources import (
    COUNT,
    MONEY,
    WORDS,
    SummaryReference,
    cell_reference,
    counted,
    value_text,
)
from perfmon_xl.report.tracing.tracked import Mark
from perfmon_xl.report.wording.chinese import arabic_date
from perfmon_xl.report.wording.grammar import Speaker

GAP = "执行率合计减序时进度"


def money(amount: Decimal) -> str:
    """汇总的金额：万元，整数照写，其余两位小数。"""
    return value_text(amount, MONEY)


def say(key: str, **values: str) -> str:
    """summary.md 里的一句。"""
    return Speaker().say(key, values)


def until(summary: Summary) -> str:
    """数据截至哪一天；各项目不一样的，从哪天到哪天。"""
    days = days_of(summary)
    if not days:
        return ""
    first, last = arabic_date(days[0]), arabic_date(days[-1])
    return first if first == last else f"{first}至{last}"


def days_of(summary: Summary) -> list[date]:
    return sorted({date.fromisoformat(line.cutoff) for line in summary.lines if line.cutoff})


def period(years: Iterable[str], periods: Iterable[str]) -> str:
    """年度和期间；各项目不一样的是空的。"""
    year, months = set(years), set(periods)
    if len(year) != 1 or len(months) != 1:
        return ""
    return f"{year.pop()}年{months.pop()}".removeprefix("年")


def whole_of(header: str, form: str = COUNT, table: str = PROJECTS) -> SummaryReference:
    """合计行的一格。"""
    return cell_reference(table, "", header, form)


def project_keys(summary: Summary) -> dict[int, str]:
    """各个项目在汇总表里的名称；键是记录的 id。"""
    keys = row_keys((line.name,) for line in summary.lines)
    return {id(line): key for line, key in zip(summary.lines, keys, strict=True)}


def department_key(name: str) -> str:
    return row_keys([(name,)])[0]


def short(name: str) -> str:
    """句子里的项目名称：去掉年度和末尾的“经费”。

    >>> short("2024年双溪河生态治理项目")
    '双溪河生态治理项目'
    """
    return name.partition("年")[2] if name[:4].isdigit() and name[4:5] == "年" and name[5:] else name


def of_project(name: str, text: str, mark: Mark) -> str:
    """项目自己的报告里的一句话，说出自哪个项目。"""
    return mark(text, counted(f"“{name}”的监控报告：{text}", "汇总", WORDS))


def one_pace(lines: Sequence[ProjectLine]) -> Decimal | None:
    """这些项目共同的序时进度；监控日不同的没有，不作平均。"""
    paces = {line.pace for line in lines if line.pace is not None}
    return paces.pop() if len(paces) == 1 else None


def gap_of(lines: Sequence[ProjectLine], totals: Totals) -> Decimal | None:
    """印出来的执行率减印出来的序时进度，百分点；监控日不同的没有。"""
    return points_ahead(totals.execution, one_pace(lines))


def lagging(summary: Summary) -> list[tuple[Group, Decimal]]:
    """执行率低于序时进度的主管部门和差几个百分点，最慢的在前。"""
    known = [g for g in summary.departments if g.name != NO_DEPARTMENT]
    found = [(g, gap) for g in known if (gap := gap_of(g.lines, g.totals)) is not None and gap < 0]
    return sorted(found, key=lambda pair: pair[1])


def overspent(line: ProjectLine) -> Decimal | None:
    """超预算多少，万元；没有超的是 None。"""
    if line.spent is None or line.budget is None or line.spent <= line.budget:
        return None
    return line.spent - line.budget


def nothing_spent(line: ProjectLine) -> bool:
    """有预算，到了监控日一分也没有支出。"""
    return line.spent == 0 and bool(line.budget)


def money_state(line: ProjectLine) -> str:
    """资金要不要关注：超预算、尚未支出、严重滞后、滞后、没有执行率；不用的是空。"""
    if overspent(line) is not None:
        return "超预算"
    if nothing_spent(line):
        return "尚未支出"
    if line.execution is None:
        return "没有执行率"
    return {Light.RED: "严重滞后", Light.YELLOW: "滞后"}.get(line.fund_light or Light.GREEN, "")


def state_told(line: ProjectLine, mark: Mark) -> str:
    """资金的状态，一句短话。"""
    over = overspent(line)
    told = (
        mark(money(over), counted(f"“{line.name}”支出数减预算数", "汇总", MONEY)) if over is not None else ""
    )
    state = money_state(line)
    return say(f"汇总关注.{state}", 差=told) if state else ""
