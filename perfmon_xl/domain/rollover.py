"""The next monitoring period from the last one: what stays, what is blank again, what is carried for comparison.

Pure; the records made here know no cells, they are for a workbook yet to be built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from perfmon_xl.domain.dates import month_end
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import (
    Adjusted,
    Compared,
    Declared,
    Funding,
    Goal,
    Monitoring,
    Paragraph,
    ProblemEntry,
    Progress,
    Project,
    Spending,
)
from perfmon_xl.domain.origin import NOWHERE
from perfmon_xl.domain.target import BLANK, TargetValue
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.domain.wording import LATER_MONTH

DONE_PROGRESS, DONE_PROBLEM, TO_VERIFY = "已完成", "已整改", "待核实"
_PERIOD = re.compile(r"(\d{4})\s*(?:[-/.年]?\s*(\d{1,2})\s*月?|年)?")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """监控到哪年哪月；只写了年的，month 是 None。"""

    year: int
    month: int | None = None

    @classmethod
    def parse(cls, text: str) -> Period:
        """2024-07、2024年7月、202407、2024 都可以。

        >>> Period.parse("2024年7月") == Period.parse("202407") == Period(2024, 7)
        True
        """
        match = _PERIOD.fullmatch(text.strip())
        month = int(match[2]) if match and match[2] else None
        if match is None or not 2000 <= int(match[1]) <= 2099 or (month is not None and not 1 <= month <= 12):
            raise UserError(f"监控期“{text}”读不懂。", "请写成年和月，如 2024-07；只换年度的写 2024。")
        return cls(int(match[1]), month)

    @property
    def cutoff(self) -> date | None:
        """监控截止日期：当月最后一天；没有月份的不知道。"""
        if self.month is None:
            return None
        return month_end(self.year, self.month)

    def __str__(self) -> str:
        return f"{self.year}年" + (f"{self.month}月" if self.month else "")


@dataclass(frozen=True, slots=True)
class NextPeriod:
    """下一期的记录，和要告诉用户的话。"""

    monitoring: Monitoring
    notes: tuple[str, ...]


def roll(previous: Monitoring, period: Period) -> NextPeriod:
    """接着上一期：同一年度的换一期；跨年度的，调整后的目标成为新一年申报的目标。

    留下：名称、单位、依据、背景、内容、规则集、目标和指标、资金来源和预算（同年度）、没有完成的事项。
    空着：本期的阶段目标、实际完成、预计、原因、措施，资金的到位、支出、预计，各段分析。
    带来：上期的实际完成值（表4“上期实际”），没有改完的问题（整改状态、整改情况）。
    """
    old_year = _year_of(previous.project)
    _refuse_backwards(previous.project, old_year, period)
    crosses = old_year is not None and period.year != old_year
    notes = [f"新的一期：{period}" + (f"，从{old_year}年度换到{period.year}年度。" if crosses else "。")]
    if period.month is None:
        notes.append("没有写月份，监控截止日期空着，请在“项目信息”里填。")
    project = _project(previous.project, old_year, period, notes)
    since = previous.project.cutoff
    monitoring = Monitoring(
        project=project,
        goal=replace(previous.goal, place=NOWHERE),
        progress=_progress(previous.progress, crosses),
        funding=tuple(_funding(f, crosses) for f in previous.funding),
        spending=tuple(Spending(item=s.item) for s in previous.spending if s.item.strip()),
        declared=tuple(replace(d, place=NOWHERE) for d in previous.declared),
        goal_changes=tuple(replace(g, place=NOWHERE) for g in previous.goal_changes),
        adjusted=tuple(replace(a, place=NOWHERE) for a in previous.adjusted),
        compared=tuple(_compared(c, crosses) for c in previous.compared),
        fund_notes=_blanked(previous.fund_notes),
        analyses=_blanked(previous.analyses),
        overall=_blanked(previous.overall),
        conclusions=_blanked(previous.conclusions),
        problems=_problems(previous.problems, since),
    )
    if crosses:
        monitoring = _new_year(monitoring, notes)
    _tell(previous, monitoring, notes)
    return NextPeriod(monitoring, tuple(notes))


def _year_of(project: Project) -> int | None:
    match = _YEAR.search(project.year)
    if match:
        return int(match[0])
    return project.cutoff.year if project.cutoff else None


def _refuse_backwards(project: Project, old_year: int | None, period: Period) -> None:
    old, new = project.cutoff, period.cutoff
    if old is not None and new is not None and new <= old:
        raise UserError(
            f"上一期监控到 {old.year}年{old.month}月{old.day}日，{period}不在它后面。",
            LATER_MONTH,
        )
    if old_year is not None and (period.year < old_year or (period.year == old_year and new is None)):
        raise UserError(
            f"上一期已经是{old_year}年度。",
            f"同一年度的下一期请写明月份，如 {old_year}-10；换年度的写以后的年份。",
        )


# --- 项目信息 ---------------------------------------------------------------------------------------


def _project(old: Project, old_year: int | None, period: Period, notes: list[str]) -> Project:
    new = replace(old, year=str(period.year), cutoff=period.cutoff, report_date=None, place=NOWHERE)
    if old_year is None or old_year == period.year:
        return new
    for field, label in (("name", "项目名称"), ("cover_name", "封面项目名称")):
        text = getattr(new, field)
        changed = text.replace(f"{old_year}年", f"{period.year}年")
        if changed != text:
            new = replace(new, **{field: changed})
            notes.append(f"{label}里的“{old_year}年”改成了“{period.year}年”：{changed}，请核对。")
    for field, label in (("basis", "政策依据"), ("background", "项目背景"), ("scope", "项目内容")):
        if f"{old_year}年" in getattr(new, field):
            notes.append(f"{label}里还写着“{old_year}年”，没有替你改，请核对。")
    return _moved_dates(new, old_year, period, notes)


def _moved_dates(project: Project, old_year: int, period: Period, notes: list[str]) -> Project:
    """起止日期都在上一年度里的，跟着换年度；跨年度的项目照旧。"""
    start, end = project.start, project.end
    if start is None and end is None:
        return project
    if any(day is not None and day.year != old_year for day in (start, end)):
        covers = end is None or end.year >= period.year
        if not covers:
            notes.append(f"项目结束日期 {end} 早于新的年度，没有替你改，请核对。")
        return project
    years = period.year - old_year
    moved = replace(project, start=_later(start, years), end=_later(end, years))
    notes.append(f"项目起止日期跟着换到{period.year}年，请核对。")
    return moved


def _later(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    last = month_end(day.year + years, day.month)
    return last.replace(day=min(day.day, last.day))


# --- 各表 -------------------------------------------------------------------------------------------


def _progress(old: Iterable[Progress], crosses: bool) -> tuple[Progress, ...]:
    """已完成的，同年度里事实照留，跨年度的不带；没有完成的留下事项和状态，情况重写。"""
    kept = []
    for progress in old:
        if progress.state.strip() != DONE_PROGRESS:
            kept.append(Progress(subject=progress.subject, state=progress.state))
        elif not crosses:
            kept.append(replace(progress, place=NOWHERE))
    return tuple(kept)


def _funding(old: Funding, crosses: bool) -> Funding:
    if crosses:
        return Funding(source=old.source)
    changed = old.adjusted is not None and old.adjusted != old.initial
    return Funding(
        source=old.source,
        initial=old.initial,
        adjusted=old.adjusted,
        reason=old.reason if changed else "",
    )


def _compared(old: Compared, crosses: bool) -> Compared:
    """累计的数跨了年度从零算起，上年的数比不了，不带。"""
    before = BLANK if crosses and old.accumulates else old.actual
    return Compared(level1=old.level1, level2=old.level2, name=old.name, annual=old.annual, previous=before)


def _blanked(old: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """事项留着，文字重写。"""
    return tuple(Paragraph(level1=p.level1, subject=p.subject, note=p.note) for p in old if p.subject.strip())


def _problems(old: Iterable[ProblemEntry], since: date | None) -> tuple[ProblemEntry, ...]:
    """没有改完的问题带到下一期：没有写整改状态的是“待核实”，没有写整改情况的注明哪一期提的。"""
    raised = f"{since.year}年{since.month}月监控提出。" if since else "上期监控提出。"
    return tuple(
        replace(
            p,
            state=p.state.strip() or TO_VERIFY,
            rectification=p.rectification if p.rectification.strip() else raised,
            draft="",
            place=NOWHERE,
        )
        for p in old
        if p.state.strip() != DONE_PROBLEM
    )


def _new_year(monitoring: Monitoring, notes: list[str]) -> Monitoring:
    """跨年度：调整后的总目标和指标成为新一年申报的，表2、表3 重新开始。"""
    declared = _effective(monitoring.adjusted) or monitoring.declared
    if monitoring.adjusted:
        notes.append("表1 照上年度表3 调整后的指标和目标值列出，表2、表3 重新开始；新年度批复不同的，请改。")
    if monitoring.funding:
        notes.append("资金来源留着，新年度的预算数空着，请照批复填。")
    targets: dict[str, TargetValue] = {}
    for row in declared:
        targets.setdefault(name_key(row.name), row.target)  # of two of one name, tables go by the first
    dropped = {name_key(a.name) for a in monitoring.adjusted} - set(targets)
    kept = tuple(
        replace(c, annual=targets.get(name_key(c.name), c.annual))
        for c in monitoring.compared
        if c.name.strip() and name_key(c.name) not in dropped
    )
    return replace(
        monitoring,
        goal=Goal(text=monitoring.current_goal),
        declared=declared,
        goal_changes=(),
        adjusted=(),
        compared=kept,
    )


def _effective(adjusted: Iterable[Adjusted]) -> tuple[Declared, ...]:
    return tuple(
        Declared(level1=a.level1, level2=a.level2, name=a.name, target=a.target)
        for a in adjusted
        if not a.is_deleted and a.name.strip()
    )


def _tell(old: Monitoring, new: Monitoring, notes: list[str]) -> None:
    for record in old.records():
        for field, fault in record.place.faults.items():
            notes.append(f"{record.place.at(field)}：{fault.kind}“{fault.text}”，新工作簿里空着。")
    carried = [c for c in new.compared if not c.previous.is_blank]
    filled = {name_key(c.name) for c in old.compared if not c.actual.is_blank}
    missing = [c for c in new.compared if c.previous.is_blank and c.name.strip()]
    reset = [c for c in missing if name_key(c.name) in filled]
    missing = [c for c in missing if name_key(c.name) not in filled]
    notes.append(f"表4：{len(new.compared)} 个指标，其中 {len(carried)} 个带来了上期实际。")
    if reset:
        told = "、".join(f"“{c.name.strip()}”" for c in reset)
        notes.append(f"累计的数跨年度从零算起，没有带来上期实际的：{told}。")
    if missing:
        notes.append("上期没有实际完成值的：" + "、".join(c.name for c in missing) + "。")
    if new.problems:
        notes.append(f"问题与措施：带来 {len(new.problems)} 个没有改完的问题，请逐个写明整改状态和整改情况。")
