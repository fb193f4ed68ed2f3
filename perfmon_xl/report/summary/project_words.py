"""One project in the words of the summary: its name, its money, its pace."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from perfmon_xl.domain.places import Locality, told_short
from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.summary import NO_DEPARTMENT, ProjectLine, Summary, Totals, points_ahead, worst_first
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
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.briefing import CAUSE, FUNDS_CAUSE
from perfmon_xl.report.wording.chinese import arabic_date
from perfmon_xl.report.wording.grammar import Speaker
from perfmon_xl.report.wording.naming import INNER_QUOTES

GAP = "执行率合计减序时进度"
MOST_NAMED = 5
_AFTER = timedelta(days=60)  # the report comes some weeks after the cutoff
_NEARLY_ALL = Decimal("0.9")
_LEAST = 3  # characters of a project's name that say what it is
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度|年)?(?=\D)")


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
    """各个项目在汇总表里的名称，同名的照表里的先后编号；键是记录的 id。"""
    lines = sorted(summary.lines, key=worst_first)
    keys = row_keys((line.name,) for line in lines)
    return {id(line): key for line, key in zip(lines, keys, strict=True)}


def department_key(name: str) -> str:
    return row_keys([(name,)])[0]


def short(name: str, place: Locality | None = None) -> str:
    """句子里的项目名称：去掉开头的年度和大家同在的地方。

    >>> short("2024年双溪河生态治理项目"), short("2024年云岭县农村公路养护项目", Locality("云岭县", "县"))
    ('双溪河生态治理项目', '农村公路养护项目')
    """
    match = _YEAR.match(name)
    rest = name[match.end() :] if match else name
    own = place.name if place else ""
    return rest.removeprefix(own) if own and len(rest) > len(own) + _LEAST else rest or name


def listed(names: Iterable[str], most: int = MOST_NAMED) -> str:
    """几个名称连起来；太多的写前几个和总数。

    >>> listed("甲乙丙"), listed("甲乙丙丁戊己", 3)
    ('甲、乙、丙', '甲、乙、丙等6个')
    """
    every = list(dict.fromkeys(names))
    return "、".join(every[:most]) + (f"等{len(every)}个" if len(every) > most else "")


@dataclass(frozen=True)
class District:
    """一批项目和怎么做记号：各句从这里取项目的称呼、单元格的值。"""

    summary: Summary
    mark: Mark = unmarked

    @cached_property
    def keys(self) -> dict[int, str]:
        """各个项目在汇总表里的名称；键是记录的 id。"""
        return project_keys(self.summary)

    @cached_property
    def names(self) -> dict[int, str]:
        """各个项目在句子里的称呼；去掉年度、地名以后一样的用全称，全称也一样的带上单位。"""
        place, lines = self.summary.place, self.summary.lines
        told = {id(line): short(line.name, place) for line in lines}
        times, whole = Counter(told.values()), Counter(line.name for line in lines)
        units = Counter((line.name, line.unit or line.department) for line in lines)
        for line in lines:
            unit = line.unit or line.department
            if whole[line.name] > 1 and (
                apart := self.body(unit) if units[line.name, unit] < 2 else line.period
            ):
                told[id(line)] += f"（{apart}）"
            elif times[told[id(line)]] > 1:
                told[id(line)] = line.name
        return {line: name.translate(INNER_QUOTES) for line, name in told.items()}

    def name(self, line: ProjectLine) -> str:
        return self.names[id(line)]

    def key(self, line: ProjectLine) -> str:
        return self.keys[id(line)]

    def body(self, name: str) -> str:
        """句子里的单位：大家同在的地方不说，“云岭县水利局”说“县水利局”。"""
        return told_short(name, self.summary.place)

    def department(self, line: ProjectLine) -> str:
        return self.body(line.department) if line.department != NO_DEPARTMENT else "主管部门"

    def cell(self, line: ProjectLine, value: Decimal | int | None, header: str, form: str) -> str:
        """项目的一格；没有数的是空。"""
        if value is None:
            return ""
        return self.mark(value_text(value, form), cell_reference(PROJECTS, self.keys[id(line)], header, form))

    def count(self, number: int, how: str, sheet: str = "汇总") -> str:
        """数出来的个数；how 是怎么数的。"""
        return self.mark(str(number), counted(how, sheet))

    def amount(self, wan: Decimal, how: str) -> str:
        """算出来的金额，万元。"""
        return self.mark(money(wan), counted(how, "汇总", MONEY))

    def told(self, line: ProjectLine, text: str) -> str:
        """项目自己的报告里的一句话。"""
        return of_project(self.key(line), text, self.mark)


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


def overspent(line: ProjectLine) -> Decimal | None:
    """超预算多少，万元；没有超的是 None。"""
    if line.spent is None or line.budget is None or line.spent <= line.budget:
        return None
    return line.spent - line.budget


def lacking(line: ProjectLine) -> str:
    """算执行率缺的数。"""
    return "和".join(
        name for name, value in (("预算数", line.budget), ("支出数", line.spent)) if value is None
    )


def nothing_spent(line: ProjectLine) -> bool:
    """有预算，到了监控日一分也没有支出。"""
    return line.spent == 0 and bool(line.budget)


def money_state(line: ProjectLine) -> str:
    """资金要不要关注：超预算、尚未支出、严重滞后、滞后、没有执行率、不匹配；不用的是空。

    不匹配：资金亮红灯、黄灯，可是不比序时慢（有的规则集拿支出同目标的完成比）。
    """
    if overspent(line) is not None:
        return "超预算"
    if nothing_spent(line):
        return "尚未支出"
    if line.execution is None:
        return "没有执行率"
    told = {Light.RED: "严重滞后", Light.YELLOW: "滞后"}.get(line.fund_light or Light.GREEN, "")
    return "不匹配" if told and line.pace is not None and line.execution >= line.pace else told


def state_of(line: ProjectLine) -> str:
    """要不要关注：资金的状态；资金不用关注，有指标没有达到、也有红灯的是“指标偏离”；不用关注的是空。"""
    return money_state(line) or ("指标偏离" if line.unmet and line.lights[Light.RED] else "")


def state_told(district: District, line: ProjectLine) -> str:
    """为什么要关注，一句短话；不用关注的是空。"""
    over, state = overspent(line), state_of(line)
    values = {
        "差": district.amount(over, f"“{district.key(line)}”支出数减预算数") if over else "",
        "缺": lacking(line) or "预算数",
    }
    return say(f"汇总关注.{state}", **values) if state else ""


class MoneyThere(StrEnum):
    """钱到了没有：决定建议谁做什么。"""

    UNKNOWN = "不知道"
    ALL = "到齐"
    ENOUGH = "够用"  # not all of it, and more than is needed by now
    SHORT = "不够"
    NONE = "没有到"


def money_there(line: ProjectLine) -> MoneyThere:
    """钱到了没有。不够：到位慢于序时，支出用去到位数的九成，或者单位说的原因就是钱没有到。"""
    if line.arrived is None or not line.budget:
        return MoneyThere.UNKNOWN
    if line.arrived >= line.budget:
        return MoneyThere.ALL
    if not line.arrived:
        return MoneyThere.NONE
    behind = line.pace is not None and line.arrived < line.budget * line.pace
    used_up = line.spent is not None and line.spent >= line.arrived * _NEARLY_ALL
    blamed = any(one.get("group") == FUNDS_CAUSE for one in line.said(CAUSE))
    return MoneyThere.SHORT if behind or used_up or blamed else MoneyThere.ENOUGH


def year_over(line: ProjectLine) -> bool:
    """监控日是年底。"""
    return line.pace is not None and line.pace >= 1


def deadline(summary: Summary) -> str:
    """最晚的监控日以后两个月的月底；不过年底的只说月份。"""
    days = [date.fromisoformat(line.cutoff) for line in summary.lines if line.cutoff]
    if not days:
        return "下期监控前"
    latest = max(days)
    day = latest + _AFTER
    year = "" if day.year == latest.year else f"{day.year}年"
    return f"{year}{day.month}月底前"
