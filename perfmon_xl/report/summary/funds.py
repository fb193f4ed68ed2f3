"""二、资金: who is slow against the pace, who has spent nothing, too much, whose money has not arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.summary import ProjectLine, Summary, points_ahead
from perfmon_xl.domain.summary_cells import DEPARTMENTS
from perfmon_xl.report.summary.project_words import (
    MOST_NAMED,
    District,
    days_of,
    department_key,
    gap_of,
    lacking,
    listed,
    nothing_spent,
    one_pace,
    overspent,
    say,
)
from perfmon_xl.report.summary.sources import MONEY, POINTS, RATE, cell_reference, counted
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.briefing import OWED
from perfmon_xl.report.wording.chinese import arabic_date

_MOST_LISTED = MOST_NAMED * 2


@dataclass(frozen=True, slots=True)
class _Slow:
    """比序时慢的一个：主管部门，或者项目；near 是没有到预警线。"""

    name: str
    rate: str
    pace: Decimal
    month: str
    gap: Decimal
    gap_told: str
    near: bool


def funds(summary: Summary, mark: Mark = unmarked) -> tuple[str, ...]:
    """哪些部门（只有一个部门的、监控日不同的，是哪些项目）慢，谁没有支出、超了预算、没有到位。"""
    if not summary.lines:
        return ()
    if summary.totals.budget is None:
        return (say("汇总资金.都没有填"),)
    district = District(summary, mark)
    texts = [_slow(district), _named_projects(district)]
    days = days_of(summary)
    if len(days) > 1:
        texts.append(say("汇总资金.监控日不同", 从=arabic_date(days[0]), 到=arabic_date(days[-1])))
    blank = [line for line in summary.lines if line.budget is None or line.spent is None]
    if blank:
        by_lack: dict[str, list[str]] = {}
        for line in blank:
            by_lack.setdefault(lacking(line), []).append(district.name(line))
        told = "，".join(f"{listed(names)}没有填{what}" for what, names in by_lack.items())
        texts.append(say("汇总资金.没有填", 谁=told))
    return tuple(filter(None, texts))


def by_department(summary: Summary) -> bool:
    """按主管部门比：不止一个部门，各部门自己的项目监控日相同；不然按项目比。"""
    known = summary.known_departments
    return len(known) > 1 and all(len({x.pace for x in g.lines if x.pace is not None}) < 2 for g in known)


def _slow(district: District) -> str:
    departments = by_department(district.summary)
    compared = _departments(district) if departments else _projects(district)
    slow = sorted((slow for slow in compared if slow.gap < 0), key=lambda slow: slow.gap)
    whose = "主管部门" if departments else "项目"
    if not slow:
        return say("汇总资金.没有慢的", 谁=whose) if len(compared) > 1 else ""
    same = len({(slow.pace, slow.month) for slow in slow}) == 1
    far, near = [slow for slow in slow if not slow.near], [slow for slow in slow if slow.near]
    return (_far(district, far, whose, same=same) if far else "") + (
        _near(near, whose, alone=not far, same=same) if near else ""
    )


def _far(district: District, slow: Sequence[_Slow], whose: str, *, same: bool) -> str:
    if len(district.summary.lines) == 1:
        (one,) = slow
        return say("汇总资金.单个", 名=one.name, 执行率=one.rate, 月=one.month, 差=one.gap_told)

    def told(slow: _Slow) -> str:
        return say(
            "汇总资金.一个", 名=slow.name, 执行率=slow.rate, 月="" if same else slow.month, 差=slow.gap_told
        )

    every = "；".join(told(one) for one in slow[:_MOST_LISTED])
    more = f"；另有{len(slow) - _MOST_LISTED}个见汇总工作簿" if len(slow) > _MOST_LISTED else ""
    return say(
        "汇总资金.慢的" if len(slow) > 1 else "汇总资金.慢的一个",
        几=district.count(len(slow), f"执行率低于序时进度的{whose}数一数", "按主管部门"),
        谁=whose,
        月=slow[0].month if same else "",
        序时=percent(slow[0].pace) if same else "",
        各个=every + more,
    )


def _near(slow: Sequence[_Slow], whose: str, *, alone: bool, same: bool) -> str:
    """没有到预警线的，一句带过。"""
    every = "、".join(f"{one.name}（{one.rate}）" for one in slow[:MOST_NAMED])
    more = f"等{len(slow)}个{whose}" if len(slow) > MOST_NAMED else ""
    return say(
        "汇总资金.只有略低的" if alone else "汇总资金.略低的",
        各个=every + more,
        月=slow[0].month if same and alone else "",
        序时=percent(slow[0].pace) if same and alone else "",
    )


def _departments(district: District) -> list[_Slow]:
    slows = []
    for group in district.summary.known_departments:
        gap, pace = gap_of(group.lines, group.totals), one_pace(group.lines)
        if gap is None or pace is None or group.totals.execution is None:
            continue
        cell = cell_reference(DEPARTMENTS, department_key(group.name), "预算执行率", RATE)
        how = counted(f"“{group.name}”执行率与序时进度差几个百分点", "按主管部门", POINTS)
        slows.append(
            _Slow(
                name=district.body(group.name),
                rate=district.mark(percent(group.totals.execution), cell),
                pace=pace,
                month=_month(group.lines),
                gap=gap,
                gap_told=district.mark(str(abs(gap)), how),
                near=_near_pace(group.lines),
            )
        )
    return slows


def _projects(district: District) -> list[_Slow]:
    slows = []
    for line in district.summary.lines:
        gap = points_ahead(line.execution, line.pace)
        if gap is None or line.pace is None:
            continue
        how = counted(f"“{district.key(line)}”执行率与序时进度差几个百分点", "汇总", POINTS)
        slows.append(
            _Slow(
                name=district.name(line),
                rate=district.cell(line, line.execution, "预算执行率", RATE),
                pace=line.pace,
                month=_month([line]),
                gap=gap,
                gap_told=district.mark(str(abs(gap)), how),
                near=_near_pace([line]),
            )
        )
    return slows


def _near_pace(lines: Sequence[ProjectLine]) -> bool:
    """资金都亮着灯，没有一个是红的、黄的：没有到预警线。"""
    return all(line.fund_light in (Light.GREEN, Light.BLUE) for line in lines if line.execution is not None)


def _month(lines: Sequence[ProjectLine]) -> str:
    cutoffs = {line.cutoff for line in lines if line.cutoff}
    return f"{date.fromisoformat(min(cutoffs)).month}月底" if cutoffs else ""


def _named_projects(district: District) -> str:
    """超预算的、没有支出的、没有到位的，各一句，各带金额。"""
    told: dict[str, list[str]] = {"超预算": [], "尚未支出": [], "未到位": []}
    for line in sorted(
        district.summary.lines,
        key=lambda project_line: (project_line.arrived or 0) - (project_line.budget or 0),
    ):
        name, over = district.name(line), overspent(line)
        if over is not None:
            less = district.amount(over, f"“{district.key(line)}”支出数减预算数")
            spent = district.cell(line, line.spent, "支出数（万元）", MONEY)
            told["超预算"].append(say("汇总资金.超预算", 名=name, 支出=spent, 差=less))
        elif nothing_spent(line):
            arrived = district.cell(line, line.arrived or None, "到位数（万元）", MONEY)
            told["尚未支出"].append(say("汇总资金.尚未支出", 名=name, 到位=arrived))
        if line.arrived is not None and line.budget is not None and line.arrived < line.budget:
            lack = district.amount(line.budget - line.arrived, f"“{district.key(line)}”预算数减到位数")
            told["未到位"].append(say("汇总资金.未到位", 名=name, 差=lack, 来源=_whose(line)))
    return "".join(
        say(f"汇总资金.各{kind}", 各项目=_listed_projects(some)) for kind, some in told.items() if some
    )


def _whose(line: ProjectLine) -> str:
    """差的是哪一项资金；不止一项的不说。"""
    sources = {one.get("source", "") for one in line.said(OWED)}
    return sources.pop() if len(sources) == 1 else ""


def _listed_projects(told: Sequence[str]) -> str:
    """至多十个，再多的说另有几个。"""
    more = f"；另有{len(told) - _MOST_LISTED}个见汇总工作簿" if len(told) > _MOST_LISTED else ""
    return "；".join(told[:_MOST_LISTED]) + more
