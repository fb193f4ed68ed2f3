"""Whom the summary report singles out and what it proposes; measures by addressee, each with a date."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.summary import NO_DEPARTMENT, ProjectLine, Summary
from perfmon_xl.domain.summary_cells import PROJECTS
from perfmon_xl.report.summary.project_words import (
    money,
    money_state,
    nothing_spent,
    of_project,
    overspent,
    project_keys,
    say,
    short,
    state_told,
    whole_of,
)
from perfmon_xl.report.summary.sources import COUNT, MONEY, cell_reference, counted
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.briefing import ADVICE, OWED

_MOST_PROJECTS = 6
_AFTER = timedelta(days=60)  # the report comes some weeks after the cutoff
_HALF_YEAR = Decimal("0.5")


# --- 关注 -------------------------------------------------------------------------------------------


def attention(summary: Summary, mark: Mark = unmarked) -> list[tuple[ProjectLine, str, str]]:
    """需要关注的项目、原因和建议处置；重的在前。"""
    keys = project_keys(summary)
    found = [(line, why) for line in summary.lines if (why := _reason_text(line, keys[id(line)], mark))]
    return [(line, why, _disposal(line)) for line, why in sorted(found, key=lambda pair: _weight(pair[0]))]


def _reason_text(line: ProjectLine, key: str, mark: Mark) -> str:
    def of(header: str, count: int) -> str:
        return mark(str(count), cell_reference(PROJECTS, key, header, COUNT))

    reasons = [told for told in (state_told(line, mark),) if told]
    if not reasons and not line.lights[Light.RED]:
        return ""
    if line.unmet:
        reasons.append(say("汇总关注.未达到", 几=of("未达成", line.unmet)))
    if line.errors:
        reasons.append(say("汇总关注.错误", 几=of("错误", line.errors)))
    return "；".join(reasons)


def _disposal(line: ProjectLine) -> str:
    """建议怎么处置：超了预算的调整预算，过了半年一分没花的暂缓拨款，其余继续执行。"""
    if overspent(line) is not None:
        return say("建议处置.调整预算")
    if nothing_spent(line) and (line.pace or 0) >= _HALF_YEAR:
        return say("建议处置.暂缓拨款")
    return say("建议处置.继续执行")


def _weight(line: ProjectLine) -> tuple[object, ...]:
    order = ("超预算", "尚未支出", "严重滞后", "没有执行率", "滞后", "")
    return (
        order.index(money_state(line)),
        -line.unmet,
        line.execution if line.execution is not None else Decimal(0),
    )


# --- 建议 -------------------------------------------------------------------------------------------


def measures(summary: Summary, mark: Mark = unmarked) -> list[tuple[str, tuple[str, ...]]]:
    """按对象写：主管部门督促的、财政部门处理的、提请研究的，一个项目或一件事一条；没有的不写。"""
    if not summary.lines:
        return []
    found = [
        (say("汇总建议.单位标题"), _to_departments(summary, mark)),
        (say("汇总建议.财政标题"), _to_finance(summary, mark)),
        (say("汇总建议.研究标题"), _to_study(summary)),
        (say("汇总建议.填报标题"), _to_mend(summary, mark)),
    ]
    return [(title, tuple(texts)) for title, texts in found if texts]


def _to_departments(summary: Summary, mark: Mark) -> list[str]:
    """要关注的项目，照各自报告里的措施。"""
    watched = [line for line, _, _ in attention(summary)] or [line for line in summary.lines if line.unmet]
    told = []
    for line in watched[:_MOST_PROJECTS]:
        acts = "；".join(of_project(line.name, one["text"].rstrip("。"), mark) for one in line.said(ADVICE))
        if acts:
            who = line.department if line.department != NO_DEPARTMENT else "主管部门"
            told.append(say("汇总建议.按项目", 部门=who, 项目=short(line.name), 措施=acts))
    return told


def _to_finance(summary: Summary, mark: Mark) -> list[str]:
    day, texts, lacking = _deadline(summary), [], []
    for line in summary.lines:
        if overspent(line) is not None:
            texts.append(say("汇总建议.财政超支", 期限=day, 项目=short(line.name)))
            continue
        if line.arrived is None or line.budget is None or line.arrived >= line.budget or nothing_spent(line):
            continue
        owed = line.said(OWED)
        if line.told and not owed:
            continue  # what has not arrived is not the treasury's to pay
        amount = Decimal(owed[0]["text"]) if owed else line.budget - line.arrived
        how = "预算数减到位数，自筹、出资的除外" if owed else "预算数减到位数"
        lack = mark(money(amount), counted(f"“{line.name}”{how}", "汇总", MONEY))
        lacking.append(say("汇总建议.拨付", 项目=short(line.name), 差=lack))
    if lacking:
        texts.append(say("汇总建议.财政拨付", 期限=day, 各项="、".join(lacking[:_MOST_PROJECTS])))
    return texts


def _to_study(summary: Summary) -> list[str]:
    day = _deadline(summary)
    return [
        say("汇总建议.研究", 项目=short(line.name), 期限=day)
        for line in summary.lines
        if nothing_spent(line) and (line.pace or 0) >= _HALF_YEAR
    ]


def _to_mend(summary: Summary, mark: Mark) -> list[str]:
    whole = summary.totals
    if not whole.errors and not whole.unexplained:
        return []
    several = mark(str(whole.unexplained), whole_of("偏差待说明")) if whole.unexplained else ""
    return [say("汇总建议.填报", 期限=_deadline(summary), 几=several)]


def _deadline(summary: Summary) -> str:
    """最晚的监控日以后两个月的月底；不过年底的只说月份。"""
    days = [date.fromisoformat(line.cutoff) for line in summary.lines if line.cutoff]
    if not days:
        return "下期监控前"
    latest = max(days)
    day = latest + _AFTER
    year = "" if day.year == latest.year else f"{day.year}年"
    return f"{year}{day.month}月底前"
